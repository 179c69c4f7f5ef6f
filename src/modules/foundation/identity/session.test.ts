import { generate } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { CLERK, createTestIdentity, MANAGER, OFFICER, ROOT, SYSTEM, UNIT_A, UNIT_B } from './testing.ts';

const PASSWORD = 'bốn con mèo béo';
const HERE = '10.0.0.7';

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let identity: ReturnType<typeof createTestIdentity>;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => test.drop());
beforeEach(async () => {
  for (const table of ['recovery_code', 'session', 'account', 'sign_in_attempt'] as const) {
    await test.db.deleteFrom(`identity.${table}`).execute();
  }
  identity = createTestIdentity(test.db);
});

const code = (thrown: Promise<unknown>): Promise<string> =>
  thrown.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? 'no code',
  );
const account = (login: string, staffId: string) =>
  identity.service.createAccountWithPassword(SYSTEM, { login, staffId, password: PASSWORD });
const signIn = (login: string, password = PASSWORD, service = identity.service) =>
  service.signInStaff({ login, password }, HERE, 'Trình duyệt thử');
async function actorOf(login: string, staffId: string): Promise<StaffActor> {
  await account(login, staffId);
  return (await signIn(login)).actor;
}

describe('a session', () => {
  beforeEach(async () => {
    await account('can.bo', CLERK);
  });

  it('costs no query while it was looked up a moment ago', async () => {
    const { token } = await signIn('can.bo');
    identity.counts.loaded = 0;
    for (let i = 0; i < 50; i++) expect((await identity.service.authenticate(token, HERE)).kind).toBe('staff');
    identity.age.ms += 2999;
    await identity.service.authenticate(token, HERE);
    expect(identity.counts.loaded).toBe(1);
    identity.age.ms += 1;
    await identity.service.authenticate(token, HERE);
    expect(identity.counts.loaded).toBe(2);
  });

  it('is looked up once for a hundred requests at the same moment', async () => {
    const { token } = await signIn('can.bo');
    identity.counts.loaded = 0;
    await Promise.all(Array.from({ length: 100 }, () => identity.service.authenticate(token, HERE)));
    expect(identity.counts.loaded).toBe(1);
  });

  it('ended here is gone at once; ended in another process, within three seconds', async () => {
    const other = createTestIdentity(test.db);
    const { token, actor } = await signIn('can.bo');
    expect((await other.service.authenticate(token, HERE)).kind).toBe('staff');
    expect((await identity.service.authenticate(token, HERE)).kind).toBe('staff');
    await identity.service.signOut(actor, token);
    expect((await identity.service.authenticate(token, HERE)).kind).toBe('guest');
    other.age.ms += 3000;
    expect((await other.service.authenticate(token, HERE)).kind).toBe('guest');
  });

  it('shows a role taken away within three seconds', async () => {
    const { token } = await signIn('can.bo');
    const before = await identity.service.authenticate(token, HERE);
    expect(before.kind === 'staff' && before.roles).toEqual(['receiver']);
    const grants = identity.grants.get(CLERK);
    if (grants) identity.grants.set(CLERK, { ...grants, roles: [], unitsByPermission: new Map() });
    identity.age.ms += 3000;
    const after = await identity.service.authenticate(token, HERE);
    expect(after.kind === 'staff' && after.roles).toEqual([]);
  });

  it('ends after eight idle hours, and after a day in any case', async () => {
    const one = await signIn('can.bo');
    identity.advance(8 * 60);
    identity.age.ms += 3000;
    expect((await identity.service.authenticate(one.token, HERE)).kind).toBe('guest');
    const two = await signIn('can.bo');
    for (let hour = 1; hour < 24; hour++) {
      identity.advance(60);
      identity.age.ms += 3000;
      expect((await identity.service.authenticate(two.token, HERE)).kind).toBe('staff');
    }
    identity.advance(60);
    expect((await identity.service.authenticate(two.token, HERE)).kind).toBe('guest');
    const rows = await test.db.selectFrom('identity.session').select(['end_reason']).execute();
    expect(rows.map((row) => row.end_reason)).toContain('idle');
  });

  it('writes down that it was used at most once a minute', async () => {
    const { token, sessionId } = await signIn('can.bo');
    const seen = async () => {
      identity.age.ms += 3000;
      await identity.service.authenticate(token, HERE);
      const row = await test.db
        .selectFrom('identity.session')
        .select('last_seen_at')
        .where('id', '=', sessionId)
        .executeTakeFirst();
      return row?.last_seen_at.toISOString();
    };
    const first = await seen();
    identity.advance(0.9);
    expect(await seen()).toBe(first);
    identity.advance(0.1);
    expect(await seen()).toBe(identity.clock.now().toISOString());
  });

  it.each(['', 'x', 'A'.repeat(43), "' or 1=1 --", 'Ấ'.repeat(43)])('with the cookie %j is a guest', async (token) => {
    expect(await identity.service.authenticate(token, HERE)).toEqual({
      kind: 'guest',
      assurance: 'none',
      address: HERE,
    });
  });

  it('is listed for its owner and can be ended alone, nobody else’s can', async () => {
    const one = await signIn('can.bo');
    const two = await signIn('can.bo');
    const stranger = await actorOf('chuyen.vien', OFFICER);
    const list = await identity.service.listSessions(one.actor, one.token);
    expect(list.map((row) => [row.id, row.current]).sort()).toEqual(
      [
        [one.sessionId, true],
        [two.sessionId, false],
      ].sort(),
    );
    expect(await code(identity.service.endSession(stranger, two.sessionId))).toBe('row/missing');
    await identity.service.endSession(one.actor, two.sessionId);
    expect((await identity.service.authenticate(two.token, HERE)).kind).toBe('guest');
    expect(await code(identity.service.endSession(one.actor, two.sessionId))).toBe('row/missing');
  });

  it('can end all its brothers', async () => {
    const own = await signIn('can.bo');
    await signIn('can.bo');
    await signIn('can.bo');
    expect(await identity.service.endOtherSessions(own.actor, own.token)).toBe(2);
    expect((await identity.service.authenticate(own.token, HERE)).kind).toBe('staff');
  });

  it('is deleted long after its end', async () => {
    await signIn('can.bo');
    identity.advance(100 * 24 * 60);
    await identity.service.removeOutlived();
    expect(await test.db.selectFrom('identity.session').selectAll().execute()).toEqual([]);
  });
});

describe('passwords', () => {
  it('are changed with the present one; the other sessions end', async () => {
    await account('can.bo', CLERK);
    const own = await signIn('can.bo');
    const other = await signIn('can.bo');
    const change = (current: string, next: string) =>
      identity.service.changePassword(own.actor, own.token, { current, next });
    expect(await code(change('sai', 'sông Thu Bồn 1987'))).toBe('password/wrong');
    expect(await code(change(PASSWORD, 'Matkhau@123'))).toBe('password/refused');
    await change(PASSWORD, 'sông Thu Bồn 1987');
    expect((await identity.service.authenticate(own.token, HERE)).kind).toBe('staff');
    expect((await identity.service.authenticate(other.token, HERE)).kind).toBe('guest');
    expect(await code(signIn('can.bo'))).toBe('sign-in/failed');
    await signIn('can.bo', 'sông Thu Bồn 1987');
  });

  it('cannot be guessed from an open session: the same five tries', async () => {
    await account('can.bo', CLERK);
    const own = await signIn('can.bo');
    const guess = () =>
      code(identity.service.changePassword(own.actor, own.token, { current: 'đoán', next: 'sông Thu Bồn 1987' }));
    for (let i = 0; i < 5; i++) expect(await guess()).toBe('password/wrong');
    expect(await guess()).toBe('sign-in/locked');
  });
});

describe('accounts', () => {
  it('begin with a one-time password that opens nothing but its own change, for three days', async () => {
    const manager = await actorOf('quan.ly', MANAGER);
    const { oneTimePassword } = await identity.service.createAccount(manager, { login: 'can.bo', staffId: CLERK });
    const session = await signIn('can.bo', oneTimePassword);
    expect(session.mustChangePassword).toBe(true);
    expect(session.actor).toMatchObject({ unitIds: [], roles: [], unitsByPermission: new Map() });
    const change = { current: oneTimePassword, next: 'sông Thu Bồn 1987' };
    await identity.service.changePassword(session.actor, session.token, change);
    const actor = await identity.service.authenticate(session.token, HERE);
    expect(actor.kind === 'staff' && actor.unitsByPermission.get('dossier.receive')?.has(UNIT_A)).toBe(true);
  });

  it('with a permission that asks for two factors can do nothing but enrol, and cannot go back', async () => {
    const strict = createTestIdentity(test.db, { twoFactorPermissions: new Set(['system.administer']) });
    await account('quan.tri', ROOT);
    const first = await strict.service.signInStaff({ login: 'quan.tri', password: PASSWORD }, HERE, 'test');
    expect(first.actor).toMatchObject({ heldBack: 'second-factor', roles: [], unitsByPermission: new Map() });
    const { secret } = await strict.service.startTotp(first.actor, PASSWORD);
    await strict.service.confirmTotp(
      first.actor,
      first.token,
      await generate({ secret, epoch: Math.floor(strict.clock.now().getTime() / 1000) }),
    );
    const actor = await strict.service.authenticate(first.token, HERE);
    expect(actor).toMatchObject({ assurance: 'password+totp', roles: ['administrator'] });
    expect(actor).not.toHaveProperty('heldBack');
    expect(await code(strict.service.disableTotp(actor, first.token, PASSWORD))).toBe('totp/required');
  });

  it('of people without such a permission, and of the demo, sign in with a password alone', async () => {
    const strict = createTestIdentity(test.db, { twoFactorPermissions: new Set(['system.administer']) });
    await account('can.bo', CLERK);
    const clerk = await strict.service.signInStaff({ login: 'can.bo', password: PASSWORD }, HERE, 'test');
    expect(clerk.actor).not.toHaveProperty('heldBack');
    await strict.service.createDemoAccount(SYSTEM, { login: 'quan.tri', staffId: ROOT, password: PASSWORD });
    const root = await strict.service.signInStaff({ login: 'quan.tri', password: PASSWORD }, HERE, 'test');
    expect(root.actor.roles).toEqual(['administrator']);
  });

  it('with an outlived one-time password stay shut', async () => {
    const { oneTimePassword } = await identity.service.createAccount(SYSTEM, { login: 'can.bo', staffId: CLERK });
    identity.advance(72 * 60);
    expect(await code(signIn('can.bo', oneTimePassword))).toBe('sign-in/failed');
  });

  it('are unique by login and by person, also when made at once', async () => {
    const make = (login: string, staffId: string) => code(identity.service.createAccount(SYSTEM, { login, staffId }));
    const results = await Promise.all([make('can.bo', CLERK), make('Can.Bo', OFFICER), make('khac', CLERK)]);
    expect(results.filter((result) => result === 'no error').length).toBeGreaterThan(0);
    expect(results.filter((result) => result === 'account/duplicate').length).toBeGreaterThan(0);
    expect(await make('Cán Bộ', OFFICER)).toBe('account/login-invalid');
  });

  it('of other units look missing to a manager', async () => {
    const manager = await actorOf('quan.ly', MANAGER);
    const theirs = await account('chuyen.vien', OFFICER);
    const acts = [
      () => identity.service.resetPassword(manager, theirs),
      () => identity.service.disableAccount(manager, theirs, 'x'),
      () => identity.service.resetTotp(manager, theirs),
      () => identity.service.endAccountSessions(manager, theirs),
      () => identity.service.resetPassword(manager, '01900000-0000-7000-8000-0000000000ff'),
    ];
    for (const act of acts) expect(await code(act())).toBe('row/missing');
    const list = await identity.service.listAccounts(manager, {});
    expect(list.rows.map((row) => row.login)).toEqual(['quan.ly']);
  });

  it('of the administrator are no way up for a manager of the same unit', async () => {
    const manager = await actorOf('quan.ly', MANAGER);
    const root = await account('quan.tri', ROOT);
    expect(await code(identity.service.resetPassword(manager, root))).toBe('access/forbidden');
  });

  it('of somebody with a role at a unit of others are no way there; their sessions can be ended', async () => {
    const manager = await actorOf('quan.ly', MANAGER);
    const id = await account('can.bo', CLERK);
    const known = identity.grants.get(CLERK);
    if (known) {
      const elsewhere = new Map([...known.unitsByPermission, ['dossier.approve', new Set([UNIT_B])]]);
      identity.grants.set(CLERK, { ...known, unitsByPermission: elsewhere });
    }
    expect(await code(identity.service.resetPassword(manager, id))).toBe('account/roles-elsewhere');
    expect(await code(identity.service.resetTotp(manager, id))).toBe('account/roles-elsewhere');
    await identity.service.endAccountSessions(manager, id);
    const root = await actorOf('quan.tri', ROOT);
    await identity.service.resetPassword(root, id);
  });

  it('closed end their sessions, and open again work as before', async () => {
    const root = await actorOf('quan.tri', ROOT);
    const id = await account('can.bo', CLERK);
    const session = await signIn('can.bo');
    await identity.service.authenticate(session.token, HERE);
    await identity.service.disableAccount(root, id, 'nghỉ việc');
    expect((await identity.service.authenticate(session.token, HERE)).kind).toBe('guest');
    expect(await code(identity.service.disableAccount(root, root.accountId, 'x'))).toBe('access/forbidden');
    await identity.service.enableAccount(root, id);
    await signIn('can.bo');
  });

  it('are found by parts of login or name, with or without marks', async () => {
    const root = await actorOf('quan.tri', ROOT);
    await account('can.bo', CLERK);
    await account('chuyen.vien', OFFICER);
    const find = async (search: string) =>
      (await identity.service.listAccounts(root, { search })).rows.map((row) => row.login);
    expect(await find('chuyen vien mau')).toEqual(['chuyen.vien']);
    expect(await find('Cán bộ')).toEqual(['can.bo']);
    expect(await find('%')).toEqual([]);
    const paged = await identity.service.listAccounts(root, { page: 2, pageSize: 2 });
    expect([paged.total, paged.rows.length]).toEqual([3, 1]);
  });

  it('of the demo work only where the process listens on its own machine', async () => {
    await identity.service.createDemoAccount(SYSTEM, { login: 'motcua', staffId: CLERK, password: 'Motcua@2026' });
    const { token } = await signIn('motcua', 'Motcua@2026');
    const open = createTestIdentity(test.db, { demoAllowed: false });
    expect(await code(signIn('motcua', 'Motcua@2026', open.service))).toBe('sign-in/failed');
    expect((await open.service.authenticate(token, HERE)).kind).toBe('guest');
    expect((await identity.service.authenticate(token, HERE)).kind).toBe('staff');
  });

  it('follow their person to another unit at the next sign-in', async () => {
    await account('can.bo', CLERK);
    const grants = identity.grants.get(CLERK);
    if (grants) identity.grants.set(CLERK, { ...grants, homeUnitId: UNIT_B });
    await signIn('can.bo');
    const row = await test.db
      .selectFrom('identity.account')
      .select('unit_id')
      .where('login', '=', 'can.bo')
      .executeTakeFirst();
    expect(row?.unit_id).toBe(UNIT_B);
  });
});
