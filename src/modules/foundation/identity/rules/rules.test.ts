import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from './address.ts';
import { readCitizenClaims } from './citizen-claims.ts';
import { countFailure, DEFAULT_LOCKOUT, decideAttempt, NO_ATTEMPTS, takeBackFailure } from './lockout.ts';
import { isLogin, normaliseLogin } from './login.ts';
import { checkNewPassword } from './password-policy.ts';
import { safeReturnTo } from './return-to.ts';
import { judgeSession } from './session-life.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 22, 1, minute));

describe('login', () => {
  it('is one login in whatever case and with blanks around it', () => {
    expect(normaliseLogin('  Motcua.HiepDuc ')).toBe('motcua.hiepduc');
  });
  it.each(['motcua.hiepduc', 'a-b', 'nv_01@xa'])('accepts %s', (login) => expect(isLogin(login)).toBe(true));
  it.each(['ab', '.abc', 'Motcua', 'một.cửa', 'a b c', 'x'.repeat(65)])('refuses %s', (login) => {
    expect(isLogin(login)).toBe(false);
  });
});

describe('address of an attempt', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['2001:db8:1:2:3::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2:ffff:1:1:1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key));
});

describe('lock-out', () => {
  const fail = (state = NO_ATTEMPTS, minute = 0) =>
    countFailure(state, at(minute), DEFAULT_LOCKOUT.pairFailures, DEFAULT_LOCKOUT.windowMinutes);
  const five = fail(fail(fail(fail(fail()))));

  it('bears four failures and locks at the fifth', () => {
    const four = fail(fail(fail(fail())));
    expect(decideAttempt(four, at(0))).toEqual({ ok: true });
    expect(decideAttempt(five, at(0))).toEqual({ ok: false, minutes: 15 });
  });
  it('is free again at the fifteenth minute', () => {
    expect(decideAttempt(five, at(14))).toEqual({ ok: false, minutes: 1 });
    expect(decideAttempt(five, at(15))).toEqual({ ok: true });
  });
  it('begins at one again after a quiet quarter of an hour', () => {
    expect(fail(five, 15).failures).toBe(1);
  });
  it('keeps earlier failures when an attempt is taken back', () => {
    expect(takeBackFailure(five)).toEqual({ failures: 4, lastFailedAt: at(0), lockedUntil: null });
  });
});

describe('new password', () => {
  it.each(['trâu vàng uống nước', 'bốn con mèo béo', 'k7#mZ!pQ2x', 'sông Thu Bồn 1987'])('accepts %s', (password) => {
    expect(checkNewPassword(password, 'motcua.hiepduc')).toEqual({ ok: true });
  });
  it.each([
    ['ngắn quá', 'too-short'],
    ['Matkhau@123', 'too-common'],
    ['mật khẩu 2026', 'too-common'],
    ['Motcua@2026', 'too-common'],
    ['1234567890', 'too-common'],
    ['9876543210', 'too-common'],
    ['aaaaaaaaaaaa', 'too-common'],
    ['1212121212', 'too-common'],
    ['abcdefghijklm', 'too-common'],
    ['Nguoi.Giu.Cua1', 'like-login'],
    ['x'.repeat(3) + 'yz'.repeat(100), 'too-long'],
  ])('refuses %s: %s', (password, problem) => {
    expect(checkNewPassword(password, 'nguoi.giu.cua')).toEqual({ ok: false, problem });
  });
  it('refuses the present password, however its marks are typed', () => {
    const password = 'sông Thu Bồn 1987';
    const check = checkNewPassword(password.normalize('NFD'), 'abc', password.normalize('NFC'));
    expect(check).toEqual({ ok: false, problem: 'unchanged' });
  });
});

describe('session', () => {
  const life = { idleMinutes: 10, absoluteMinutes: 30 };
  const times = { lastSeenAt: at(0), expiresAt: at(30) };
  it('lives while it is used', () => expect(judgeSession(times, life, at(9))).toBe('alive'));
  it('ends when idle', () => expect(judgeSession(times, life, at(10))).toBe('idle'));
  it('ends in any case', () => {
    expect(judgeSession({ ...times, lastSeenAt: at(29) }, life, at(30))).toBe('expired');
  });
});

describe('place to return to', () => {
  it.each(['/', '/ho-so/1?tab=2', '/tim?q=%C4%91#a'])('%s is local', (path) => expect(safeReturnTo(path)).toBe(path));
  it.each([
    '//evil.vn',
    '/\\evil.vn',
    'https://evil.vn',
    'javascript:alert(1)',
    '/\t/evil.vn',
    '/a/..//evil.vn',
    '/dang-nhap/oidc',
    '/dang-xuat',
    'ho-so',
    '',
    undefined,
    ['/a'],
  ])('%s is not', (path) => expect(safeReturnTo(path)).toBe('/'));
  it('never leads elsewhere, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/${text}`),
        ),
        (wanted) => {
          const target = new URL(safeReturnTo(wanted), 'https://motcua.example');
          expect(target.origin).toBe('https://motcua.example');
          expect(safeReturnTo(wanted).startsWith('//')).toBe(false);
        },
      ),
    );
  });
});

describe('claims of a citizen', () => {
  it('are read from the national identity', () => {
    const claims = {
      LoaiTaiKhoan: '1',
      SoDinhDanh: '999084000011',
      HoVaTen: 'Trần Thị Mẫu',
      NgayThangNamSinh: '12/03/1984',
      loAs: 'LoA2',
    };
    expect(readCitizenClaims(claims)).toEqual({
      ok: true,
      profile: {
        accountType: 'person',
        fullName: 'Trần Thị Mẫu',
        idNumber: '999084000011',
        birthDate: '1984-03-12',
        email: null,
        phone: null,
        assurance: 'loa2',
      },
    });
  });
  it.each([
    ['19840312', '1984-03-12'],
    ['1984-03-12', '1984-03-12'],
    ['1984', '1984'],
    ['31/02/1984', null],
    ['hôm qua', null],
  ])('birth date %s is %s', (written, birthDate) => {
    const read = readCitizenClaims({ name: 'A', birthdate: written });
    expect(read.ok && read.profile.birthDate).toBe(birthDate);
  });
  it('of an organisation bear its tax code', () => {
    const read = readCitizenClaims({ LoaiTaiKhoan: 2, HoVaTen: 'HTX Mẫu', MaSoThue: '9990000033', acr: 'urn:x:loa1' });
    expect(read.ok && [read.profile.accountType, read.profile.idNumber, read.profile.assurance]).toEqual([
      'business',
      '9990000033',
      'loa1',
    ]);
  });
  it('without a name are refused', () => {
    expect(readCitizenClaims({ SoDinhDanh: '999084000011' })).toEqual({ ok: false, missing: 'name' });
  });
  it('in wrong forms are left out, never a crash', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('HoVaTen', 'loAs', 'NgayThangNamSinh', 'LoaiTaiKhoan'), fc.anything()),
        (claims) => {
          expect(typeof readCitizenClaims(claims).ok).toBe('boolean');
        },
      ),
    );
  });
});
