import { type Actor, holds } from '../../../core/access/actor.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { exemptionReasonName, reasonName } from './content.ts';
import type { ApologyContext } from './context.ts';
import type { ApologyViewType, ExemptionViewType } from './contract.ts';
import { type Delivery, deliveriesOf } from './delivery-store.ts';
import { EXEMPT } from './exemption-service.ts';
import type { Exemption } from './exemption-store.ts';
import { APPROVE, PROPOSE } from './proposal-service.ts';
import { isPossible } from './rules/acts.ts';
import type { Apology } from './store.ts';

const iso = (at: Date | null): string | null => (at === null ? null : toIso(at));
const staffIdOf = (ref: string | null): readonly string[] => (ref?.startsWith('staff:') ? [ref.slice(6)] : []);

/** Draws papers and exemptions for a reader: names of units and staff, what the reader may do. */
export async function createViewer(
  ctx: ApologyContext,
  db: Db,
  actor: Actor,
  apologies: readonly Apology[],
  exemptions: readonly Exemption[],
) {
  const day = dayOf(ctx.clock.now());
  const refs = [
    ...apologies.flatMap((a) => [a.proposedBy, a.decidedBy]),
    ...exemptions.flatMap((e) => [e.requestedBy, e.decidedBy]),
  ];
  const [units, staff, deliveries] = await Promise.all([
    ctx.ports.unitNames([...new Set([...apologies, ...exemptions].map((one) => one.unitId))], day),
    ctx.ports.staffNames([...new Set(refs.flatMap(staffIdOf))]),
    deliveriesOf(
      db,
      apologies.map((a) => a.id),
    ),
  ]);
  const who = (ref: string | null): string =>
    ref?.startsWith('system:') ? words('server.who.system') : (staff.get(staffIdOf(ref)[0] ?? '')?.name ?? '');

  return {
    apology(a: Apology): ApologyViewType {
      const own = deliveries.filter((one) => one.apologyId === a.id);
      return {
        id: a.id,
        version: a.version,
        kind: a.kind,
        state: a.state,
        unitName: units.get(a.unitId) ?? '',
        dueBefore: toIso(a.dueBefore),
        newDueAt: iso(a.newDueAt),
        reasonCode: a.reasonCode,
        reasonName: reasonName(a.reasonCode),
        reason: a.reason,
        lateNotice: a.lateNotice,
        origin: a.origin,
        proposedAt: iso(a.proposedAt),
        proposedBy: who(a.proposedBy),
        decidedAt: iso(a.decidedAt),
        decidedBy: who(a.decidedBy),
        returnReason: a.returnReason,
        number: a.number,
        issuedAt: iso(a.issuedAt),
        sentAt: iso(a.sentAt),
        withdrawnAt: iso(a.withdrawnAt),
        withdrawReason: a.withdrawReason,
        deliveries: own.map((one) => ({
          channel: one.channel,
          state: one.state,
          doneAt: iso(one.doneAt),
          note: one.note,
        })),
        acts: actsOf(actor, a, own),
      };
    },
    exemption(e: Exemption): ExemptionViewType {
      return {
        id: e.id,
        version: e.version,
        state: e.state,
        unitName: units.get(e.unitId) ?? '',
        reasonName: exemptionReasonName(e.reasonCode),
        reason: e.reason,
        evidence: e.evidence,
        files: [...e.files],
        requestedAt: toIso(e.requestedAt),
        requestedBy: who(e.requestedBy),
        decidedAt: iso(e.decidedAt),
        decidedBy: who(e.decidedBy),
        decisionNote: e.decisionNote,
        mayDecide: e.state === 'requested' && holds(actor, EXEMPT, e.authorityUnitId),
      };
    },
  };
}

/** What a reader who sees the dossier may do with a paper; the service asks again. */
function actsOf(actor: Actor, a: Apology, deliveries: readonly Delivery[]): ApologyViewType['acts'] {
  const proposes = [a.unitId, a.receivedByUnitId, a.authorityUnitId].some((unit) => holds(actor, PROPOSE, unit));
  const decides = holds(actor, APPROVE, a.authorityUnitId);
  const hasPaper = deliveries.some((one) => one.channel === 'paper' && one.state === 'waiting');
  const may = {
    propose: proposes && isPossible('propose', a.state),
    approve: decides && isPossible('approve', a.state),
    return: decides && isPossible('return', a.state),
    issue: isPossible('issue', a.state) && holds(actor, 'dossier.number', a.numberUnitId ?? a.authorityUnitId),
    deliver: hasPaper && isPossible('deliver', a.state) && holds(actor, 'dossier.hand-over', a.receivedByUnitId),
    withdraw: proposes && isPossible('withdraw', a.state),
    print: a.issuedAt !== null,
  };
  return (Object.keys(may) as (keyof typeof may)[]).filter((act) => may[act]);
}
