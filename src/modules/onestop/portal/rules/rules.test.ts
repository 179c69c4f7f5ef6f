import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFormDefinition } from '../../../../core/forms/check.ts';
import { type DossierStatus, STATUSES } from '../../dossiers/rules/status.ts';
import { applicantForm, resultForm, type SubjectKind, subjectKinds } from './applicant-form.ts';
import { type ChannelRegime, decideFilingOffer } from './filing-offer.ts';
import { readCode, readFollow } from './follow-facts.ts';
import { DEFAULT_LIMITS, decideFollowTry, isGuessableFact, readLimits } from './limits.ts';
import { monthsBack } from './months.ts';
import { partiesOf, partiesOfOwner } from './parties.ts';
import { decideNext, toneOf, waitsForOwner } from './progress.ts';
import { safeReturnTo } from './return-to.ts';
import { formatSecret, normaliseSecret } from './secret-code.ts';
import { firstOpenStep, stepAfter, stepBefore, wizardSteps } from './wizard.ts';

describe('where filing leads', () => {
  const before: ChannelRegime = { onlineFiling: 'local-portal', trainingMode: true, guestFiling: true };
  const since: ChannelRegime = {
    onlineFiling: 'national-portal',
    nationalPortalUrl: 'https://dichvucong.gov.vn',
    trainingMode: true,
    guestFiling: true,
  };
  const online = { online: true, guestFiling: true };

  it('is here until 30/6/2025', () => {
    expect(decideFilingOffer(online, before, false)).toEqual({ kind: 'local', training: false, guest: true });
  });
  it('is the national portal since 1/7/2025', () => {
    expect(decideFilingOffer(online, since, false)).toEqual({ kind: 'national', url: 'https://dichvucong.gov.vn' });
  });
  it('is here in the marked training mode, where the regime lets it be', () => {
    expect(decideFilingOffer(online, since, true)).toEqual({ kind: 'local', training: true, guest: true });
    expect(decideFilingOffer(online, { ...since, trainingMode: false }, true).kind).toBe('national');
  });
  it('is the desk where the procedure is not online or the law is unknown', () => {
    expect(decideFilingOffer({ online: false, guestFiling: true }, before, false).kind).toBe('desk-only');
    expect(decideFilingOffer(online, undefined, true).kind).toBe('desk-only');
  });
  it('is for guests only where procedure and regime both allow it', () => {
    expect(decideFilingOffer({ online: true, guestFiling: false }, before, false)).toMatchObject({ guest: false });
    expect(decideFilingOffer(online, { ...before, guestFiling: false }, false)).toMatchObject({ guest: false });
  });
});

describe('a secret', () => {
  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.constantFrom(' ', '', '-', ' - '),
        (bytes, gap) => {
          fc.pre(bytes.filter((byte) => byte < 240).length >= 20);
          const secret = formatSecret(bytes);
          expect(secret).toMatch(/^([2-9A-Z]{4}-){4}[2-9A-Z]{4}$/);
          expect(normaliseSecret(secret.toLowerCase().replaceAll('-', gap))).toBe(secret);
        },
      ),
    );
  });
  it('is not anything else', () => {
    for (const typed of [undefined, 3, '', '7KQ2', 'OOOO-1111-IIII-LLLL-UUUU', 'x'.repeat(100)])
      expect(normaliseSecret(typed)).toBeUndefined();
  });
  it('needs enough random bytes', () => {
    expect(() => formatSecret(new Uint8Array(5))).toThrow(RangeError);
  });
});

describe('what is typed to follow a dossier', () => {
  it('is read with spaces, small letters and dots', () => {
    expect(readFollow(' h17.32.05-261122-0001 ', '12 34')).toEqual({
      ok: true,
      code: 'H17.32.05-261122-0001',
      digits: '1234',
    });
    expect(readFollow('000.00.33.H47-230831-0001', '1990')).toMatchObject({ ok: true, digits: '1990' });
  });
  it('tells which of the two is not usable', () => {
    expect(readFollow('', 'abc')).toEqual({ ok: false, problems: ['ma', 'doi-chieu'] });
    expect(readFollow('H17.32.05-261122-0001', '123')).toEqual({ ok: false, problems: ['doi-chieu'] });
  });
  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), fc.anything(), (code, fact) => void readFollow(code, fact)));
    fc.assert(fc.property(fc.string(), (code) => void readCode(code)));
  });
});

describe('what happens next', () => {
  const now = new Date('2026-11-22T02:00:00Z');
  const statuses = Object.keys(STATUSES) as DossierStatus[];

  it('is known for every status, and every status has a colour', () => {
    for (const status of statuses) expect([decideNext(status, null, now), toneOf(status)]).not.toContain(undefined);
  });
  it('is an apology where the due date has passed while an office decides', () => {
    expect(decideNext('processing', new Date('2026-11-21T00:00:00Z'), now)).toBe('office-late');
    expect(decideNext('processing', new Date('2026-11-23T00:00:00Z'), now)).toBe('office-decides');
    expect(decideNext('supplement', new Date('2026-11-21T00:00:00Z'), now)).toBe('you-supplement');
  });
  it('waits for the owner in three states', () => {
    expect(statuses.filter(waitsForOwner)).toEqual(['awaiting-completion', 'supplement', 'finance']);
  });
});

describe('months one can choose', () => {
  it('go back over the year and include both ends', () => {
    expect(monthsBack('2026-02', '2025-12')).toEqual(['2026-02', '2026-01', '2025-12']);
    expect(monthsBack('2026-02', '2026-05')).toEqual(['2026-02']);
    expect(monthsBack('2026-02', '1900-01').length).toBe(60);
  });
});

describe('the form of the applicant', () => {
  const all: SubjectKind[] = ['citizen', 'foreigner', 'overseas', 'organisation'];
  const variants = [[], ...all.map((kind) => [kind]), ['citizen', 'organisation'], all] as SubjectKind[][];

  it.each(
    variants.flatMap((kinds) =>
      [true, false].flatMap((signedIn) => [true, false].map((asksOwner) => ({ kinds, signedIn, asksOwner }))),
    ),
  )(
    'is a right form for $kinds, signed in $signedIn, asking for the owner $asksOwner',
    ({ kinds, signedIn, asksOwner }) => {
      expect(
        checkFormDefinition(applicantForm(kinds.length === 0 ? ['citizen'] : kinds, { signedIn, asksOwner })),
      ).toEqual([]);
    },
  );
  it('has a companion for the result that is right too', () => {
    expect(checkFormDefinition(resultForm)).toEqual([]);
  });
  it('knows the national subject types in both spellings', () => {
    expect(subjectKinds(['ĐT1', 'DT12'])).toEqual(['citizen', 'overseas']);
    expect(subjectKinds(['ĐT2', 'ĐT9', 'DT11'])).toEqual(['organisation']);
    expect(subjectKinds([])).toEqual(['citizen']);
  });
});

describe('the parties of a filing', () => {
  const known = { fullName: 'Trần Thị Mẫu', idNumber: '999000000012', birthDate: '1990-09-05' };
  const contact = {
    phone: '0900000001',
    email: 'a@example.vn',
    address: { text: 'Thôn An Tây', unitText: 'xã Hiệp Đức' },
  };

  it('are one person who files for herself, named by the identity provider and not by the form', () => {
    const parties = partiesOf({ ...contact, forWhom: 'self', citizen: { fullName: 'Người khác' } }, known, ['citizen']);
    expect(parties).toEqual([
      {
        role: 'owner',
        snapshot: {
          fullName: 'Trần Thị Mẫu',
          subjectType: 'citizen',
          idType: 'cccd',
          idNumber: '999000000012',
          birthDate: '1990-09-05',
          phone: '0900000001',
          email: 'a@example.vn',
          address: 'Thôn An Tây, xã Hiệp Đức',
        },
      },
    ]);
  });
  it('are two where somebody files for another, the owner first', () => {
    const parties = partiesOf(
      { ...contact, forWhom: 'other', owner: { fullName: 'Lê Văn Thử', idNumber: '999000000013' } },
      known,
      ['citizen'],
    );
    expect(parties.map((party) => [party.role, party.snapshot.fullName])).toEqual([
      ['owner', 'Lê Văn Thử'],
      ['submitter', 'Trần Thị Mẫu'],
    ]);
  });
  it('may be an organisation', () => {
    const [owner] = partiesOf(
      { ...contact, subject: 'organisation', organisationName: 'Hợp tác xã Mẫu', organisationCode: '4000000000' },
      undefined,
      ['citizen', 'organisation'],
    );
    expect(owner?.snapshot).toMatchObject({
      fullName: 'Hợp tác xã Mẫu',
      subjectType: 'organisation',
      idType: 'tax-code',
      idNumber: '4000000000',
    });
  });
  it('follow the person the procedure’s own form names', () => {
    const owner = { fullName: 'Lê Văn Thử', idType: 'cccd', idNumber: '999000000013', phone: '0900000009' };
    expect(
      partiesOfOwner(owner, contact, known).map((party) => [party.role, party.snapshot.fullName, party.snapshot.phone]),
    ).toEqual([
      ['owner', 'Lê Văn Thử', '0900000009'],
      ['submitter', 'Trần Thị Mẫu', '0900000001'],
    ]);
    expect(partiesOfOwner({ ...owner, idNumber: known.idNumber }, contact, known).length).toBe(1);
    expect(partiesOfOwner(owner, contact, undefined)).toMatchObject([
      { role: 'owner', snapshot: { fullName: 'Lê Văn Thử', phone: '0900000001' } },
    ]);
  });
});

describe('the pages of the wizard', () => {
  const section = (id: string) => ({ section: { id, title: id, fields: [] }, nodes: [] });
  const steps = wizardSteps(
    { applicant: [section('lienHe')], procedure: [section('a'), section('b')], result: [section('r')] },
    true,
  );

  it('come in the order of the work', () => {
    expect(steps.map((step) => step.id)).toEqual([
      'nguoi-nop.lienHe',
      'to-khai.a',
      'to-khai.b',
      'giay-to',
      'ket-qua.r',
      'kiem-tra',
    ]);
    expect(wizardSteps({ applicant: [], procedure: [], result: [] }, false).map((step) => step.id)).toEqual([
      'kiem-tra',
    ]);
  });
  it('lead on, back, and to the first that is open', () => {
    expect(stepAfter(steps, 'to-khai.b')?.id).toBe('giay-to');
    expect(stepBefore(steps, 'nguoi-nop.lienHe')).toBeUndefined();
    expect(firstOpenStep(steps, new Set(['nguoi-nop.lienHe', 'to-khai.b']))?.id).toBe('to-khai.a');
    expect(firstOpenStep(steps, new Set(steps.map((step) => step.id)))?.id).toBe('kiem-tra');
  });
});

it('a place to go back to stays on this host, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((s) => `/${s}`),
        fc.string().map((s) => `//${s}`),
      ),
      (wanted) => {
        const back = safeReturnTo(wanted);
        expect(new URL(back, 'https://here.invalid').origin).toBe('https://here.invalid');
        expect(back.startsWith('//')).toBe(false);
      },
    ),
  );
  expect(safeReturnTo('/thu-tuc?q=a')).toBe('/thu-tuc?q=a');
});

describe('limits for guests', () => {
  it('are the defaults but for whole numbers of at least one', () => {
    expect(readLimits(undefined)).toEqual(DEFAULT_LIMITS);
    for (const bad of [
      null,
      'x',
      [],
      { guestDraft: 5 },
      { guestDraft: { addressPerHour: 0 } },
      { guestDraft: { addressPerHour: 1.5 } },
    ])
      expect(readLimits(bad)).toEqual(DEFAULT_LIMITS);
    expect(readLimits({ guestFiling: { allPerMinute: 3 }, other: 1 }).guestFiling).toEqual({
      ...DEFAULT_LIMITS.guestFiling,
      allPerMinute: 3,
    });
  });

  it('leave the whole number alone where short facts are closed', () => {
    const none = { addressRecent: 1, addressDay: 1, codeDay: 1, codeMonth: 1 };
    expect(decideFollowTry(none, true)).toBe('look');
    expect(decideFollowTry({ ...none, codeDay: 11 }, true)).toBe('code');
    expect(decideFollowTry({ ...none, codeMonth: 21 }, true)).toBe('code');
    expect(decideFollowTry({ ...none, codeDay: 11, codeMonth: 21 }, false)).toBe('look');
    expect(decideFollowTry({ ...none, addressRecent: 11 }, false)).toBe('address');
    expect(decideFollowTry({ ...none, addressDay: 101 }, false)).toBe('address');
    expect(['1990', '12345678', '0900123456', '999190000017'].map(isGuessableFact)).toEqual([true, true, false, false]);
  });
});
