import type { Actor, CitizenActor, GuestActor, StaffActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { IdentityContext } from './context.ts';
import type { StaffGrants } from './ports.ts';
import { judgeSession, TOUCH_EVERY_MS } from './rules/session-life.ts';
import type { KnownSession } from './session-cache.ts';
import * as sessions from './session-store.ts';
import { makeStaffActor } from './staff-actor.ts';
import { newSessionToken, tokenHash } from './tokens.ts';

export type OpenedSession = { readonly token: string; readonly sessionId: string; readonly expiresAt: Date };

/** A session as its owner sees it. */
export type SessionView = {
  readonly id: string;
  readonly current: boolean;
  readonly assurance: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly userAgent: string;
};

export const guestActor = (address: string): GuestActor => ({ kind: 'guest', assurance: 'none', address });

/** Account of a signed-in person; anybody else is told to sign in. */
export function accountOf(actor: Actor): StaffActor | CitizenActor {
  if (actor.kind === 'staff' || actor.kind === 'citizen') return actor;
  throw new AppError('access/sign-in');
}

export type SessionService = ReturnType<typeof createSessionService>;

export function createSessionService(ctx: IdentityContext) {
  const { db, clock, cache } = ctx;

  async function load(hash: Buffer): Promise<KnownSession | undefined> {
    const row = await sessions.findLiveSession(db, hash);
    if (!row || row.disabled_at !== null || (row.demo && !ctx.demoAllowed)) return undefined;
    const now = clock.now();
    const life = row.kind === 'staff' ? ctx.sessions.staff : ctx.sessions.citizen;
    const verdict = judgeSession({ lastSeenAt: row.last_seen_at, expiresAt: row.expires_at }, life, now);
    if (verdict !== 'alive') {
      await sessions.endSessions(db, { id: row.id }, now, verdict);
      return undefined;
    }
    const grants = row.kind === 'staff' && row.staff_id !== null ? await ctx.loadGrants(row.staff_id, now) : undefined;
    const actor = actorOf(row, grants);
    if (!actor) return undefined;
    const touched = now.getTime() - row.last_seen_at.getTime() >= TOUCH_EVERY_MS;
    if (touched) await sessions.touchSession(db, row.id, now);
    return {
      sessionId: row.id,
      actor,
      lastSeenAt: touched ? now : row.last_seen_at,
      expiresAt: row.expires_at,
      ...(grants?.changesAt ? { changesAt: grants.changesAt } : {}),
    };
  }

  type LiveRow = NonNullable<Awaited<ReturnType<typeof sessions.findLiveSession>>>;
  function actorOf(row: LiveRow, grants: StaffGrants | undefined): StaffActor | CitizenActor | undefined {
    if (row.kind === 'staff') {
      const account = { id: row.account_id, mustChange: row.must_change, demo: row.demo };
      return grants && makeStaffActor(account, grants, row.assurance, '', ctx.twoFactorPermissions);
    }
    if (row.subject === null || row.full_name === null) return undefined;
    return {
      kind: 'citizen',
      accountId: row.account_id,
      subject: row.subject,
      fullName: row.full_name,
      idNumber: row.id_number,
      birthDate: row.birth_date,
      email: row.email,
      phone: row.phone,
      assurance: row.assurance,
      address: '',
    };
  }

  async function recordEnd(trx: Db, actor: Actor, ended: readonly { id: string }[], reason: string): Promise<void> {
    const occurredAt = clock.now();
    await recordAudit(
      trx,
      ended.map((session) => ({
        chainId: INSTALLATION_CHAIN,
        occurredAt,
        actor,
        action: 'identity.end-session',
        object: { type: 'session', id: session.id },
        payload: { reason },
      })),
    );
  }

  /** Ends sessions, records it, forgets them here at once; other processes notice within the cache's time. */
  async function end(actor: Actor, filter: sessions.SessionFilter, reason: sessions.EndReason): Promise<number> {
    const ended = await db.transaction().execute(async (trx) => {
      const rows = await sessions.endSessions(trx, filter, clock.now(), reason);
      await recordEnd(trx, actor, rows, reason);
      return rows;
    });
    cache.clear();
    return ended.length;
  }

  return {
    end,

    /** The actor behind a session cookie; a guest for a missing, wrong, ended or outlived one. */
    async authenticate(token: string | undefined, address: string): Promise<Actor> {
      const hash = tokenHash(token);
      if (!hash) return guestActor(address);
      const key = hash.toString('base64');
      let known = await cache.get(key, () => load(hash));
      // An absence begins or ends at its second, not up to three seconds later.
      if (known?.changesAt && clock.now() >= known.changesAt) {
        cache.drop(key);
        known = await cache.get(key, () => load(hash));
      }
      if (!known || clock.now().getTime() >= known.expiresAt.getTime()) return guestActor(address);
      return { ...known.actor, address };
    },

    /** Opens a session inside the transaction of the sign-in; `replaces` is the browser's previous one. */
    async open(
      trx: Db,
      account: { readonly id: string; readonly kind: 'staff' | 'citizen' },
      details: { assurance: string; address: string; userAgent: string; replaces?: string | undefined },
    ): Promise<OpenedSession> {
      const now = clock.now();
      const token = newSessionToken();
      const hash = tokenHash(token);
      if (!hash) throw new Error('a new token has no digest');
      const expiresAt = new Date(now.getTime() + ctx.sessions[account.kind].absoluteMinutes * 60_000);
      const replaced = tokenHash(details.replaces);
      if (replaced) await sessions.endSessions(trx, { tokenHash: replaced }, now, 'replaced');
      const sessionId = uuidv7(now);
      await sessions.insertSession(trx, {
        id: sessionId,
        token_hash: hash,
        account_id: account.id,
        assurance: details.assurance,
        created_at: now,
        expires_at: expiresAt,
        address: details.address,
        user_agent: details.userAgent.slice(0, 300),
      });
      return { token, sessionId, expiresAt };
    },

    /** The actor's own sessions that go on, the last used first. */
    async listSessions(actor: Actor, token: string | undefined): Promise<SessionView[]> {
      const own = accountOf(actor);
      const now = clock.now();
      const life = ctx.sessions[own.kind];
      const rows = await sessions.listLiveSessions(db, own.accountId, now);
      const current = tokenHash(token);
      return rows
        .filter(
          (row) => judgeSession({ lastSeenAt: row.last_seen_at, expiresAt: row.expires_at }, life, now) === 'alive',
        )
        .map((row) => ({
          id: row.id,
          current: current?.equals(row.token_hash) ?? false,
          assurance: row.assurance,
          createdAt: row.created_at,
          lastSeenAt: row.last_seen_at,
          expiresAt: row.expires_at,
          address: row.address,
          userAgent: row.user_agent,
        }));
    },

    /** Ends one of the actor's own sessions; anybody else's looks missing. */
    async endSession(actor: Actor, sessionId: string): Promise<void> {
      const ended = await end(actor, { id: sessionId, accountId: accountOf(actor).accountId }, 'ended');
      if (ended === 0) throw new AppError('row/missing');
    },

    /** Ends all of the actor's sessions but the one of the token; returns how many. */
    async endOtherSessions(actor: Actor, token: string | undefined): Promise<number> {
      return end(actor, { accountId: accountOf(actor).accountId, exceptTokenHash: tokenHash(token) }, 'ended');
    },

    /** Ends the session of the token; nothing happens for one that has ended or never was. */
    async signOut(actor: Actor, token: string | undefined): Promise<void> {
      const hash = tokenHash(token);
      if (hash) await end(actor, { tokenHash: hash }, 'sign-out');
    },
  };
}
