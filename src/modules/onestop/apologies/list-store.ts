import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { lateIn } from './duty-store.ts';

/** `todo` owed, drafts and returned · `waiting` for a decision, a number or the post · `sent` issued · `exempt` exemptions. */
export type Tab = 'todo' | 'waiting' | 'sent' | 'exempt' | 'late';

export type ListFilter = {
  /** Units whose dossiers may be seen. */
  readonly unitIds: readonly string[];
  readonly unitId: string | undefined;
  /** Prefix of a dossier's code, or a procedure's code. */
  readonly q: string | undefined;
  /** For `late`: the figure whose dossiers are listed, and its period. */
  readonly figure?: 'late' | 'with' | 'exempted' | 'without';
  readonly period?: { readonly from: Date; readonly to: Date; readonly asOf: Date };
  readonly offset: number;
  readonly limit: number;
};

/** What a line of a list is made of; at least one of the three is there. */
export type ListKey = {
  readonly dossierId: string;
  readonly apologyId: string | null;
  readonly exemptionId: string | null;
  readonly duty: boolean;
};

const uuids = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${[...ids]}::uuid[])`;

function matches(alias: string, filter: ListFilter): RawBuilder<boolean> {
  const q = filter.q ?? null;
  // Codes are letters, digits, dots and dashes: whatever else was typed finds nothing.
  const like = q === null ? null : `%${q.toUpperCase().replaceAll(/[^0-9A-Z.-]/g, '?')}%`;
  return sql<boolean>`(${filter.unitId ?? null}::uuid is null or ${sql.ref(`${alias}.authority_unit_id`)} = ${filter.unitId ?? null}::uuid)
    and (${like}::text is null or upper(${sql.ref(`${alias}.dossier_code`)}) like ${like}::text)`;
}

const dutySeen = (filter: ListFilter): RawBuilder<boolean> =>
  sql<boolean>`(d.authority_unit_id = ${uuids(filter.unitIds)} or d.received_by_unit_id = ${uuids(filter.unitIds)} or d.holder_unit_id = ${uuids(filter.unitIds)})`;
const apologySeen = (filter: ListFilter): RawBuilder<boolean> =>
  sql<boolean>`(a.authority_unit_id = ${uuids(filter.unitIds)} or a.unit_id = ${uuids(filter.unitIds)} or a.received_by_unit_id = ${uuids(filter.unitIds)}
    or a.number_unit_id = ${uuids(filter.unitIds)})`;
const exemptionSeen = (filter: ListFilter): RawBuilder<boolean> =>
  sql<boolean>`(e.authority_unit_id = ${uuids(filter.unitIds)} or e.unit_id = ${uuids(filter.unitIds)})`;

/** Columns `dossierId, apologyId, exemptionId, duty, sort`; the most pressing has the smallest `sort`. */
function linesOf(tab: Tab, filter: ListFilter): RawBuilder<unknown> {
  switch (tab) {
    case 'todo':
      // A late dossier stands here until a paper is issued or an exemption approved, whatever is under way for it.
      return sql`select d.dossier_id "dossierId", o.id "apologyId", x.id "exemptionId", true duty, extract(epoch from d.due_at) sort
          from apologies.duty d
          left join apologies.apology o on o.dossier_id = d.dossier_id and o.state in ('draft', 'proposed', 'returned', 'approved')
          left join apologies.exemption x on x.dossier_id = d.dossier_id and x.state = 'requested'
          where d.apology_id is null and d.exemption_id is null and ${dutySeen(filter)} and ${matches('d', filter)}
        union all
        select a.dossier_id, a.id, null, false, extract(epoch from a.due_before) from apologies.apology a
          where a.state in ('draft', 'returned') and ${apologySeen(filter)} and ${matches('a', filter)}
            and not exists (select 1 from apologies.duty d where d.dossier_id = a.dossier_id and d.apology_id is null and d.exemption_id is null)`;
    case 'waiting':
      return sql`select a.dossier_id "dossierId", a.id "apologyId", null::uuid "exemptionId", false duty, extract(epoch from a.due_before) sort
          from apologies.apology a where (a.state in ('proposed', 'approved')
            or (a.state in ('issued', 'sent') and exists (select 1 from apologies.delivery v where v.apology_id = a.id and v.channel = 'paper' and v.state = 'waiting')))
            and ${apologySeen(filter)} and ${matches('a', filter)}
        union all
        select e.dossier_id, null, e.id, false, extract(epoch from e.due_at) from apologies.exemption e
          where e.state = 'requested' and ${exemptionSeen(filter)} and ${matches('e', filter)}`;
    case 'sent':
      return sql`select a.dossier_id "dossierId", a.id "apologyId", null::uuid "exemptionId", false duty, -extract(epoch from a.issued_at) sort
          from apologies.apology a where a.state in ('issued', 'sent') and ${apologySeen(filter)} and ${matches('a', filter)}`;
    case 'exempt':
      return sql`select e.dossier_id "dossierId", null::uuid "apologyId", e.id "exemptionId", false duty, -extract(epoch from e.requested_at) sort
          from apologies.exemption e where ${exemptionSeen(filter)} and ${matches('e', filter)}`;
    case 'late': {
      const { period } = filter;
      if (!period)
        return sql`select null::uuid "dossierId", null::uuid "apologyId", null::uuid "exemptionId", true duty, 0 sort where false`;
      const which = {
        late: sql`true`,
        with: sql`d.apology_id is not null`,
        exempted: sql`d.apology_id is null and d.exemption_id is not null`,
        without: sql`d.apology_id is null and d.exemption_id is null`,
      }[filter.figure ?? 'late'];
      return sql`select d.dossier_id "dossierId", d.apology_id "apologyId", d.exemption_id "exemptionId", true duty, extract(epoch from d.due_at) sort
          from apologies.duty d where ${lateIn(period.from, period.to, period.asOf)} and ${which}
            and d.authority_unit_id = ${uuids(filter.unitIds)} and ${matches('d', filter)}`;
    }
  }
}

/** One page of a list, and its whole length. */
export async function findLines(
  db: Db,
  tab: Tab,
  filter: ListFilter,
): Promise<{ readonly rows: readonly ListKey[]; readonly total: number }> {
  const lines = linesOf(tab, filter);
  const [page, count] = await Promise.all([
    sql<ListKey>`select "dossierId", "apologyId", "exemptionId", duty from (${lines}) x
      order by sort, "dossierId" limit ${filter.limit} offset ${filter.offset}`.execute(db),
    sql<{ n: number }>`select count(*) n from (${lines}) x`.execute(db),
  ]);
  return { rows: page.rows, total: Number(count.rows[0]?.n ?? 0) };
}
