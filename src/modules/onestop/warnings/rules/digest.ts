import type { Colour } from './definition.ts';

/** A dossier in somebody's digest. No name of a citizen. */
export type DigestDossier = {
  readonly dossierId: string;
  readonly code: string;
  readonly procedureName: string;
  readonly stepName: string;
  /** Name of who holds it, or of the unit where no person does. */
  readonly holderName: string;
  readonly rungText: string;
  readonly colour: Colour;
  readonly urgency: number;
  readonly dueAt: Date;
  readonly late: boolean;
};

/** The gravest entry of each dossier, most urgent first, earliest due date first among equals. */
export function byUrgency(entries: readonly DigestDossier[]): readonly DigestDossier[] {
  const gravest = new Map<string, DigestDossier>();
  for (const entry of entries) {
    const other = gravest.get(entry.dossierId);
    if (!other || other.urgency < entry.urgency) gravest.set(entry.dossierId, entry);
  }
  return [...gravest.values()].sort(
    (a, b) => b.urgency - a.urgency || a.dueAt.getTime() - b.dueAt.getTime() || (a.code < b.code ? -1 : 1),
  );
}

/** How many dossiers of a unit stand at a step with somebody, and how many of them are past due. */
export type DigestSum = {
  readonly stepName: string;
  readonly holderName: string;
  readonly count: number;
  readonly red: number;
};

/** Sums by step and holder, most red ones first. */
export function sumsOf(entries: readonly DigestDossier[]): readonly DigestSum[] {
  const sums = new Map<string, { stepName: string; holderName: string; count: number; red: number }>();
  for (const { stepName, holderName, colour } of byUrgency(entries)) {
    const key = JSON.stringify([stepName, holderName]);
    const sum = sums.get(key) ?? { stepName, holderName, count: 0, red: 0 };
    sum.count++;
    if (colour === 'red') sum.red++;
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => b.red - a.red || b.count - a.count);
}
