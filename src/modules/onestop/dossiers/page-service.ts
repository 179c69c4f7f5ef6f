import type { Actor } from '../../../core/access/actor.ts';
import { printForm } from '../../../core/forms/print.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { fillTemplate } from '../procedures/rules/result-template.ts';
import { placeOf } from '../slips/index.ts';
import type { DossierContext } from './context.ts';
import type { DossierPageType, PartySnapshotType } from './contract.ts';
import { commandLabel, storyLine } from './labels.ts';
import { legalView, type StoredDossier } from './load.ts';
import { readHistory, readParts } from './page-store.ts';
import { performerOf } from './performer.ts';
import { maskPage, readsPersonal } from './personal-data.ts';
import { formOf } from './prepare.ts';
import { presentRows, rowOf } from './rows.ts';
import { type DecisionContext, PERMISSION_OF_STEP, plannedStep } from './rules/context.ts';
import { legalCommands } from './rules/legal.ts';
import { type DossierScope, dossierScope } from './scope.ts';
import { slipsOf } from './slip-service.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const iso = (date: Date | null | undefined): string | null => (date ? toIso(date) : null);

function stepsOf(
  dossier: StoredDossier,
  plan: DecisionContext['plan'],
  names: ReadonlyMap<string, string>,
): DossierPageType['steps'] {
  const current = plan.findIndex((step) => step.id === dossier.state.step?.id);
  // Withdrawn, stopped or refused: nothing says how far it came; the history does.
  const ended = dossier.state.status === 'decided' || dossier.state.status === 'returned';
  return plan.map((step, index) => ({
    id: step.id,
    name: step.name,
    unitName: names.get(step.unitId) ?? '',
    state: ended || index < current ? ('done' as const) : index === current ? ('current' as const) : ('ahead' as const),
    dueAt: index === current ? iso(dossier.state.step?.dueAt) : null,
  }));
}

/** Values a result template may name, from the dossier's own facts. */
export function templateValues(
  dossier: StoredDossier,
  procedureName: string,
  authority: { name: string; parentName: string | null },
  feeTotalVnd: number,
): Record<string, unknown> {
  const place = placeOf(authority.name);
  return {
    form: dossier.formValues,
    dossier: {
      code: dossier.code,
      receivedAt: dossier.state.receivedAt ? dayOf(dossier.state.receivedAt) : '',
      dueAt: dossier.state.dueCurrent ? dayOf(dossier.state.dueCurrent) : '',
      subject: dossier.subject,
    },
    procedure: { code: dossier.procedureCode, name: procedureName },
    unit: {
      name: authority.name,
      nameUpper: authority.name.toLocaleUpperCase('vi'),
      parentName: authority.parentName ?? '',
      place,
    },
    result: {},
    signer: {},
    fee: { total: feeTotalVnd },
  };
}

/**
 * Everything of one dossier for somebody who may see it. The reading itself is recorded (who read whose dossier), in
 * the same breath.
 * @param owner the reader has proved to own the dossier without an account (a guest's secret).
 * @throws AppError row/missing, also for a dossier of somebody else.
 */
export async function readDossierPage(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  scope: DossierScope = dossierScope(actor),
  owner = false,
): Promise<DossierPageType> {
  const dossier = await ctx.reader(scope, id);
  if (!dossier) throw new AppError('row/missing');
  const now = ctx.clock.now();
  const today = dayOf(now);
  const { ports } = ctx;
  const revision = await ports.getProcedureRevision(dossier.procedureRevisionId);
  const { definition } = revision;
  const self = performerOf(actor, dossier.citizenAccountId);
  const performer = owner ? { ...self, owner } : self;
  const decision = await legalView(ctx, dossier, performer, now);
  const { state } = dossier;
  const inside = actor.kind === 'staff' || actor.kind === 'system';
  const [parts, history] = await Promise.all([
    readParts(ctx.db, id),
    readHistory(ctx.db, id),
    recordAudit(ctx.db, [
      {
        chainId: state.decidedByUnitId,
        occurredAt: now,
        actor,
        action: 'dossier.read',
        object: { type: 'dossier', id },
      },
    ]),
  ]);
  const { money } = parts;
  const applicant = parts.parties.find((party) => party.role === 'owner');
  const [row] = await presentRows(ctx, [rowOf(dossier, textOf(applicant?.snapshot['fullName']))], now);
  if (!row) throw new AppError('row/missing');
  const unitIds = [
    state.receivedByUnitId,
    state.decidedByUnitId,
    ...decision.plan.map((s) => s.unitId),
    ...parts.supportingUnits,
    ...history.flatMap((h) => (h.actorUnitId ? [h.actorUnitId] : [])),
  ];
  const staffIds = history.flatMap((h) => [
    ...(h.actor.startsWith('staff:') ? [h.actor.slice(6)] : []),
    ...(typeof h.detail['onBehalfOf'] === 'string' ? [h.detail['onBehalfOf']] : []),
  ]);
  const [units, staff] = await Promise.all([
    ports.unitNames([...new Set(unitIds)], today),
    ports.staffNames([...new Set(staffIds)]),
  ]);
  const commands = legalCommands(state, decision);
  const form = formOf(revision);
  const authority = await ports.findUnit(state.decidedByUnitId, today);
  const parent = authority?.parentId ? await ports.findUnit(authority.parentId, today) : undefined;
  const template = definition.results.find(
    (r) => r.template && (r.case === undefined || r.case === dossier.caseId),
  )?.template;
  const feeTotal = dossier.fees.reduce((sum, fee) => sum + fee.amountVnd, 0);
  const filled =
    template && commands.includes('draft-result')
      ? fillTemplate(
          template,
          templateValues(
            dossier,
            definition.name,
            { name: authority?.name ?? '', parentName: parent?.name ?? null },
            feeTotal,
          ),
          revision.form ?? undefined,
        )
      : null;
  const stepName = (stepId: string): string | undefined => definition.steps.find((s) => s.id === stepId)?.name;
  const who = (ref: string, unitId: string | null): string => {
    if (ref.startsWith('citizen:') || ref === 'guest') return words('server.who.applicant');
    if (ref.startsWith('system:')) return words('server.who.system');
    const person = staff.get(ref.slice(6));
    const unit = unitId ? units.get(unitId) : undefined;
    return [person ? `${person.name}${person.title ? ` (${person.title})` : ''}` : words('server.who.staff'), unit]
      .filter(Boolean)
      .join(', ');
  };
  const behalf = (staffId: unknown): string | null =>
    typeof staffId === 'string'
      ? words('server.who.acting-for', { name: staff.get(staffId)?.name ?? words('server.who.absent') })
      : null;
  const page: DossierPageType = {
    row,
    version: dossier.version,
    procedure: {
      code: dossier.procedureCode,
      name: definition.name,
      revisionId: revision.id,
      caseName: definition.cases.find((c) => c.id === dossier.caseId)?.name ?? null,
    },
    receivedBy: { id: state.receivedByUnitId, name: units.get(state.receivedByUnitId) ?? '' },
    decidedBy: { id: state.decidedByUnitId, name: units.get(state.decidedByUnitId) ?? '' },
    supportedBy: parts.supportingUnits.map((unitId) => ({ id: unitId, name: units.get(unitId) ?? '' })),
    parties: parts.parties.map((p) => ({ role: p.role, snapshot: p.snapshot as PartySnapshotType })),
    formLines:
      form && !dossier.erased
        ? printForm(form, dossier.formValues, { today: dayOf(state.submittedAt), demo: ctx.demo })
            .filter((line) => line.kind === 'line')
            .map(({ label, value }) => ({ label, value }))
        : [],
    formValues: dossier.formValues,
    components: parts.components,
    fees: dossier.fees.map((fee) => {
      const entries = money.filter((m) => m.feeId === fee.feeId);
      return {
        id: fee.feeId,
        name: fee.name,
        amountVnd: fee.amountVnd,
        paidVnd: entries.reduce((sum, m) => sum + (m.kind === 'refunded' ? -m.amountVnd : m.amountVnd), 0),
        entries: entries.map(({ feeId: _, occurredAt, ...entry }) => ({ ...entry, at: toIso(occurredAt) })),
      };
    }),
    submittedAt: toIso(state.submittedAt),
    receivedAt: iso(state.receivedAt),
    dueOriginal: iso(state.dueOriginal),
    dueCurrent: iso(state.dueCurrent),
    endedAt: iso(state.endedAt),
    returnedAt: iso(state.returnedAt),
    punctuality: state.punctuality,
    latenessMinutes: state.latenessMinutes,
    clockStatus: state.clock.status,
    resultMethod: dossier.resultMethod,
    resultAddress: dossier.resultAddress,
    // A draft is the offices' own until it is issued.
    result:
      state.result && (inside || state.result.issuedAt)
        ? {
            kind: state.result.kind,
            title: state.result.title,
            body: state.result.body,
            number: state.result.number ?? null,
            issuedAt: iso(state.result.issuedAt),
            approvedAt: iso(state.result.approvedAt),
          }
        : null,
    draft: filled ? { title: filled.title, body: filled.body.join('\n') } : null,
    steps: stepsOf(dossier, decision.plan, units),
    supplements: parts.supplements.map((s) => ({
      ...s,
      requestedAt: toIso(s.requestedAt),
      answeredAt: iso(s.answeredAt),
    })),
    history: history.map((h) => ({
      seq: h.seq,
      kind: h.kind,
      at: toIso(h.occurredAt),
      recordedAt: toIso(h.recordedAt),
      text: storyLine(h.kind, h.detail, stepName),
      who: [who(h.actor, h.actorUnitId), behalf(h.detail['onBehalfOf'])].filter(Boolean).join(', '),
      note: h.note,
    })),
    slips: slipsOf(dossier, ports.regimeOn(dayOf(state.receivedAt ?? state.submittedAt)), actor.kind),
    commands: commands.map((kind) => commandLabel(kind, state, decision)),
    assignable:
      commands.includes('assign') && state.step
        ? [
            ...(await ports.staffOf(
              state.step.unitId,
              PERMISSION_OF_STEP[plannedStep(decision, state.step)?.kind ?? 'process'],
              today,
            )),
          ]
        : [],
  };
  const concerned = [state.receivedByUnitId, state.decidedByUnitId, ...decision.plan.map((planned) => planned.unitId)];
  return readsPersonal(actor, concerned) ? page : maskPage(page);
}
