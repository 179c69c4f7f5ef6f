import { sql } from 'kysely';
import { generate } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { CLERK, createTestIdentity, OFFICER, SYSTEM } from './testing.ts';

const PASSWORD = 'bốn con mèo béo';
const HERE = '10.0.0.7';
const ELSEWHERE = '203.0.113.9';

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let number = 0;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => test.drop());

const code = (thrown: Promise<unknown>): Promise<string> =>
  thrown.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? 'no code',
  );

/** A service and one account of its own, so that the tests do not meet. */
async function start(overrides: Parameters<typeof createTestIdentity>[1] = {}) {
  await test.db.deleteFrom('identity.recovery_code').execute();
  await test.db.deleteFrom('identity.session').execute();
  await test.db.deleteFrom('identity.account').execute();
  await test.db.deleteFrom('identity.sign_in_attempt').execute();
  const identity = createTestIdentity(test.db, overrides);
  const login = `can.bo.${++number}`;
  const accountId = await identity.service.createAccountWithPassword(SYSTEM, {
    login,
    staffId: CLERK,
    password: PASSWORD,
  });
  const signIn = (password: string, address = HERE, code?: string) =>
    identity.service.signInStaff({ login, password, code }, address, 'Trình duyệt thử');
  return { ...identity, login, accountId, signIn };
}

describe('signing in', () => {
  let it1: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    it1 = await start();
  });

  it('gives an actor with the units of each permission', async () => {
    const { token } = await it1.signIn(PASSWORD);
    const actor = await it1.service.authenticate(token, '10.0.0.8');
    expect(actor).toMatchObject({ kind: 'staff', staffId: CLERK, assurance: 'password', address: '10.0.0.8' });
  });

  it('takes the login in any case and the password in any form of its marks', async () => {
    const credentials = { login: ` ${it1.login.toUpperCase()} `, password: PASSWORD.normalize('NFD') };
    expect((await it1.service.signInStaff(credentials, HERE, '')).actor.staffId).toBe(CLERK);
  });

  it('stores no password, no token and no typed login in clear', async () => {
    const { token } = await it1.signIn(PASSWORD);
    await code(it1.service.signInStaff({ login: 'mat-khau-go-nham', password: 'x' }, HERE, ''));
    const { rows } = await sql<{ text: string }>`select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as text from (
        select to_jsonb(a) from identity.account a union all select to_jsonb(s) from identity.session s
        union all select to_jsonb(x) from identity.sign_in_attempt x union all select to_jsonb(e) from audit.entry e
      ) t`.execute(test.db);
    const text = String(rows[0]?.text);
    expect(text).toContain(it1.login);
    for (const secret of [PASSWORD, token, 'mat-khau-go-nham']) expect(text).not.toContain(secret);
  });

  it('does the same work for an unknown login, a disabled account and a wrong password', async () => {
    const work = async (login: string): Promise<[string, number]> => {
      const before = it1.counts.verified;
      const error = await code(it1.service.signInStaff({ login, password: 'sai bét' }, HERE, ''));
      return [error, it1.counts.verified - before];
    };
    expect(await work('khong.co.ai')).toEqual(['sign-in/failed', 1]);
    expect(await work(it1.login)).toEqual(['sign-in/failed', 1]);
    await it1.service.disableAccount(SYSTEM, it1.accountId, 'nghỉ hưu');
    expect(await work(it1.login)).toEqual(['sign-in/failed', 1]);
    expect(await code(it1.signIn(PASSWORD))).toBe('sign-in/failed');
  });

  it('is refused with a clear word to somebody without a position', async () => {
    it1.grants.delete(CLERK);
    expect(await code(it1.signIn(PASSWORD))).toBe('sign-in/no-position');
  });

  it('is recorded, well or not', async () => {
    await code(it1.signIn('sai'));
    await it1.signIn(PASSWORD);
    const rows = await test.db
      .selectFrom('audit.entry')
      .select(['action', 'actor', 'address'])
      .orderBy('id', 'desc')
      .limit(2)
      .execute();
    expect(rows.map((row) => row.action).sort()).toEqual(['identity.fail-sign-in', 'identity.sign-in']);
    expect(rows.every((row) => row.address === HERE)).toBe(true);
  });

  it('twenty times at once with the right password works twenty times', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => it1.signIn(PASSWORD)));
    expect(new Set(all.map((session) => session.token)).size).toBe(20);
  });

  it('replaces the session the browser had', async () => {
    const first = await it1.signIn(PASSWORD);
    await it1.service.authenticate(first.token, HERE);
    await it1.service.signInStaff({ login: it1.login, password: PASSWORD }, HERE, '', first.token);
    expect((await it1.service.authenticate(first.token, HERE)).kind).toBe('guest');
  });
});

describe('lock-out', () => {
  it('after five failures refuses even the right password from there, and only from there', async () => {
    const { signIn } = await start();
    for (let i = 0; i < 5; i++) expect(await code(signIn('sai', ELSEWHERE))).toBe('sign-in/failed');
    expect(await code(signIn(PASSWORD, ELSEWHERE))).toBe('sign-in/locked');
    expect((await signIn(PASSWORD, HERE)).actor.kind).toBe('staff');
  });

  it('leaves other logins of that address alone', async () => {
    const { signIn, service } = await start();
    const other = { login: 'nguoi.khac', password: PASSWORD };
    await service.createAccountWithPassword(SYSTEM, { ...other, staffId: OFFICER });
    for (let i = 0; i < 6; i++) await code(signIn('sai'));
    expect((await service.signInStaff(other, HERE, '')).actor.staffId).toBe(OFFICER);
  });

  it('looks the same for a login nobody has', async () => {
    const { service } = await start();
    const attempt = () => code(service.signInStaff({ login: 'khong.co', password: 'sai' }, HERE, ''));
    for (let i = 0; i < 5; i++) expect(await attempt()).toBe('sign-in/failed');
    expect(await attempt()).toBe('sign-in/locked');
  });

  it('ends after fifteen minutes, and a right password wipes the count', async () => {
    const { signIn, advance } = await start();
    for (let i = 0; i < 5; i++) await code(signIn('sai'));
    advance(15);
    await signIn(PASSWORD);
    for (let i = 0; i < 4; i++) expect(await code(signIn('sai'))).toBe('sign-in/failed');
    await signIn(PASSWORD);
  });

  it('gives fifty guesses at once no more than five tries, over two processes', async () => {
    const one = await start();
    const two = createTestIdentity(test.db);
    const guess = (i: number) =>
      code((i % 2 ? one.service : two.service).signInStaff({ login: one.login, password: `đoán ${i}` }, ELSEWHERE, ''));
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => guess(i)));
    expect(results.filter((result) => result === 'sign-in/failed')).toHaveLength(5);
    expect(results.filter((result) => result === 'sign-in/locked')).toHaveLength(45);
    expect(one.counts.verified + two.counts.verified).toBe(5);
  });

  it('counts an address over all logins, and the rest of its IPv6 network with it', async () => {
    const { service, signIn } = await start({ lockout: { pairFailures: 5, addressFailures: 10, windowMinutes: 15 } });
    for (let i = 0; i < 10; i++) {
      await code(service.signInStaff({ login: `thu.${i}`, password: 'sai' }, `2001:db8:1:2::${i + 1}`, ''));
    }
    expect(await code(signIn(PASSWORD, '2001:db8:1:2:9::9'))).toBe('sign-in/locked');
    expect((await signIn(PASSWORD, '2001:db8:1:3::1')).actor.kind).toBe('staff');
  });
});

describe('two factors', () => {
  /** The code of an instant, as the telephone shows it. */
  const shown = (secret: string, at: Date) => generate({ secret, epoch: Math.floor(at.getTime() / 1000) });

  async function enrolled() {
    const identity = await start();
    const session = await identity.signIn(PASSWORD);
    const begun = await identity.service.startTotp(session.actor, PASSWORD);
    const first = await shown(begun.secret, identity.clock.now());
    const { recoveryCodes } = await identity.service.confirmTotp(session.actor, session.token, first);
    return { ...identity, session, ...begun, first, recoveryCodes };
  }

  it('are enrolled by a QR code and a first code, and the session counts as two-factor at once', async () => {
    const { service, session, uri, qrSvg, recoveryCodes, login } = await enrolled();
    expect(uri).toContain('otpauth://totp/');
    expect(decodeURIComponent(uri)).toContain(login);
    expect(qrSvg).toMatch(/^<svg /);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await service.authenticate(session.token, HERE)).toMatchObject({ assurance: 'password+totp' });
  });

  it('need the password to begin and the right first code to confirm', async () => {
    const { service, signIn } = await start();
    const { actor, token } = await signIn(PASSWORD);
    expect(await code(service.confirmTotp(actor, token, '123456'))).toBe('totp/not-started');
    expect(await code(service.startTotp(actor, 'sai'))).toBe('password/wrong');
    await service.startTotp(actor, PASSWORD);
    expect(await code(service.confirmTotp(actor, token, '12345x'))).toBe('totp/wrong-code');
    expect((await signIn(PASSWORD)).actor.assurance).toBe('password');
  });

  it('ask for the code, and record it as the level of assurance', async () => {
    const { signIn, secret, clock, advance } = await enrolled();
    advance(1);
    expect(await code(signIn(PASSWORD))).toBe('sign-in/code-needed');
    const session = await signIn(PASSWORD, HERE, await shown(secret, clock.now()));
    expect(session.actor.assurance).toBe('password+totp');
  });

  it('take a code once: not again, not twice at the same moment, not the one of the enrolment', async () => {
    const { signIn, secret, clock, first, advance } = await enrolled();
    expect(await code(signIn(PASSWORD, HERE, first))).toBe('sign-in/failed');
    advance(1);
    const now = await shown(secret, clock.now());
    const both = await Promise.all([code(signIn(PASSWORD, HERE, now)), code(signIn(PASSWORD, ELSEWHERE, now))]);
    expect(both.sort()).toEqual(['no error', 'sign-in/failed']);
    expect(await code(signIn(PASSWORD, HERE, now))).toBe('sign-in/failed');
  });

  it('bear a clock that is half a minute wrong, not two minutes', async () => {
    const { signIn, secret, clock, advance } = await enrolled();
    advance(10);
    const offset = (seconds: number) => shown(secret, new Date(clock.now().getTime() + seconds * 1000));
    expect(await code(signIn(PASSWORD, HERE, await offset(-120)))).toBe('sign-in/failed');
    expect(await code(signIn(PASSWORD, HERE, await offset(-30)))).toBe('no error');
  });

  it('do not let a known password wipe failed codes', async () => {
    const { signIn } = await enrolled();
    for (let i = 0; i < 5; i++) {
      expect(await code(signIn(PASSWORD, ELSEWHERE, '000000'))).toBe('sign-in/failed');
      if (i < 4) expect(await code(signIn(PASSWORD, ELSEWHERE))).toBe('sign-in/code-needed');
    }
    expect(await code(signIn(PASSWORD, ELSEWHERE))).toBe('sign-in/locked');
  });

  it('can be replaced by a recovery code, each once', async () => {
    const { signIn, recoveryCodes, service, session } = await enrolled();
    const [one = '', two = ''] = recoveryCodes;
    expect((await signIn(PASSWORD, HERE, one.toUpperCase().replace('-', ' '))).actor.assurance).toBe('password+totp');
    expect(await code(signIn(PASSWORD, HERE, one))).toBe('sign-in/failed');
    expect(await code(signIn(PASSWORD, HERE, two))).toBe('no error');
    expect((await service.totpState(session.actor)).recoveryCodesLeft).toBe(8);
  });

  it('are taken away by their owner with the password, or by an administrator', async () => {
    const one = await enrolled();
    await one.service.disableTotp(one.session.actor, one.session.token, PASSWORD);
    expect((await one.signIn(PASSWORD)).actor.assurance).toBe('password');
    const two = await enrolled();
    await two.service.resetTotp(SYSTEM, two.accountId);
    expect((await two.signIn(PASSWORD)).actor.assurance).toBe('password');
    expect(await code(two.signIn(PASSWORD, HERE, two.recoveryCodes[0]))).toBe('no error');
  });
});
