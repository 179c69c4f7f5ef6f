import { sql } from 'kysely';
import { dayOf } from '../core/time/index.ts';
import type { AbsenceService } from '../modules/foundation/absence/index.ts';
import type { FindNoticeFacts, NoticeFacts } from '../modules/foundation/notifications/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { Clock } from '../platform/config/config.ts';
import { words } from '../platform/messages/words.ts';

/** Acts whose reason is written for the applicant. Notes between officials stay inside, also when a notice goes late. */
const TOLD = [
  'completion-requested',
  'refused',
  'supplement-requested',
  'finance-requested',
  'suspended',
  'stopped',
  'withdrawn',
];

type Row = {
  id: string;
  code: string;
  procedure_revision_id: string;
  received_by_unit_id: string;
  decided_by_unit_id: string;
  holder_unit_id: string | null;
  holder_staff_id: string | null;
  channel: 'desk' | 'online' | 'post';
  submitted_at: Date;
  received_at: Date | null;
  due_current: Date | null;
  ended_at: Date | null;
  returned_at: Date | null;
  result_method: 'desk' | 'post' | 'electronic';
  result_address: string | null;
  citizen_account_id: string | null;
  email: string | null;
  reason: string | null;
  items: { name: string; what: string }[] | null;
  deadline: string | null;
};

/** What a notice about a dossier says, read in the transaction that sends it. */
export function createFindNoticeFacts(
  ports: DossierPorts,
  clock: Clock,
  absence: Pick<AbsenceService, 'recipientFor'>,
): FindNoticeFacts {
  return async (dossierIds, trx) => {
    const { rows } =
      await sql<Row>`select d.id, d.code, d.procedure_revision_id, d.received_by_unit_id, d.decided_by_unit_id, d.holder_unit_id, d.holder_staff_id,
        d.channel, d.submitted_at, d.received_at, d.due_current, d.ended_at, d.returned_at, d.result_method, d.result_address, d.citizen_account_id,
        (select p.snapshot->>'email' from dossiers.party p where p.dossier_id = d.id and coalesce(p.snapshot->>'email', '') <> ''
          order by (p.role = 'submitter') desc, p.seq limit 1) email,
        (select a.note from dossiers.action a where a.dossier_id = d.id and a.note is not null and a.kind = any(${TOLD}::text[]) order by a.seq desc limit 1) reason,
        s.items, s.deadline
      from dossiers.dossier d
      left join lateral (select items, deadline from dossiers.supplement x where x.dossier_id = d.id and x.answered_at is null order by x.seq desc limit 1) s on true
      where d.id = any(${[...dossierIds]}::uuid[])`.execute(trx);
    const day = dayOf(clock.now());
    const units = new Set(
      rows.flatMap((r) => [
        r.received_by_unit_id,
        r.decided_by_unit_id,
        ...(r.holder_unit_id ? [r.holder_unit_id] : []),
      ]),
    );
    const names = await ports.unitNames([...units], day);
    const known = new Map<string, NoticeFacts>();
    for (const row of rows) known.set(row.id, await factsOf(row, names));
    return known;
  };

  async function factsOf(row: Row, names: ReadonlyMap<string, string>): Promise<NoticeFacts> {
    const revision = await ports.getProcedureRevision(row.procedure_revision_id);
    const desk = names.get(row.received_by_unit_id) ?? '';
    const place = {
      desk: words('server.notice.result-desk', { desk }),
      post: row.result_address
        ? words('server.notice.result-post-to', { address: row.result_address })
        : words('server.notice.result-post'),
      electronic: words('server.notice.result-electronic'),
    };
    return {
      code: row.code,
      procedureName: revision.definition.name,
      decidedByUnitName: names.get(row.decided_by_unit_id) ?? '',
      receivedByUnitName: desk,
      receivedByUnitId: row.received_by_unit_id,
      handlerName: row.holder_unit_id ? (names.get(row.holder_unit_id) ?? null) : null,
      channel: row.channel,
      submittedAt: row.submitted_at,
      receivedAt: row.received_at,
      dueAt: row.due_current,
      endedAt: row.ended_at,
      returnedAt: row.returned_at,
      returnPlace: place[row.result_method],
      reason: row.reason,
      items: (row.items ?? []).map((item) => (item.what ? `${item.name}: ${item.what}` : item.name)),
      deadline: row.deadline,
      applicantEmail: row.email,
      citizenAccountId: row.citizen_account_id,
      // Whoever acts for an absent holder is told instead.
      holderStaffId:
        row.holder_staff_id && row.holder_unit_id
          ? await absence.recipientFor(row.holder_staff_id, row.holder_unit_id)
          : row.holder_staff_id,
    };
  }
}
