import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { alsoTell, prefixed, recordset } from './also.ts';
import {
  ACTION_RECORD,
  FACT_RECORD,
  factColumns,
  type NewDossier,
  namesOf,
  SEGMENT_RECORD,
  STATE_RECORD,
  stateColumns,
  TASK_RECORD,
} from './store.ts';

const COMPONENT_RECORD =
  'seq smallint, code text, name text, originals smallint, copies smallint, required boolean, provided boolean, source text, file_references jsonb, note text';
const PERSON_RECORD =
  'id uuid, full_name text, birth_date text, gender text, phone text, email text, address text, identity_type text, identity_number text';
const INSERTED = namesOf(`${FACT_RECORD}, ${STATE_RECORD}`);
const child = (record: string): string => `dossier_id uuid, ${record}`;
/** `insert into … (dossier_id, <names>) select t.dossier_id, t.<names> from <rows>` of a table of dossiers. */
const children = (table: string, record: string, rows: unknown) => {
  const names = `dossier_id, ${namesOf(record)}`;
  return sql`insert into dossiers.${sql.raw(table)} (${sql.raw(names)}) select ${sql.raw(prefixed(names))} from ${recordset(rows, child(record))}`;
};

/**
 * Inserts whole dossiers by ONE statement, hence one round trip and one transaction: the price of the domain is rows,
 * not conversations. All or none; only one of several may bring statements of its own (`told.also`). A known identity
 * number is linked to its person; a new one makes a person, one also where two dossiers bring it at once.
 */
export async function insertDossiers(db: Db, dossiers: readonly NewDossier[]): Promise<void> {
  const each = <T extends object>(rowsOf: (dossier: NewDossier) => readonly T[]): ({ dossier_id: string } & T)[] =>
    dossiers.flatMap((dossier) => rowsOf(dossier).map((row) => ({ dossier_id: dossier.facts.id, ...row })));
  const rows = dossiers.map(({ facts, state, actions }) => ({
    ...factColumns(facts, actions.length),
    ...stateColumns(state),
  }));
  const parties = each(({ parties, people }) =>
    parties.map((party) => ({ ...party, new_id: people.find((p) => p.party_seqs.includes(party.seq))?.id ?? null })),
  );
  const keys = each(({ searchKeys, state }) =>
    searchKeys.map((key) => ({
      ...key,
      received_by_unit_id: state.receivedByUnitId,
      decided_by_unit_id: state.decidedByUnitId,
    })),
  );
  const names = [...new Set(dossiers.flatMap((dossier) => dossier.names))].sort();
  await sql`
    with d as (
      insert into dossiers.dossier (${sql.raw(INSERTED)})
      select ${sql.raw(INSERTED)} from ${recordset(rows, `${FACT_RECORD}, ${STATE_RECORD}`)}
    ), c as (
      insert into dossiers.code (code, dossier_id)
      select t.code, t.dossier_id from ${recordset(
        dossiers.map(({ facts }) => ({ code: facts.code, dossier_id: facts.id })),
        'code text, dossier_id uuid',
      )}
    ), brought as (
      select t.*, case when t.identity_number is null then t.id else first_value(t.id) over (partition by t.identity_type, t.identity_number order by t.id) end first_id,
        (select i.person_id from dossiers.person_identity i where i.type = t.identity_type and i.number = t.identity_number and i.issuer = '') known
      from ${recordset(
        dossiers.flatMap(({ people }) => people),
        PERSON_RECORD,
      )}
    ), p as (
      insert into dossiers.person (id, full_name, birth_date, gender, phone, email, address)
      select id, full_name, birth_date, gender, phone, email, address from brought where known is null and id = first_id
    ), pi as (
      insert into dossiers.person_identity (type, number, person_id)
      select identity_type, identity_number, id from brought where known is null and id = first_id and identity_number is not null
      order by identity_type, identity_number on conflict do nothing
    ), pa as (
      insert into dossiers.party (dossier_id, seq, role, person_id, snapshot)
      select t.dossier_id, t.seq, t.role, coalesce(t.person_id, b.known, b.first_id), t.snapshot
      from ${recordset(parties, 'dossier_id uuid, seq smallint, role text, person_id uuid, new_id uuid, snapshot jsonb')}
      left join brought b on b.id = t.new_id
    ), co as (${children(
      'component',
      COMPONENT_RECORD,
      each(({ components }) => components),
    )}
    ), a as (${children(
      'action',
      ACTION_RECORD,
      each(({ actions }) => actions),
    )}
    ), ta as (${children(
      'task',
      TASK_RECORD,
      each(({ tasks }) => tasks),
    )}
    ), se as (${children(
      'clock_segment',
      SEGMENT_RECORD,
      each(({ segments }) => segments),
    )}
    ), su as (${children(
      'supporting_unit',
      'unit_id uuid, purpose text',
      each(({ supportingUnits }) => supportingUnits),
    )}
    ), sk as (${children('search_key', 'kind text, value text, received_by_unit_id uuid, decided_by_unit_id uuid', keys)} on conflict do nothing
    ), sn as (
      insert into dossiers.search_name (value) select n from unnest(${names}::text[]) n on conflict do nothing
    )${alsoTell(
      dossiers.map(({ facts, told }) => ({ id: facts.id, told })),
      null,
    )}
    select 1`.execute(db);
}
