import type { Static } from 'typebox';
import type { Actor } from '../../../core/access/actor.ts';
import { toIso } from '../../../core/time/index.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import { clearSessionCookie, sessionToken, setSessionCookie, userAgentOf } from './cookies.ts';
import type { IdentityService } from './service.ts';
import type { AccountListRow } from './store.ts';

const DONE = { done: true } as const;
const isoOrNull = (at: Date | null): string | null => (at === null ? null : toIso(at));

async function describe(service: IdentityService, actor: Actor): Promise<Static<typeof contract.Me>> {
  if (actor.kind === 'citizen') return { kind: 'citizen', assurance: actor.assurance, displayName: actor.fullName };
  if (actor.kind !== 'staff') return { kind: 'guest', assurance: 'none' };
  const account = await service.findOwnAccount(actor);
  return {
    kind: 'staff',
    assurance: actor.assurance,
    displayName: actor.displayName,
    staffId: actor.staffId,
    homeUnitId: actor.homeUnitId,
    unitIds: [...actor.unitIds],
    roles: [...actor.roles],
    ...(actor.heldBack === undefined ? {} : { heldBack: actor.heldBack }),
    ...(actor.actingFor
      ? {
          actingFor: actor.actingFor.map(({ staffId, displayName, until }) => ({
            staffId,
            displayName,
            until: toIso(until),
          })),
        }
      : {}),
    permissions: Object.fromEntries([...actor.unitsByPermission].map(([name, units]) => [name, [...units]])),
    ...(account
      ? {
          login: account.login ?? '',
          positions: [...account.positions],
          mustChangePassword: account.mustChangePassword,
          totpEnabled: account.totpEnabled,
        }
      : {}),
  };
}

function accountRow(row: AccountListRow): Static<typeof contract.Account> {
  return {
    id: row.id,
    login: row.login ?? '',
    staffId: row.staff_id ?? '',
    displayName: row.display_name,
    unitId: row.unit_id,
    mustChangePassword: row.must_change,
    totpEnabledAt: isoOrNull(row.totp_confirmed_at),
    demo: row.demo,
    disabledAt: isoOrNull(row.disabled_at),
    disabledReason: row.disabled_reason,
    createdAt: toIso(row.created_at),
    lastSignInAt: isoOrNull(row.last_sign_in_at),
  };
}

/** @param options.secure the site is reached by https: cookies go over nothing else */
export function registerIdentityRoutes(
  app: HttpApp,
  service: IdentityService,
  options: { readonly secure: boolean },
): void {
  // Who is signed in, sessions and secrets are nobody's cache's business.
  const fresh = (reply: { header(name: string, value: string): unknown }): void => {
    reply.header('cache-control', 'no-store');
  };

  app.handle(contract.getMe, async ({ actor, reply }) => {
    fresh(reply);
    return describe(service, actor);
  });
  app.handle(contract.signIn, async ({ body, request, reply }) => {
    fresh(reply);
    const signedIn = await service.signInStaff(body, request.ip, userAgentOf(request), sessionToken(request));
    setSessionCookie(reply, signedIn.token, options.secure);
    return describe(service, signedIn.actor);
  });
  app.handle(contract.signOut, async ({ actor, request, reply }) => {
    await service.signOut(actor, sessionToken(request));
    clearSessionCookie(reply, options.secure);
    return DONE;
  });
  app.handle(contract.listSessions, async ({ actor, request, reply }) => {
    fresh(reply);
    const rows = (await service.listSessions(actor, sessionToken(request))).map((session) => ({
      ...session,
      createdAt: toIso(session.createdAt),
      lastSeenAt: toIso(session.lastSeenAt),
      expiresAt: toIso(session.expiresAt),
    }));
    return { rows, total: rows.length };
  });
  app.handle(contract.endSession, async ({ actor, params }) => {
    await service.endSession(actor, params.id);
    return DONE;
  });
  app.handle(contract.endOtherSessions, async ({ actor, request }) => ({
    ended: await service.endOtherSessions(actor, sessionToken(request)),
  }));
  app.handle(contract.changePassword, async ({ actor, body, request }) => {
    await service.changePassword(actor, sessionToken(request), body);
    return DONE;
  });
  app.handle(contract.getTotp, async ({ actor }) => {
    const state = await service.totpState(actor);
    return { enabledAt: isoOrNull(state.enabledAt), recoveryCodesLeft: state.recoveryCodesLeft };
  });
  app.handle(contract.startTotp, async ({ actor, body, reply }) => {
    fresh(reply);
    return service.startTotp(actor, body.password);
  });
  app.handle(contract.confirmTotp, async ({ actor, body, request, reply }) => {
    fresh(reply);
    return service.confirmTotp(actor, sessionToken(request), body.code);
  });
  app.handle(contract.disableTotp, async ({ actor, body, request }) => {
    await service.disableTotp(actor, sessionToken(request), body.password);
    return DONE;
  });
  registerAccountRoutes(app, service);
}

function registerAccountRoutes(app: HttpApp, service: IdentityService): void {
  app.handle(contract.searchAccounts, async ({ actor, body }) => {
    const { q, ...filter } = body;
    const { rows, total } = await service.listAccounts(actor, { ...filter, search: q });
    return { rows: rows.map(accountRow), total };
  });
  app.handle(contract.createAccount, async ({ actor, body, reply }) => {
    reply.header('cache-control', 'no-store');
    return service.createAccount(actor, body);
  });
  app.handle(contract.resetPassword, async ({ actor, params, reply }) => {
    reply.header('cache-control', 'no-store');
    return service.resetPassword(actor, params.id);
  });
  app.handle(contract.resetTotp, async ({ actor, params }) => {
    await service.resetTotp(actor, params.id);
    return DONE;
  });
  app.handle(contract.disableAccount, async ({ actor, params, body }) => {
    await service.disableAccount(actor, params.id, body.reason);
    return DONE;
  });
  app.handle(contract.enableAccount, async ({ actor, params }) => {
    await service.enableAccount(actor, params.id);
    return DONE;
  });
  app.handle(contract.endAccountSessions, async ({ actor, params }) => {
    await service.endAccountSessions(actor, params.id);
    return DONE;
  });
}
