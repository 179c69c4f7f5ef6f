import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, dayOf, isDay, toIso } from '../../../core/time/index.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { dossierScope } from '../dossiers/index.ts';
import { signerCapacity } from '../slips/index.ts';
import { reasonsOn } from './content.ts';
import type { ApologyContext } from './context.ts';
import { findDuty } from './duty-store.ts';
import { exemptionsOf } from './exemption-store.ts';
import type { DossierFacts } from './ports.ts';
import { recordAct, SYSTEM } from './record.ts';
import { type ApologyAct, isPossible } from './rules/acts.ts';
import { checkProposal, type ProposalRefusal } from './rules/proposal.ts';
import {
  type Apology,
  apologiesOf,
  findApology,
  insertApology,
  lockOpenOf,
  type NewApology,
  type SignerRow,
  saveApology,
} from './store.ts';

export const PROPOSE = 'apology.propose';
export const APPROVE = 'apology.approve';

export type Proposal = {
  readonly dossierId: string;
  readonly reasonCode: string;
  readonly reason: string;
  readonly newDueDay: Day | null;
  /** Version of the draft or returned proposal that was seen; left out for a first one. */
  readonly version?: number | undefined;
};

const refused = (why: ProposalRefusal): AppError =>
  new AppError('apology/refused', { params: { reason: words(`server.apology.refused-${why}`) } });
export const stale = (apology: Pick<Apology, 'version' | 'state'>): AppError =>
  new AppError('row/stale', { extra: { currentVersion: apology.version, currentState: apology.state } });

/** @throws row/stale for another version than seen, apology/illegal-act where the state does not allow it. */
export function checkAct(apology: Apology, version: number, act: ApologyAct): void {
  if (apology.version !== version) throw stale(apology);
  if (!isPossible(act, apology.state))
    throw new AppError('apology/illegal-act', { params: { state: words(`server.apology.state-${apology.state}`) } });
}

/** Units for which somebody may propose about a dossier: who holds or held it, the desk's head, the deciding authority. */
export function proposingUnit(actor: Actor, facts: DossierFacts): string | undefined {
  const units = [facts.holderUnitId, ...facts.heldByUnitIds, facts.receivedByUnitId, facts.decidedByUnitId];
  return units.find((unit): unit is string => unit !== null && holds(actor, PROPOSE, unit));
}

/** @throws row/missing for a dossier the actor may not see. */
export async function getFacts(ctx: ApologyContext, db: Db, actor: Actor, dossierId: string): Promise<DossierFacts> {
  const facts = (await ctx.ports.findDossiers(db, dossierScope(actor), [dossierId])).get(dossierId);
  if (!facts) throw new AppError('row/missing');
  return facts;
}

/**
 * Proposes a re-appointment or an apology; a draft or a returned proposal of the dossier is the one continued.
 * @throws row/missing, access/forbidden, apology/open, apology/refused, row/stale, request/invalid.
 */
export async function propose(ctx: ApologyContext, actor: Actor, proposal: Proposal): Promise<Apology> {
  const now = ctx.clock.now();
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      const facts = await getFacts(ctx, trx, actor, proposal.dossierId);
      const unitId = proposingUnit(actor, facts);
      if (unitId === undefined) throw new AppError('access/forbidden');
      checkWords(proposal, dayOf(now));
      const checked = await check(ctx, facts, proposal.newDueDay, now);
      if (!checked.ok) throw refused(checked.why);
      await checkStillOwed(trx, facts);
      const [open] = await lockOpenOf(trx, [facts.id]);
      if (open && !isPossible('propose', open.state)) throw new AppError('apology/open');
      if (open && proposal.version !== open.version) throw stale(open);
      const { kind, newDueAt, lateNotice } = checked;
      const change = {
        kind,
        newDueAt,
        lateNotice,
        state: 'proposed',
        unitId,
        dueBefore: facts.dueCurrent ?? now,
        reasonCode: proposal.reasonCode,
        reason: proposal.reason.trim(),
        proposedBy: actorRef(actor),
        proposedAt: now,
        returnReason: null,
      } as const;
      const id = open?.id ?? uuidv7(now);
      if (!open) await insertApology(trx, { ...blank(facts, id, now), ...change });
      else if (!(await saveApology(trx, id, open.version, change))) throw stale(open);
      const saved = await getApology(trx, id);
      await recordAct(trx, actor, saved, {
        action: 'propose',
        event: 'proposed',
        at: now,
        payload: { kind, newDueAt: newDueAt && toIso(newDueAt), lateNotice, reasonCode: proposal.reasonCode },
      });
      return saved;
    });
  } catch (error) {
    // Two proposals at once: the second meets the first one's row.
    if (isDuplicate(error, 'apology_open')) throw new AppError('apology/open');
    throw error;
  }
}

function checkWords(proposal: Proposal, today: Day): void {
  const fields = [
    ...(reasonsOn(today).some((reason) => reason.code === proposal.reasonCode)
      ? []
      : [{ path: 'reasonCode', code: 'choice', message: words('server.apology.choose-reason') }]),
    ...(proposal.reason.trim() === ''
      ? [{ path: 'reason', code: 'required', message: words('server.apology.enter-reason') }]
      : []),
    ...(proposal.newDueDay !== null && !isDay(proposal.newDueDay)
      ? [{ path: 'newDueDay', code: 'date', message: words('server.field.no-such-day') }]
      : []),
  ];
  if (fields.length > 0) throw new AppError('request/invalid', { fields });
}

async function check(ctx: ApologyContext, facts: DossierFacts, newDueDay: Day | null, now: Date) {
  const calendar = await ctx.ports.calendarFor(facts.receivedByUnitId, dayOf(now));
  const rule = ctx.ports.lateNoticeOn(dayOf(facts.receivedAt ?? now)).noticeBeforeDue;
  return checkProposal(facts, newDueDay, { now, calendar, rule });
}

/** An apology already issued, or an exemption approved, for the same broken promise: nothing is owed any more. */
async function checkStillOwed(trx: Db, facts: DossierFacts): Promise<void> {
  const duty = await findDuty(trx, facts.id);
  if (duty?.apologyId || duty?.exemptionId) throw refused('not-needed');
  if ((await exemptionsOf(trx, [facts.id])).some((one) => one.state === 'requested'))
    throw new AppError('apology/refused', {
      params: { reason: words('server.apology.exemption-waits') },
    });
}

function blank(facts: DossierFacts, id: string, now: Date): NewApology {
  const due = facts.dueCurrent ?? now;
  return {
    id,
    dossierId: facts.id,
    kind: 'reappointment',
    state: 'draft',
    dossierCode: facts.code,
    procedureCode: facts.procedureCode,
    procedureRevisionId: facts.procedureRevisionId,
    authorityUnitId: facts.decidedByUnitId,
    receivedByUnitId: facts.receivedByUnitId,
    unitId: facts.holderUnitId ?? facts.decidedByUnitId,
    numberUnitId: null,
    dueOriginal: facts.dueOriginal ?? due,
    dueBefore: due,
    newDueAt: null,
    reasonCode: null,
    reason: null,
    lateNotice: false,
    origin: 'person',
    createdAt: now,
    proposedBy: null,
    proposedAt: null,
    decidedBy: null,
    decidedAt: null,
    returnReason: null,
    formSet: null,
    number: null,
    signer: null,
    issuedBy: null,
    issuedAt: null,
    sentAt: null,
    withdrawnAt: null,
    withdrawnBy: null,
    withdrawReason: null,
    dossierEndedAt: facts.endedAt,
  };
}

/** A warning asked for an apology to be prepared: a draft for the unit that holds the dossier, once. */
export async function draftAfterWarning(
  ctx: ApologyContext,
  trx: Db,
  dossierId: string,
  holderUnitId: string | null,
): Promise<void> {
  const facts = (await ctx.ports.findDossiers(trx, dossierScope(SYSTEM), [dossierId])).get(dossierId);
  if (!facts || facts.endedAt !== null || facts.dueCurrent === null) return;
  const earlier = await apologiesOf(trx, dossierId);
  const due = facts.dueCurrent;
  const isDone = earlier.some((one) => one.state !== 'withdrawn' && (one.issuedAt === null || one.dueBefore >= due));
  if (isDone) return;
  const now = ctx.clock.now();
  const draft = blank(facts, uuidv7(now), now);
  const made: NewApology = { ...draft, unitId: holderUnitId ?? draft.unitId, origin: 'warning' };
  await insertApology(trx, made);
  await recordAct(trx, SYSTEM, made, { action: 'draft', event: 'drafted', at: now });
}

/** @throws row/missing */
export async function getApology(db: Db, id: string): Promise<Apology> {
  const apology = await findApology(db, id);
  if (!apology) throw new AppError('row/missing');
  return apology;
}

/** @throws row/missing where the actor sees neither it nor its dossier, access/forbidden without the permission there. */
async function getToDecide(ctx: ApologyContext, trx: Db, actor: Actor, id: string): Promise<Apology> {
  const apology = await getApology(trx, id);
  await getFacts(ctx, trx, actor, apology.dossierId);
  if (!holds(actor, APPROVE, apology.authorityUnitId)) throw new AppError('access/forbidden');
  return apology;
}

/**
 * The leader of the authority approves; where there is a new date the dossier's due date moves in the same
 * transaction. Of two at once one wins, the other gets row/stale.
 */
export async function approve(ctx: ApologyContext, actor: Actor, id: string, version: number): Promise<Apology> {
  const now = ctx.clock.now();
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      const apology = await getToDecide(ctx, trx, actor, id);
      checkAct(apology, version, 'approve');
      // A new day that has become impossible since (passed, paused, ended) is told before anything is written.
      const facts = await getFacts(ctx, trx, actor, apology.dossierId);
      const checked = await check(ctx, facts, apology.newDueAt && dayOf(apology.newDueAt), now);
      if (!checked.ok) {
        // What stands in the way may be the same apology, approved by another head since it was read.
        const present = await getApology(trx, id);
        throw present.version === version ? refused(checked.why) : stale(present);
      }
      const signer = await signerOf(ctx, actor, apology.authorityUnitId, dayOf(now));
      const saved = await saveApology(trx, id, version, {
        state: 'approved',
        kind: checked.kind,
        dueBefore: facts.dueCurrent ?? apology.dueBefore,
        decidedBy: actorRef(actor),
        decidedAt: now,
        signer,
        numberUnitId: await ctx.ports.numberUnitOf(apology.authorityUnitId, dayOf(now)),
      });
      if (!saved) throw stale(await getApology(trx, id));
      if (apology.newDueAt !== null)
        await ctx.ports.reappoint(
          actor,
          {
            dossierId: apology.dossierId,
            newDueAt: apology.newDueAt,
            reason: apology.reason ?? '',
            apologyId: apology.id,
          },
          trx,
        );
      await recordAct(trx, actor, apology, {
        action: 'approve',
        event: 'approved',
        at: now,
        payload: { newDueAt: apology.newDueAt && toIso(apology.newDueAt) },
      });
      return getApology(trx, id);
    });
  } catch (error) {
    if (isDuplicate(error, 'apology_one_reappointment')) throw refused('second-reappointment');
    throw error;
  }
}

/** Who signs, as it stands on the paper: a deputy does not sign as the chairman. */
async function signerOf(ctx: ApologyContext, actor: Actor, authorityId: string, day: Day): Promise<SignerRow> {
  const staffId = actor.kind === 'staff' ? actor.staffId : '';
  const [names, authority] = await Promise.all([ctx.ports.staffNames([staffId]), ctx.ports.findUnit(authorityId, day)]);
  const person = names.get(staffId);
  return {
    onBehalfOf: `TM. ${authority?.name ?? ''}`.toLocaleUpperCase('vi'),
    capacity: signerCapacity(person?.title),
    name: person?.name ?? '',
  };
}

/** Sends a proposal back to who made it, with the reason. */
export async function returnProposal(
  ctx: ApologyContext,
  actor: Actor,
  id: string,
  version: number,
  reason: string,
): Promise<Apology> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const apology = await getToDecide(ctx, trx, actor, id);
    checkAct(apology, version, 'return');
    const change = { state: 'returned', decidedBy: actorRef(actor), decidedAt: now, returnReason: reason } as const;
    if (!(await saveApology(trx, id, version, change))) throw stale(await getApology(trx, id));
    await recordAct(trx, actor, apology, { action: 'return', event: 'returned', at: now, payload: { reason } });
    return getApology(trx, id);
  });
}

/** Takes a proposal back that nobody has decided. A late dossier stays on the duty list all the same. */
export async function withdraw(
  ctx: ApologyContext,
  actor: Actor,
  id: string,
  version: number,
  reason: string,
): Promise<Apology> {
  return ctx.db.transaction().execute(async (trx) => {
    const apology = await getApology(trx, id);
    const facts = await getFacts(ctx, trx, actor, apology.dossierId);
    if (!holds(actor, PROPOSE, apology.unitId) && proposingUnit(actor, facts) === undefined)
      throw new AppError('access/forbidden');
    checkAct(apology, version, 'withdraw');
    await writeWithdrawal(ctx, trx, actor, apology, reason);
    return getApology(trx, id);
  });
}

/** @throws row/stale */
export async function writeWithdrawal(
  ctx: ApologyContext,
  trx: Db,
  actor: Actor,
  apology: Apology,
  reason: string,
): Promise<void> {
  const now = ctx.clock.now();
  const change = {
    state: 'withdrawn',
    withdrawnAt: now,
    withdrawnBy: actorRef(actor),
    withdrawReason: reason,
  } as const;
  if (!(await saveApology(trx, apology.id, apology.version, change))) throw stale(apology);
  await recordAct(trx, actor, apology, { action: 'withdraw', event: 'withdrawn', at: now, payload: { reason } });
}
