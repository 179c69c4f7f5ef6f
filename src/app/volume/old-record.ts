import { parseInstant } from '../../core/time/index.ts';
import type { NationalStatus, Outcome } from '../../modules/onestop/dossiers/rules/status.ts';

/** A dossier of an older system, as contracts §2 writes it, checked by itself. */
export type OldRecord = {
  readonly code: string;
  readonly procedure: string;
  readonly unit: { readonly gso: string } | { readonly code: string };
  readonly channel: 'desk' | 'online' | 'post';
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly finishedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly status: NationalStatus;
  readonly outcome: Outcome | null;
};

/** What is wrong with a line; `field` is empty for the line as a whole. */
export type RecordProblem = { readonly field: string; readonly code: string };
export type ReadRecord =
  | { readonly ok: true; readonly record: OldRecord }
  | { readonly ok: false; readonly problem: RecordProblem; readonly code?: string };

const CHANNELS = ['desk', 'online', 'post'] as const;
const OUTCOMES = ['granted', 'refused', 'withdrawn', 'stopped'] as const;
/** States of national codes that have ended: they need `finishedAt`. */
const ENDED: ReadonlySet<number> = new Set([7, 8, 9, 10]);

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
const given = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Reads one line. The first problem in the order of the contract's fields is told; instants need an offset.
 * @param now nothing may have happened after it
 * @example readRecord('{"code":"A",…}', now) → { ok: false, problem: { field: 'procedure', code: 'required' } }
 */
export function readRecord(text: string, now: Date): ReadRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { ok: false, problem: { field: '', code: 'json' } };
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { ok: false, problem: { field: '', code: 'not-object' } };
  const line = raw as Record<string, unknown>;
  const bad = (field: string, code: string): ReadRecord => ({ ok: false, problem: { field, code } });
  const wrong = (field: string): ReadRecord => bad(field, given(line[field]) ? 'invalid' : 'required');

  const { code, procedure, channel, status } = line;
  if (!isText(code, /^[0-9A-Za-z][0-9A-Za-z._/-]{0,99}$/)) return wrong('code');
  if (!isText(procedure, /^\d+\.\d{3,8}$/)) return wrong('procedure');
  const unit = readUnit(line['unit']);
  if (!unit) return wrong('unit');
  const foundChannel = CHANNELS.find((c) => c === channel);
  if (!foundChannel) return wrong('channel');
  const receivedAt = parseInstant(line['receivedAt']);
  if (!receivedAt) return wrong('receivedAt');
  if (receivedAt > now) return bad('receivedAt', 'in-future');
  const dueAt = parseInstant(line['dueAt']);
  if (!dueAt) return wrong('dueAt');
  if (dueAt < receivedAt) return bad('dueAt', 'before-received');
  const finishedAt = given(line['finishedAt']) ? parseInstant(line['finishedAt']) : null;
  if (finishedAt === undefined) return wrong('finishedAt');
  const returnedAt = given(line['returnedAt']) ? parseInstant(line['returnedAt']) : null;
  if (returnedAt === undefined) return wrong('returnedAt');
  if (finishedAt && finishedAt < receivedAt) return bad('finishedAt', 'before-received');
  if (finishedAt && finishedAt > now) return bad('finishedAt', 'in-future');
  if (returnedAt && (finishedAt === null || returnedAt < finishedAt)) return bad('returnedAt', 'before-finished');
  if (returnedAt && returnedAt > now) return bad('returnedAt', 'in-future');
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 1 || status > 10) return wrong('status');
  if (ENDED.has(status) && finishedAt === null) return bad('finishedAt', 'required');
  if (finishedAt && !ENDED.has(status) && status !== 3) return bad('finishedAt', 'contradicts-status');
  if (returnedAt && status !== 10) return bad('returnedAt', 'contradicts-status');
  const outcome = OUTCOMES.find((o) => o === line['outcome']);
  if (given(line['outcome']) && !outcome) return bad('outcome', 'invalid');
  const fitting = outcomesOf(status);
  if (outcome && !fitting.includes(outcome)) return bad('outcome', 'contradicts-status');
  return {
    ok: true,
    record: {
      code,
      procedure,
      unit,
      channel: foundChannel,
      receivedAt,
      dueAt,
      finishedAt,
      returnedAt,
      status: status as NationalStatus,
      outcome: outcome ?? fitting[0] ?? null,
    },
  };
}

function readUnit(value: unknown): OldRecord['unit'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { gso, code } = value as Record<string, unknown>;
  if (isText(gso, /^\d{1,10}$/) && !given(code)) return { gso };
  if (isText(code, /^[0-9A-Za-z][0-9A-Za-z.]{0,39}$/) && !given(gso)) return { code };
  return undefined;
}

/** Outcomes a state may have; the first one is meant where none is given. */
function outcomesOf(status: number): readonly Outcome[] {
  switch (status) {
    case 7:
      return ['withdrawn'];
    case 8:
      return ['stopped'];
    case 9:
    case 10:
      return ['granted', 'refused'];
    default:
      return [];
  }
}
