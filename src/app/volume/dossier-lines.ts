import type { StaffActor, SystemActor } from '../../core/access/actor.ts';
import { AUDIT_COLUMNS, auditRow } from '../../modules/foundation/audit/index.ts';
import { followDigest } from '../../modules/onestop/dossiers/intake-service.ts';
import { partyRows, secondFacts } from '../../modules/onestop/dossiers/parties.ts';
import { deriveLedger } from '../../modules/onestop/dossiers/rules/ledger.ts';
import { EMPTY_STATE } from '../../modules/onestop/dossiers/rules/state.ts';
import { stateColumns } from '../../modules/onestop/dossiers/store.ts';
import type { Cell, Handler } from './cells.ts';
import { type CopyValue, copyLine } from './copy-text.ts';
import { type History, refOf } from './history.ts';
import type { InventedPerson } from './invented-people.ts';
import type { Random } from './random.ts';

const json = (value: unknown): CopyValue => (value === null || value === undefined ? null : { json: value });

/** Tables filled by COPY with their columns, in the order they are loaded. */
export const TABLES = {
  person: ['dossiers.person', 'id, full_name, birth_date, gender, phone, address'],
  identity: ['dossiers.person_identity', 'type, number, person_id'],
  dossier: [
    'dossiers.dossier',
    `id, code, version, procedure_code, procedure_revision_id, case_id, area, regime_id, channel, subject, form_values, follow_digest,
     result_method, result_address, fees, calendar_revision_id, assurance, copies, retention_code, imported, recorded_at, ${Object.keys(stateColumns(EMPTY_STATE)).join(', ')}`,
  ],
  code: ['dossiers.code', 'code, dossier_id'],
  party: ['dossiers.party', 'dossier_id, seq, role, person_id, snapshot'],
  component: ['dossiers.component', 'dossier_id, seq, code, name, originals, copies, required, provided, source'],
  action: [
    'dossiers.action',
    'dossier_id, seq, kind, occurred_at, recorded_at, actor, actor_unit_id, assurance, note, change, detail',
  ],
  task: ['dossiers.task', 'dossier_id, seq, step_id, unit_id, role, staff_id, started_at, due_at, ended_at, ended_by'],
  segment: [
    'dossiers.clock_segment',
    'dossier_id, seq, kind, reason, step_id, holder_unit_id, holder_staff_id, started_at, ended_at, calendar_revision_id',
  ],
  supplement: ['dossiers.supplement', 'dossier_id, seq, stage, items, reason, requested_at, answered_at'],
  money: [
    'dossiers.money_entry',
    'id, dossier_id, kind, fee_id, amount_vnd, fee_rule_revision, payee_unit_id, method, platform, reference, occurred_at, recorded_at, actor',
  ],
  searchKey: ['dossiers.search_key', 'kind, value, dossier_id, received_by_unit_id, decided_by_unit_id'],
  audit: ['audit.entry', AUDIT_COLUMNS],
} as const satisfies Record<string, readonly [string, string]>;

export type TableId = keyof typeof TABLES;
export type Lines = Record<TableId, string[]>;

export function emptyLines(): Lines {
  return Object.fromEntries(Object.keys(TABLES).map((id) => [id, []])) as unknown as Lines;
}

export type GeneratedDossier = {
  readonly id: string;
  readonly code: string;
  readonly cell: Cell;
  readonly history: History;
  readonly owner: InventedPerson;
  readonly resultMethod: 'desk' | 'post' | 'electronic';
};

const SYSTEM: SystemActor = { kind: 'system', name: 'generate', assurance: 'system' };
const actorOf = (handler: Handler | null, unitId: string): StaffActor | SystemActor =>
  handler === null
    ? SYSTEM
    : {
        kind: 'staff',
        accountId: '',
        staffId: handler.staffId,
        displayName: '',
        homeUnitId: unitId,
        unitIds: [unitId],
        roles: [],
        unitsByPermission: new Map(),
        assurance: 'password',
        address: '127.0.0.1',
      };

/** Acts that the audit trail records for made-up histories: reception, end, hand-over. Live work records every one. */
const AUDITED: ReadonlySet<string> = new Set([
  'received',
  'refused',
  'numbered',
  'withdrawn',
  'stopped',
  'handed-over',
]);

/** Adds the row of a new person. */
export function addPerson(lines: Lines, person: InventedPerson): void {
  lines.person.push(
    copyLine([person.id, person.fullName, person.birthDate, person.gender, person.phone, person.address]),
  );
  lines.identity.push(copyLine(['cccd', person.idNumber, person.id]));
}

/** Adds every row of one dossier; `names` collects the distinct folded names for typing-error search. */
export function addDossier(
  lines: Lines,
  dossier: GeneratedDossier,
  secret: string,
  names: Set<string>,
  random: Random,
): void {
  const { id, code, cell, history, owner, resultMethod } = dossier;
  const { prepared } = cell;
  const { state, acts } = history;
  const { definition } = prepared.revision;
  const place = prepared.authority.name.replace(/^Ủy ban nhân dân /i, '');
  const snapshot = {
    fullName: owner.fullName,
    subjectType: 'citizen' as const,
    idType: 'cccd',
    idNumber: owner.idNumber,
    birthDate: owner.birthDate,
    gender: owner.gender,
    phone: owner.phone,
    address: `${owner.address}, ${place}`,
  };
  const parties = [{ role: 'owner' as const, personId: owner.id, snapshot }];
  const subject = `${definition.name} (${owner.fullName})`.slice(0, 400);
  const people = partyRows(parties, definition.name, secret, state.submittedAt);
  const fees = prepared.fees.ok ? prepared.fees.lines : [];
  const assurance = cell.channel === 'online' ? 'loa2' : 'password';
  lines.dossier.push(
    copyLine([
      id, code, acts.length, definition.code, prepared.revision.id, prepared.circumstances.caseId ?? null, 'normal', prepared.regime.id, cell.channel, subject,
      json({ applicant: { fullName: owner.fullName, birthDate: owner.birthDate, gender: owner.gender, idNumber: owner.idNumber, phone: owner.phone } }),
      followDigest(secret, code, secondFacts(parties)),
      resultMethod, resultMethod === 'post' ? snapshot.address : null, json(fees), prepared.calendarRevisionId, assurance, 1, definition.retention.code, false, state.submittedAt,
      ...Object.entries(stateColumns(state)).map(([name, value]) => (name === 'clock_events' || name === 'result' ? json(value) : (value as CopyValue))),
    ]),
  ); // biome-ignore format: columns
  lines.code.push(copyLine([code, id]));
  lines.party.push(copyLine([id, 1, 'owner', owner.id, json(snapshot)]));
  let seq = 0;
  for (const component of prepared.components) {
    if (component.present === 'note') continue;
    const provided = component.required || random.chance(0.3);
    lines.component.push(
      copyLine([
        id,
        ++seq,
        component.id,
        component.name,
        provided ? component.originals : 0,
        provided ? component.copies : 0,
        component.required,
        provided,
        cell.channel === 'online' ? 'file' : 'paper',
      ]),
    );
  }
  const endedBy = new Map<number, string>();
  let supplements = 0;
  let asked: { readonly stage: string; readonly items: unknown; readonly reason: string; readonly at: Date } | null =
    null;
  acts.forEach(({ action, command, handler, unitId, asked: request }, index) => {
    const citizen = cell.channel === 'online' && (action.kind === 'submitted' || action.kind === 'completed');
    const ref = citizen ? 'guest' : refOf(handler);
    lines.action.push(
      copyLine([
        id,
        index + 1,
        action.kind,
        action.at,
        action.at,
        ref,
        citizen || !handler ? null : unitId,
        citizen ? assurance : handler ? 'password' : 'system',
        action.note,
        json(action.change),
        json(action.detail ?? {}),
      ]),
    );
    if ('step' in action.change) endedBy.set(action.at.getTime(), ref);
    if (request) {
      asked = {
        stage: request.kind === 'request-completion' ? 'intake' : 'processing',
        items: 'items' in request ? request.items : [],
        reason: request.reason,
        at: action.at,
      };
    }
    const answered = action.kind === 'completed' || action.kind === 'supplement-received';
    if (asked && (answered || index === acts.length - 1)) {
      lines.supplement.push(
        copyLine([
          id,
          ++supplements,
          asked.stage,
          json(asked.items),
          asked.reason,
          asked.at,
          answered ? action.at : null,
        ]),
      );
      asked = null;
    }
    if (AUDITED.has(action.kind)) {
      const row = auditRow({
        id: random.uuid(action.at.getTime()),
        chainId: state.decidedByUnitId,
        occurredAt: action.at,
        actor: actorOf(handler, unitId),
        action: `dossier.${command}`,
        object: { type: 'dossier', id },
        payload: { code },
      });
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
    }
  });
  const ledger = deriveLedger(
    EMPTY_STATE,
    acts.map((act) => act.action),
  );
  for (const t of ledger.tasks) {
    lines.task.push(
      copyLine([
        id,
        t.seq,
        t.stepId,
        t.unitId,
        t.role,
        t.staffId,
        t.startedAt,
        t.dueAt,
        t.endedAt,
        t.endedAt ? (endedBy.get(t.endedAt.getTime()) ?? null) : null,
      ]),
    );
  }
  ledger.segments.forEach((s, index) => {
    lines.segment.push(
      copyLine([
        id,
        index + 1,
        s.kind,
        s.reason,
        s.stepId,
        s.unitId,
        s.staffId,
        s.startedAt,
        s.endedAt,
        prepared.calendarRevisionId,
      ]),
    );
  });
  const receivedBy = acts.find((act) => act.action.kind === 'received');
  for (const fee of fees) {
    if (fee.amountVnd <= 0 || !receivedBy || fee.payWhen !== 'intake') continue;
    const at = receivedBy.action.at;
    const entryId = random.uuid(at.getTime());
    // Who files online pays there or at the desk; at the desk some transfer.
    const without = random.chance(0.4);
    const online = without && cell.channel === 'online';
    const method = online ? 'online' : without ? 'transfer' : 'cash';
    lines.money.push(
      copyLine([
        entryId,
        id,
        'paid',
        fee.feeId,
        fee.amountVnd,
        prepared.revision.id,
        prepared.desk.id,
        method,
        online ? 'national' : null,
        online ? `G22.99-${code}` : null,
        at,
        at,
        refOf(receivedBy.handler),
      ]),
    );
  }
  for (const key of people.keys)
    lines.searchKey.push(copyLine([key.kind, key.value, id, state.receivedByUnitId, state.decidedByUnitId]));
  for (const name of people.names) names.add(name);
}
