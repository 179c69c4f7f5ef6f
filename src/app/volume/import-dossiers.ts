import { sql } from 'kysely';
import type pg from 'pg';
import { uuidv7 } from '../../core/ids/uuid.ts';
import { type Day, dayOf } from '../../core/time/index.ts';
import { type AuditEntry, auditRow, INSTALLATION_CHAIN, recordAudit } from '../../modules/foundation/audit/index.ts';
import type { OrganisationService, UnitDirectory } from '../../modules/foundation/organisation/index.ts';
import { rebuildMetrics } from '../../modules/insight/metrics/index.ts';
import { planOf } from '../../modules/onestop/dossiers/prepare.ts';
import { searchKeys } from '../../modules/onestop/dossiers/rules/search-keys.ts';
import type { DossierState } from '../../modules/onestop/dossiers/rules/state.ts';
import { stateColumns } from '../../modules/onestop/dossiers/store.ts';
import { countDossiers, rebuildStatistics } from '../../modules/onestop/statistics/index.ts';
import { isDuplicate } from '../../platform/db/open.ts';
import { type CopyValue, copyInto, copyLine } from './copy-text.ts';
import { emptyLines, type Lines, TABLES, type TableId } from './dossier-lines.ts';
import { importedState, type OldRecordFacts } from './imported-state.ts';
import { readLines } from './ndjson.ts';
import { type OldRecord, type RecordProblem, readRecord } from './old-record.ts';
import type { VolumeSystem } from './run.ts';

export type ImportOptions = {
  /** Check everything, write nothing. `imported` then says how many would be. */
  readonly dryRun?: boolean;
  /** Codes that are already there are passed over instead of told as errors. */
  readonly resume?: boolean;
};
export type ImportError = { readonly line: number; readonly field: string; readonly code: string };
export type ImportReport = {
  readonly read: number;
  readonly imported: number;
  readonly skipped: number;
  readonly errors: readonly ImportError[];
};
export type ImportSystem = VolumeSystem & { readonly organisation: OrganisationService };

const BATCH = 1000;
/** Above this counting everything anew is cheaper than one by one. */
const RECOUNT_FROM = 2000;
const ACTOR = { kind: 'system', name: 'import', assurance: 'system' } as const;

type Checked = {
  readonly line: number;
  readonly record: OldRecord;
  readonly facts: OldRecordFacts;
  readonly revisionId: string;
  readonly regimeId: string;
  readonly calendarRevisionId: string;
  readonly retentionCode: string;
};

/**
 * Takes dossiers of an older system from a file of JSON lines (contracts §2). Lines are written by batches, each in one
 * transaction: a line is in whole or not at all, and a run that was cut short is finished with `resume`. The database
 * itself remembers what is in, so lines mended since are taken too.
 */
export async function importDossiers(
  system: ImportSystem,
  file: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { db, clock } = system;
  const errors: ImportError[] = [];
  const seen = new Set<string>();
  const look = createLookUp(system, clock.now());
  const few: Written[] = [];
  let [read, imported, skipped] = [0, 0, 0];
  const tell = (line: number, problem: RecordProblem): void => void errors.push({ line, ...problem });

  const finish = async (batch: readonly Checked[]): Promise<void> => {
    const there = await existingCodes(system, batch);
    const fresh = batch.filter(({ line, record }) => {
      if (!there.has(record.code)) return true;
      if (options.resume) skipped++;
      else tell(line, { field: 'code', code: 'duplicate' });
      return false;
    });
    imported += fresh.length;
    if (options.dryRun || fresh.length === 0) return;
    const written = await writeBatch(system, fresh);
    if (few.length <= RECOUNT_FROM) few.push(...written);
  };

  let batch: Checked[] = [];
  for await (const next of readLines(file)) {
    read++;
    if ('problem' in next) {
      tell(next.line, { field: '', code: next.problem });
      continue;
    }
    const parsed = readRecord(next.text, clock.now());
    if (!parsed.ok) {
      tell(next.line, parsed.problem);
      continue;
    }
    if (seen.has(parsed.record.code)) {
      tell(next.line, { field: 'code', code: 'duplicate' });
      continue;
    }
    seen.add(parsed.record.code);
    const found = await look(parsed.record);
    if ('problem' in found) {
      tell(next.line, found.problem);
      continue;
    }
    batch.push({ line: next.line, record: parsed.record, ...found });
    if (batch.length >= BATCH) {
      await finish(batch);
      batch = [];
    }
  }
  await finish(batch);
  if (!options.dryRun && imported > 0) {
    if (imported > RECOUNT_FROM) await rebuildStatistics(db);
    else
      await countDossiers(
        db,
        few.map((w) => ({ dossierId: w.id, state: w.state, channel: w.channel })),
      );
    await system.apologies.rebuildDuties();
    await system.unitHealth.rebuild();
    await rebuildMetrics(db, clock.now());
    await system.lateness.rebuild(new Date(0));
    await recordAudit(db, [
      {
        chainId: INSTALLATION_CHAIN,
        occurredAt: clock.now(),
        actor: ACTOR,
        action: 'dossier.import-file',
        object: { type: 'import', id: uuidv7(clock.now()) },
        payload: { read, imported, skipped, errors: errors.length },
      },
    ]);
  }
  return { read, imported, skipped, errors: errors.sort((a, b) => a.line - b.line) };
}

type Found = Omit<Checked, 'line' | 'record'>;

/** Finds unit, procedure, calendar and way through the offices for records; remembers what it found by day. */
function createLookUp(
  system: ImportSystem,
  now: Date,
): (record: OldRecord) => Promise<Found | { readonly problem: RecordProblem }> {
  const { dossierPorts: ports } = system;
  const kept = new Map<string, Promise<Found | { readonly problem: RecordProblem }>>();
  const today = dayOf(now);

  const find = async (
    record: OldRecord,
    day: Day,
    open: boolean,
  ): Promise<Found | { readonly problem: RecordProblem }> => {
    const units = await system.organisation.directory();
    const unit = unitOf(units, record, day);
    const own = unit && (await ports.authorityOf(unit.unitId, null, day));
    if (!unit || !own) return { problem: { field: 'unit', code: 'unknown' } };
    const revision = await ports.findProcedure(record.procedure, own.level, day);
    if (!revision) return { problem: { field: 'procedure', code: 'unknown' } };
    const { definition } = revision;
    const authority = definition.decidedAt
      ? ((await ports.authorityOf(own.id, definition.decidedAt, day)) ?? own)
      : own;
    const desk = unit.type === 'administrative' ? (units.officeOn(unit.unitId, 'mot-cua', day) ?? unit) : unit;
    const { calendar, revisionId } = await ports.calendarFor(desk.unitId, day);
    const regime = ports.regimeOn(day);
    let plan: OldRecordFacts['plan'] = [];
    if (open) {
      // An open dossier must be workable today, by units that exist today.
      try {
        plan = await planOf(
          ports,
          revision,
          { area: 'normal', channel: record.channel },
          desk.unitId,
          authority.id,
          today,
        );
      } catch {
        return { problem: { field: 'unit', code: 'closed' } };
      }
    }
    return {
      facts: {
        deskId: desk.unitId,
        authorityId: authority.id,
        procedureName: definition.name,
        calendar,
        classifyRule: regime.classifyRule,
        plan,
      },
      revisionId: revision.id,
      regimeId: regime.id,
      calendarRevisionId: revisionId,
      retentionCode: definition.retention.code,
    };
  };
  return (record) => {
    const day = dayOf(record.receivedAt);
    const open =
      record.status === 2 || record.status === 4 || record.status === 5 || record.status === 6 || record.status === 9;
    const key = JSON.stringify([record.unit, record.procedure, record.channel, day, open]);
    const known = kept.get(key);
    if (known) return known;
    if (kept.size > 50_000) kept.clear();
    const made = find(record, day, open);
    kept.set(key, made);
    return made;
  };
}

function unitOf(units: UnitDirectory, record: OldRecord, day: Day): ReturnType<UnitDirectory['byCode']> {
  if ('gso' in record.unit) return units.byCode('gso', record.unit.gso, day);
  return units.byCode('tt10', record.unit.code, day) ?? units.byCode('qd20', record.unit.code, day);
}

async function existingCodes(system: ImportSystem, batch: readonly Checked[]): Promise<Set<string>> {
  if (batch.length === 0) return new Set();
  const { rows } = await sql<{
    code: string;
  }>`select code from dossiers.code where code = any(${batch.map((b) => b.record.code)}::text[])`.execute(system.db);
  return new Set(rows.map((row) => row.code));
}

type Written = { readonly id: string; readonly state: DossierState; readonly channel: OldRecord['channel'] };

/** Writes a batch in one transaction. Where live intake took one of the codes meanwhile, the rest is tried once more. */
async function writeBatch(system: ImportSystem, batch: readonly Checked[], again = true): Promise<Written[]> {
  const client = await system.db.raw.connect();
  try {
    await client.query('begin');
    const { lines, written } = linesOf(batch, system.clock.now());
    for (const [id, [table, columns]] of Object.entries(TABLES))
      await copyInto(client, table, columns, lines[id as TableId]);
    await client.query('commit');
    return written;
  } catch (error) {
    await rollback(client);
    if (!again || !isDuplicate(error)) throw error;
    const there = await existingCodes(system, batch);
    return writeBatch(
      system,
      batch.filter((b) => !there.has(b.record.code)),
      false,
    );
  } finally {
    client.release();
  }
}

async function rollback(client: pg.PoolClient): Promise<void> {
  await client.query('rollback').catch(() => {});
}

const json = (value: unknown): CopyValue => (value === null || value === undefined ? null : { json: value });

function linesOf(batch: readonly Checked[], now: Date): { lines: Lines; written: Written[] } {
  const lines = emptyLines();
  const written: Written[] = [];
  for (const { record, facts, revisionId, regimeId, calendarRevisionId, retentionCode } of batch) {
    const id = uuidv7(record.receivedAt);
    const state = importedState(record, facts, now);
    lines.dossier.push(
      copyLine([
        id, record.code, 1, record.procedure, revisionId, null, 'normal', regimeId, record.channel, facts.procedureName, json({}), null,
        'desk', null, json([]), calendarRevisionId, 'imported', 1, retentionCode, true, now,
        ...Object.entries(stateColumns(state)).map(([name, value]) => (name === 'clock_events' || name === 'result' ? json(value) : (value as CopyValue))),
      ]),
    ); // biome-ignore format: columns
    lines.code.push(copyLine([record.code, id]));
    lines.action.push(
      copyLine([
        id,
        1,
        'imported',
        now,
        now,
        'system:import',
        null,
        'imported',
        null,
        json(state),
        json({ status: record.status }),
      ]),
    );
    const { step } = state;
    if (step)
      lines.task.push(copyLine([id, 1, step.id, step.unitId, step.role, null, step.startedAt, step.dueAt, null, null]));
    if (state.receivedAt) {
      // One stretch for all that the old system did; a pause is known from now on.
      const runEnd = state.endedAt ?? (state.clock.status === 'paused' ? (state.clock.events[0]?.at ?? null) : null);
      const holder = [step?.id ?? null, step?.unitId ?? facts.authorityId, null] as const;
      lines.segment.push(copyLine([id, 1, 'run', null, ...holder, state.receivedAt, runEnd, calendarRevisionId]));
      const pause = state.clock.events[0];
      if (pause?.kind === 'pause')
        lines.segment.push(
          copyLine([id, 2, 'pause', pause.reason ?? null, ...holder, pause.at, null, calendarRevisionId]),
        );
    }
    for (const key of searchKeys([], facts.procedureName))
      lines.searchKey.push(copyLine([key.kind, key.value, id, facts.deskId, facts.authorityId]));
    const entry: AuditEntry = {
      chainId: facts.authorityId,
      occurredAt: now,
      actor: ACTOR,
      action: 'dossier.import',
      object: { type: 'dossier', id },
      payload: { code: record.code },
    };
    const row = auditRow(entry);
    lines.audit.push(
      copyLine([
        row.id,
        row.chain_id,
        row.occurred_at,
        row.actor,
        row.assurance,
        row.action,
        row.object_type,
        row.object_id,
        row.address,
        json(row.payload),
        row.payload_salt,
        row.payload_digest,
      ]),
    );
    written.push({ id, state, channel: record.channel });
  }
  return { lines, written };
}
