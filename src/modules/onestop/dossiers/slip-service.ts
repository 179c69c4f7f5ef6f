import type { Actor } from '../../../core/access/actor.ts';
import { dayOf, formatInstant, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { limitText, resolveTimeLimit } from '../procedures/rules/time-limit.ts';
import { canPrint, placeOf, SLIP_KINDS, type SlipData, type SlipKind, signerCapacity } from '../slips/index.ts';
import type { DossierContext } from './context.ts';
import type { PartySnapshotType } from './contract.ts';
import { findDossier, type StoredDossier } from './load.ts';
import { readHistory, readParts, readTasks } from './page-store.ts';
import type { RegimeFacts } from './ports.ts';
import { changeFromJson } from './rules/action-json.ts';
import { type ControlPause, controlSteps, pausesOf, turnsDueAt } from './rules/control-steps.ts';
import { statusName } from './rules/status.ts';
import { type DossierScope, dossierScope } from './scope.ts';

/** A slip ready for the printer; the routes hand it to the renderer. */
export type SlipOrder = {
  readonly kind: SlipKind;
  readonly setId: string;
  readonly data: SlipData;
  readonly code: string;
};

const TITLES: Readonly<Record<Exclude<SlipKind, 'REGISTER' | 'APOLOGY'>, string>> = {
  RECEIPT: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  SUPPLEMENT: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  REFUSAL: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  STOP: 'Thông báo dừng giải quyết hồ sơ',
  CONTROL: 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
  RESULT: 'Kết quả giải quyết',
};

/**
 * Which papers a dossier has by now. The set is the regime's of its reception. An applicant gets the result once it is
 * issued, never a draft, and not the control slip of the offices.
 */
export function slipsOf(
  dossier: StoredDossier,
  regime: Pick<RegimeFacts, 'formSet'>,
  reader: Actor['kind'],
): { kind: string; title: string; url: string }[] {
  const { state } = dossier;
  const inside = reader === 'staff' || reader === 'system';
  const has: Partial<Record<SlipKind, boolean>> = {
    RECEIPT: state.receivedAt !== null,
    SUPPLEMENT:
      state.status === 'supplement' ||
      state.status === 'awaiting-completion' ||
      state.completionRequests > 0 ||
      state.clock.events.some((e) => e.kind === 'pause' && e.reason === 'supplement'),
    REFUSAL: state.status === 'refused',
    STOP: state.status === 'stopped' || (state.status === 'withdrawn' && state.receivedAt !== null),
    CONTROL: inside && state.receivedAt !== null,
    RESULT: state.result !== null && (inside || state.result.issuedAt !== undefined),
  };
  // Without the people it is about no paper says anything.
  if (dossier.erased) return [];
  return SLIP_KINDS.flatMap((kind) =>
    kind !== 'REGISTER' && kind !== 'APOLOGY' && has[kind] && canPrint(kind, regime.formSet)
      ? [{ kind, title: TITLES[kind], url: `/api/dossiers/${dossier.id}/slips/${kind}.pdf` }]
      : [],
  );
}

const ID_LABELS: Readonly<Record<string, string>> = {
  cccd: 'Số CCCD/CC',
  cmnd: 'Số CMND',
  passport: 'Số hộ chiếu',
  tax: 'Mã số thuế',
};

function partyOf(snapshot: PartySnapshotType): {
  name: string;
  address?: string;
  phone?: string;
  email?: string;
  identityLabel?: string;
  identityNumber?: string;
} {
  const { fullName: name, address, phone, email, idType, idNumber } = snapshot;
  const label = idType ? ID_LABELS[idType] : undefined;
  return {
    name,
    ...(address ? { address } : {}),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(label ? { identityLabel: label } : {}),
    ...(idNumber ? { identityNumber: idNumber } : {}),
  };
}

/** `Tạm dừng chờ bổ sung hồ sơ từ 23/08/2023 10:30 đến 29/08/2023 08:00` */
const pauseNote = (pause: ControlPause): string => {
  const reason = words(`server.control.reason-${pause.reason}`);
  const from = formatInstant(pause.from);
  return pause.to
    ? words('server.control.pause', { reason, from, to: formatInstant(pause.to) })
    : words('server.control.pause-open', { reason, from });
};

/** How a result is handed over, in the words of the slips. */
export const RESULT_CHANNEL = { desk: 'desk', post: 'post', electronic: 'online' } as const;

/**
 * Data of one paper from the dossier's facts. Printing a paper with personal data is recorded.
 * @throws AppError row/missing where the dossier or the paper does not exist for this reader.
 */
export async function orderSlip(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  kind: SlipKind,
  publicUrl: string,
  scope: DossierScope = dossierScope(actor),
): Promise<SlipOrder> {
  const dossier = await findDossier(ctx.db, scope, id);
  if (!dossier) throw new AppError('row/missing');
  const { state } = dossier;
  const legalDay = dayOf(state.receivedAt ?? state.submittedAt);
  const regime = ctx.ports.regimeOn(legalDay);
  if (!slipsOf(dossier, regime, actor.kind).some((slip) => slip.kind === kind)) throw new AppError('row/missing');
  const now = ctx.clock.now();
  const [revision, parts, history, tasks, desk, authority] = await Promise.all([
    ctx.ports.getProcedureRevision(dossier.procedureRevisionId),
    readParts(ctx.db, id),
    readHistory(ctx.db, id),
    readTasks(ctx.db, id),
    ctx.ports.findUnit(state.receivedByUnitId, legalDay),
    ctx.ports.findUnit(state.decidedByUnitId, legalDay),
    recordAudit(ctx.db, [
      {
        chainId: state.decidedByUnitId,
        occurredAt: now,
        actor,
        action: 'dossier.print',
        object: { type: 'dossier', id },
        payload: { kind },
      },
    ]),
  ]);
  const { money } = parts;
  const parent = authority?.parentId ? await ctx.ports.findUnit(authority.parentId, legalDay) : undefined;
  const unitIds = [...new Set([...tasks.map((t) => t.unitId), ...parts.supportingUnits])];
  const staffIds = [
    ...new Set([
      ...tasks.flatMap((t) => (t.staffId ? [t.staffId] : [])),
      ...history.flatMap((h) => (h.actor.startsWith('staff:') ? [h.actor.slice(6)] : [])),
    ]),
  ];
  const [units, staff] = await Promise.all([ctx.ports.unitNames(unitIds, legalDay), ctx.ports.staffNames(staffIds)]);
  const owner = parts.parties.find((p) => p.role === 'owner') ?? parts.parties[0];
  if (!owner) throw new AppError('row/missing');
  const submitter = parts.parties.find((p) => p.role === 'submitter');
  const ownerSnapshot = owner.snapshot as PartySnapshotType;
  const deskName = desk?.name ?? '';
  const authorityName = authority?.name ?? '';
  const actionOf = (name: string) => history.findLast((h) => h.kind === name);
  const staffName = (ref: string | undefined): string =>
    ref?.startsWith('staff:') ? (staff.get(ref.slice(6))?.name ?? '') : '';
  const head = (date: Date, agency: string, above: string | undefined, number?: string) => ({
    authority: agency,
    ...(above ? { parentAuthority: above } : {}),
    ...(number ? { number } : {}),
    place: placeOf(authorityName),
    date: dayOf(date),
  });
  const base = {
    dossierCode: dossier.code,
    checkUrl: `${publicUrl}/kiem-tra/${dossier.code}`,
    owner: partyOf(ownerSnapshot),
    procedureName: revision.definition.name,
  };
  const resolved = resolveTimeLimit(revision.definition, {
    caseId: dossier.caseId ?? undefined,
    area: dossier.area,
    channel: dossier.channel,
  });
  const limit = resolved.ok ? resolved.limit : undefined;
  const allow = limit?.allow ?? limit?.phases?.[0];
  const allowance = { amount: allow?.amount ?? 0, unit: allow?.unit ?? ('working-day' as const) };
  const receiver = { name: staffName(actionOf('received')?.actor) };

  const build = (): SlipData => {
    switch (kind) {
      case 'RECEIPT': {
        const at = state.receivedAt ?? state.submittedAt;
        return {
          letterhead: head(at, deskName, authorityName),
          ...base,
          desk: deskName,
          ...(submitter ? { submitter: partyOf(submitter.snapshot as PartySnapshotType) } : {}),
          procedureCode: dossier.procedureCode,
          components: parts.components
            .filter((c) => c.provided)
            .map((c) => ({
              name: c.name,
              originals: c.originals,
              photocopies: c.copies,
              ...(c.source === 'file' ? { note: 'Bản điện tử' } : {}),
            })),
          sets: dossier.copies,
          allowance,
          receivedAt: toIso(at),
          ...(state.dueOriginal ? { dueAt: toIso(state.dueOriginal) } : {}),
          resultChannel: RESULT_CHANNEL[dossier.resultMethod],
          resultPlace: dossier.resultMethod === 'post' ? (dossier.resultAddress ?? '') : deskName,
          fees: dossier.fees
            .filter((fee) => fee.amountVnd > 0)
            .map((fee) => ({
              name: fee.name,
              amountVnd: fee.amountVnd,
              paid: money.some((m) => m.feeId === fee.feeId && m.kind === 'paid'),
            })),
          submitterName: submitter ? (submitter.snapshot as PartySnapshotType).fullName : ownerSnapshot.fullName,
          receiver,
          ...(limit?.phases ? { note: limitText(limit) } : {}),
        };
      }
      case 'SUPPLEMENT': {
        const request = parts.supplements.at(-1);
        const asked = actionOf(request?.stage === 'intake' ? 'completion-requested' : 'supplement-requested');
        return {
          letterhead: head(request?.requestedAt ?? now, deskName, authorityName),
          ...base,
          items: (request?.items ?? []).map((item) => (item.what ? `${item.name}: ${item.what}` : item.name)),
          reason: request?.reason ?? '',
          ...(request?.deadline ? { respondBy: request.deadline } : {}),
          website: publicUrl,
          guide: { name: staffName(asked?.actor) },
        };
      }
      case 'REFUSAL': {
        const refused = actionOf('refused');
        return {
          letterhead: head(refused?.occurredAt ?? now, deskName, authorityName),
          ...base,
          desk: deskName,
          reason: refused?.note ?? '',
          contact: { name: staffName(refused?.actor) },
          submitterName: ownerSnapshot.fullName,
          receiver: { name: staffName(refused?.actor) },
        };
      }
      case 'STOP': {
        const stopped = actionOf('stopped') ?? actionOf('withdrawn');
        return {
          letterhead: head(stopped?.occurredAt ?? now, authorityName, parent?.name),
          ...base,
          receivedAt: toIso(state.receivedAt ?? state.submittedAt),
          ...(stopped?.kind === 'withdrawn' ? { requestedOn: dayOf(stopped.occurredAt) } : {}),
          bases: [],
          reason: stopped?.note ?? '',
          state: statusName(state.status),
          returnedPapers: parts.components
            .filter((c) => c.provided && c.originals > 0)
            .map((c) => ({ name: c.name, quantity: c.originals })),
          refunds: money
            .filter((m) => m.kind === 'refunded')
            .map((m) => ({
              name: dossier.fees.find((f) => f.feeId === m.feeId)?.name ?? 'Phí, lệ phí',
              amountVnd: m.amountVnd,
            })),
          signer: { onBehalfOf: `TM. ${authorityName}`.toLocaleUpperCase('vi'), capacity: 'CHỦ TỊCH' },
        };
      }
      case 'CONTROL': {
        const dues = turnsDueAt(history.map(({ change }) => changeFromJson(change)));
        return {
          letterhead: head(state.receivedAt ?? now, deskName, authorityName),
          ...base,
          receivedAt: toIso(state.receivedAt ?? state.submittedAt),
          ...(state.dueCurrent ? { dueAt: toIso(state.dueCurrent) } : {}),
          authority: authorityName,
          supporting: parts.supportingUnits.flatMap((unitId) => units.get(unitId) ?? []),
          steps: controlSteps(
            tasks.map((task) => ({
              unit: units.get(task.unitId) ?? '',
              person: task.staffId ? (staff.get(task.staffId)?.name ?? null) : null,
              startedAt: task.startedAt,
              dueAt: dues.get(task.seq) ?? task.dueAt,
              endedAt: task.endedAt,
            })),
            {
              owner: ownerSnapshot.fullName,
              desk: deskName,
              authority: authorityName,
              receivedAt: state.receivedAt ?? state.submittedAt,
              endedAt: state.endedAt,
              returnedAt: state.returnedAt,
              punctuality: state.punctuality,
              pauses: pausesOf(state.clock.events, state.endedAt),
            },
          ).map(({ handedOverByPerson: from, takenOverByPerson: to, at, pauses, ...step }) => ({
            ...step,
            at: toIso(at),
            ...(pauses.length > 0 ? { note: pauses.map(pauseNote).join('\n') } : {}),
            ...(from ? { handedOverByPerson: from } : {}),
            ...(to ? { takenOverByPerson: to } : {}),
          })),
        };
      }
      case 'RESULT': {
        const result = state.result;
        const template = revision.definition.results.find(
          (r) => r.template && (r.case === undefined || r.case === dossier.caseId),
        )?.template;
        return {
          letterhead: head(result?.issuedAt ?? now, authorityName, parent?.name, result?.number),
          dossierCode: dossier.code,
          checkUrl: base.checkUrl,
          typeName: result?.title ?? template?.title ?? TITLES.RESULT,
          bases: [],
          body: (result?.body ?? '')
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => ({ kind: 'paragraph' as const, text: line })),
          signer: {
            onBehalfOf: `TM. ${authorityName}`.toLocaleUpperCase('vi'),
            capacity: signerCapacity(result?.approverTitle),
            name: staffName(result?.approvedBy),
          },
          recipients: [],
          draft: result?.issuedAt === undefined,
        };
      }
      case 'REGISTER':
      case 'APOLOGY':
        throw new AppError('row/missing');
    }
  };
  return { kind, setId: regime.formSet, data: build(), code: dossier.code };
}
