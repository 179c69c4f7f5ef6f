import { sql } from 'kysely';
import { uuidv7 } from '../../../../core/ids/uuid.ts';
import { addDays, type Day, instantAt } from '../../../../core/time/index.ts';
import type { Db } from '../../../../platform/db/open.ts';

/** Numbers from a seed, for data that is the same at every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const one = <T>(list: readonly T[], pick: (below: number) => number): T => list[pick(list.length)] as T;
/** The calendar of all of them. */
export const CALENDAR_REVISION = '0190a000-0000-7000-8000-00000000ca1e';
const PROCEDURES = ['1.004873', '2.000815', '1.001612'];

/**
 * Dossiers of 2023 whose columns agree with each other but follow no procedure: ended early to late, open, paused, asked
 * twice, withdrawn, without a due date. Straight into the table, for counting only.
 * @param until nothing has ended after it
 */
export async function insertRandomDossiers(
  db: Db,
  units: readonly string[],
  n: number,
  pick: (below: number) => number,
  until: Date,
  firstDay: Day = '2023-01-01',
): Promise<string[]> {
  const rows = Array.from({ length: n }, () => randomDossier(units, pick, until, firstDay));
  await sql`insert into dossiers.dossier (id, code, version, status, outcome, procedure_code, procedure_revision_id, area, regime_id, channel,
      received_by_unit_id, decided_by_unit_id, subject, form_values, submitted_at, received_at, due_original, due_current, clock_status, clock_events,
      ended_at, punctuality, lateness_minutes, calendar_revision_id, result_method, assurance, fees, result)
    select id, id::text, 1, status, outcome, procedure_code, revision_id, 'x', 'x', channel, unit_id, unit_id, '', '{}', received_at, received_at, due_at, due_at,
      clock_status, clock_events, ended_at, punctuality, lateness_minutes, ${CALENDAR_REVISION}::uuid, 'desk', assurance, fees, result
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, revision_id uuid, assurance text, fees jsonb, result jsonb, status text, outcome text, procedure_code text, channel text, unit_id uuid,
      received_at timestamptz, due_at timestamptz, clock_status text, clock_events jsonb, ended_at timestamptz, punctuality text, lateness_minutes integer)`.execute(
    db,
  );
  await insertServed(db, rows);
  const twice = rows.filter((row) => row.asked_twice).map((row) => row.id);
  await sql`insert into dossiers.supplement (dossier_id, seq, stage, items, reason, requested_at)
    select id, seq, 'processing', '[]', '', now() from unnest(${twice}::uuid[]) id, generate_series(1, 2) seq`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** Levels of the procedures, papers and payments of the dossiers. */
async function insertServed(db: Db, rows: readonly ReturnType<typeof randomDossier>[]): Promise<void> {
  for (const [nth, code] of PROCEDURES.entries()) {
    const id = revisionOf(code);
    await sql`insert into procedures.procedure (id, code, created_at) values (${id}, ${code}, now()) on conflict do nothing`.execute(
      db,
    );
    await sql`insert into procedures.revision (id, procedure_id, code, revision, status, definition, name, field_code, field_name, levels, online_level,
        valid_from, verified, origin, digest, created_at, created_by)
      select ${id}, id, ${code}, 'thử', 'draft', '{}', ${code}, 'x', 'x', '{}', ${LEVELS[nth] ?? 'none'}, '2020-01-01', false, 'editor', '', now(), 'x'
      from procedures.procedure where code = ${code} on conflict do nothing`.execute(db);
  }
  const served = JSON.stringify(rows.map(({ id, source, paid }) => ({ id, source, paid })));
  await sql`insert into dossiers.component (dossier_id, seq, code, name, originals, copies, required, provided, source)
    select id, n, 'x', 'x', 1, 0, true, n = 1, case when n = 1 then source else 'reused' end
    from jsonb_to_recordset(${served}::jsonb) as t(id uuid, source text), generate_series(1, 2) n where source is not null`.execute(
    db,
  );
  await sql`insert into dossiers.money_entry (id, dossier_id, kind, fee_id, amount_vnd, method, platform, occurred_at, actor)
    select gen_random_uuid(), id, p.kind, 'le-phi', 15000, p.method, case p.method when 'online' then 'national' end, now(), 'x'
    from jsonb_to_recordset(${served}::jsonb) as t(id uuid, paid jsonb), jsonb_to_recordset(paid) as p(kind text, method text)`.execute(
    db,
  );
}

const LEVELS = ['full', 'partial', 'none'] as const;
const revisionOf = (code: string): string =>
  `0190a000-0000-7000-8000-0000000000${String(PROCEDURES.indexOf(code)).padStart(2, '0')}`;
const PAID = [
  [],
  [{ kind: 'paid', method: 'cash' }],
  [{ kind: 'paid', method: 'transfer' }],
  [
    { kind: 'paid', method: 'online' },
    { kind: 'paid', method: 'card' },
  ],
  [
    { kind: 'paid', method: 'card' },
    { kind: 'refunded', method: 'cash' },
  ],
];

function randomDossier(units: readonly string[], pick: (below: number) => number, until: Date, firstDay: Day) {
  const clock = (): string => `${String(7 + pick(10)).padStart(2, '0')}:${String(pick(60)).padStart(2, '0')}`;
  const receivedDay = addDays(firstDay, pick(289));
  const receivedAt = instantAt(receivedDay, '00:30');
  const dueDay = addDays(receivedDay, 1 + pick(20));
  const dueAt = pick(20) === 0 ? null : instantAt(dueDay, '17:00');
  const wanted = pick(10) < 7 ? instantAt(addDays(receivedDay, pick(30)), clock()) : null;
  const endedAt = wanted && wanted < until ? wanted : null;
  const ended = endedAt !== null;
  const late = endedAt !== null && dueAt !== null && endedAt > dueAt;
  const third = endedAt === null ? 0 : Math.floor((endedAt.getTime() - receivedAt.getTime()) / 180_000) * 60_000;
  const stops =
    third > 0 && pick(5) === 0
      ? [
          { kind: 'pause', at: new Date(receivedAt.getTime() + third) },
          { kind: 'resume', at: new Date(receivedAt.getTime() + 2 * third) },
        ]
      : [];
  const paused = !ended && pick(4) === 0;
  const procedure = one(PROCEDURES, pick);
  const fee = pick(3);
  const handedOver = ended && pick(4) > 0 ? { handOver: { method: one(['desk', 'post', 'electronic'], pick) } } : {};
  return {
    id: uuidv7(receivedAt),
    status: ended ? 'returned' : 'processing',
    outcome: ended ? one(['granted', 'granted', 'granted', 'refused', 'withdrawn', 'stopped'], pick) : null,
    procedure_code: procedure,
    revision_id: revisionOf(procedure),
    fees: fee === 0 ? [] : [{ amountVnd: fee === 1 ? 0 : 15_000 }],
    paid: fee === 2 ? one(PAID, pick) : [],
    source: one([null, 'paper', 'file', 'reused'], pick),
    result: ended ? handedOver : null,
    channel: one(['desk', 'online', 'post'], pick),
    assurance: one(['none', 'password', 'loa1', 'loa2'], pick),
    unit_id: one(units, pick),
    received_at: receivedAt,
    due_at: dueAt,
    clock_status: ended ? 'ended' : paused ? 'paused' : 'running',
    clock_events: paused ? [{ kind: 'pause', at: instantAt(addDays(receivedDay, pick(30)), '09:00') }] : stops,
    ended_at: endedAt,
    punctuality: endedAt === null ? null : late ? 'late' : dueAt && pick(2) === 0 ? 'early' : 'on-time',
    lateness_minutes: late ? 1 + pick(5000) : ended ? 0 : null,
    asked_twice: pick(15) === 0,
  };
}
