import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { NEEDS_REASON } from './commands.ts';
import { legalCommands } from './legal.ts';
import { nationalStatus, STATUSES } from './status.ts';
import {
  attempt,
  commandOf,
  contextAt,
  PEOPLE,
  PLAN_WITHOUT_NUMBER,
  play,
  readLine,
  START,
  type Walk,
  WORLD,
  type World,
} from './walk.test-support.ts';

const read = <T>(name: string): T => parse(fs.readFileSync(path.join(import.meta.dirname, 'cases', name), 'utf8')) as T;
const SITUATIONS = read<Record<string, string[]>>('situations.yaml');
const LEGAL = read<Record<string, unknown>[]>('legal.yaml');
type ResultRow = {
  readonly case: string;
  readonly world?: string;
  readonly in: string;
  readonly do: string;
  readonly then?: string;
  readonly code?: string;
  readonly national?: number;
  readonly step?: string;
  readonly clock?: string;
  readonly outcome?: string;
  readonly class?: string;
  readonly approved?: boolean;
  readonly actions?: string[];
};
const RESULTS = read<ResultRow[]>('results.yaml');
const WORLDS: Readonly<Record<string, World>> = {
  electronic: { ...WORLD, resultMethod: 'electronic' },
  'without-number': { ...WORLD, plan: PLAN_WITHOUT_NUMBER },
  'electronic-without-number': { ...WORLD, plan: PLAN_WITHOUT_NUMBER, resultMethod: 'electronic' },
};

function situation(name: string, world: World = WORLD): Walk {
  const lines = SITUATIONS[name];
  if (!lines) throw new Error(`no situation ${name}`);
  return play(lines, world);
}
const later = (walk: Walk): Date => new Date((walk.actions.at(-1)?.at ?? START).getTime() + 60_000);

describe('who may do what', () => {
  test('the table speaks of every situation', () => {
    expect(LEGAL.map((row) => row['in']).sort()).toEqual(Object.keys(SITUATIONS).sort());
  });

  for (const row of LEGAL) {
    const name = String(row['in']);
    test.each(Object.keys(PEOPLE))(`${name}: %s`, (who) => {
      const walk = situation(name);
      const expected = (row[who] as string[] | undefined) ?? [];
      expect([...legalCommands(walk.state, contextAt(later(walk), who))].sort()).toEqual([...expected].sort());
    });
  }
});

describe('what it leads to', () => {
  test.each(RESULTS.map((row) => [row.case, row] as const))('%s', (_, row) => {
    const world = row.world ? (WORLDS[row.world] ?? WORLD) : WORLD;
    const walk = situation(row.in, world);
    const { who, command } = readLine(row.do);
    const decision = attempt(walk, who, command, later(walk), world);
    if (row.then === undefined) {
      expect(decision).toEqual({ ok: false, code: row.code });
      return;
    }
    if (!decision.ok) throw new Error(decision.code);
    const { state } = decision;
    expect({
      status: state.status,
      step: state.step?.id,
      outcome: state.outcome ?? undefined,
      clock: state.clock.status,
    }).toEqual({ status: row.then, step: row.step, outcome: row.outcome, clock: row.clock });
    if (row.national !== undefined) expect(nationalStatus(state.status)).toBe(row.national);
    if (row.class !== undefined) expect(state.punctuality ?? 'none').toBe(row.class);
    if (row.approved !== undefined) expect(state.result?.approvedAt !== undefined).toBe(row.approved);
    if (row.actions) expect(decision.actions.map((action) => action.kind)).toEqual(row.actions);
  });
});

describe('what holds everywhere', () => {
  test.each(Object.keys(SITUATIONS))('in “%s” everything not offered is refused', (name) => {
    const walk = situation(name);
    for (const who of Object.keys(PEOPLE)) {
      const ctx = contextAt(later(walk), who);
      const legal = new Set(legalCommands(walk.state, ctx));
      for (const kind of legalKinds()) {
        const decision = attempt(walk, who, commandOf(kind), ctx.now);
        expect([who, kind, decision.ok]).toEqual([who, kind, legal.has(kind)]);
      }
    }
  });

  test.each([...NEEDS_REASON])('%s asks for a reason; blanks are none', (kind) => {
    let tried = 0;
    for (const name of Object.keys(SITUATIONS)) {
      const walk = situation(name);
      for (const who of Object.keys(PEOPLE)) {
        if (!legalCommands(walk.state, contextAt(later(walk), who)).includes(kind)) continue;
        tried++;
        const decision = attempt(walk, who, commandOf(kind, { reason: '  \n' }), later(walk));
        expect(decision).toEqual({ ok: false, code: 'dossier/reason-needed' });
      }
    }
    expect(tried).toBeGreaterThan(0);
  });

  test('a closed dossier stays closed', () => {
    for (const name of Object.keys(SITUATIONS)) {
      const walk = situation(name);
      if (!STATUSES[walk.state.status].closed) continue;
      for (const who of Object.keys(PEOPLE)) expect(legalCommands(walk.state, contextAt(later(walk), who))).toEqual([]);
    }
  });
});

function legalKinds(): Parameters<typeof commandOf>[0][] {
  return [
    'receive',
    'request-completion',
    'complete',
    'refuse',
    'open',
    'assign',
    'forward',
    'return-step',
    'take-back',
    'request-supplement',
    'accept-supplement',
    'request-finance',
    'settle-finance',
    'suspend',
    'resume',
    'withdraw',
    'stop',
    'draft-result',
    'approve',
    'number',
    'hand-over',
  ];
}
