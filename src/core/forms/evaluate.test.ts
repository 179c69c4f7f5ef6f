import { describe, expect, it } from 'vitest';
import { evaluateForm, type FormContext } from './evaluate.ts';
import { everyFieldAnswers, everyFieldForm } from './fixtures/every-field.ts';

const form = everyFieldForm();
const SUBMIT: FormContext = { today: '2026-11-22', demo: true, mode: 'submit' };
const DRAFT: FormContext = { ...SUBMIT, mode: 'draft' };

function submit(changes: Record<string, unknown>, context = SUBMIT) {
  return evaluateForm(form, { ...everyFieldAnswers(), ...changes }, context);
}

function codesAt(changes: Record<string, unknown>, path: string, context = SUBMIT): string[] {
  return submit(changes, context)
    .errors.filter((error) => error.path === path)
    .map((error) => error.code);
}

describe('right answers', () => {
  it('pass, normalised, with what is computed', () => {
    const { values, errors, unknown } = submit({});
    expect(errors).toEqual([]);
    expect(unknown).toEqual([]);
    expect(values).toMatchObject({
      applicant: { fullName: 'Trần Thử Nghiệm', idType: 'cccd', idNumber: '999090123456', birthDate: '1990-09-05' },
      applicantAge: 36,
      phone: '0912345678',
      languages: ['vi', 'en'],
      copies: 2,
      feeVnd: 16000,
      fromDate: '2020-01-01',
      truth: true,
      witnesses: [{ witness: { fullName: 'Lê Mẫu', idType: 'passport', idNumber: 'B1234567' } }],
    });
  });
  it('keep text in NFC, trimmed, with single spaces, lines only where asked', () => {
    const { values } = submit({ purpose: 'other', otherPurpose: '  Vie\u0323\u0302c\n riêng ', reason: ' a \r\n b ' });
    expect(values.otherPurpose).toBe('Việc riêng');
    expect(values.reason).toBe('a\n b');
  });
});

describe('what is visible', () => {
  it('follows the answers; what is hidden has no value', () => {
    const shown = submit({ purpose: 'other', otherPurpose: 'x' });
    expect(shown.values.otherPurpose).toBe('x');
    const hidden = submit({ purpose: 'loan', otherPurpose: 'x' });
    expect(hidden.values).not.toHaveProperty('otherPurpose');
    expect(hidden.values).not.toHaveProperty('witnesses');
    expect(hidden.visible.map(({ section }) => section.id)).toContain('children');
    expect(submit({}).visible.map(({ section }) => section.id)).not.toContain('children');
  });
  it('is decided per item of a list, from its own computed value and from the form', () => {
    const children = [
      { childName: 'Trần A', childBorn: '2015', school: 'Trường X' },
      { childName: 'Trần B', childBorn: '2024-05-01', school: 'hidden' },
    ];
    const { values, errors } = submit({ purpose: 'loan', children });
    expect(values.children).toEqual([
      { childName: 'Trần A', childBorn: '2015', childAge: 10, school: 'Trường X' },
      { childName: 'Trần B', childBorn: '2024-05-01', childAge: 2 },
    ]);
    expect(errors.map((error) => error.path)).toEqual(['scan']);
    expect(
      codesAt({ purpose: 'loan', children: [{ childName: 'A', childBorn: '2015' }] }, 'children.0.school'),
    ).toEqual(['required-text']);
  });
  it('a list shows at least its smallest number of items', () => {
    const { visible } = evaluateForm(form, { purpose: 'marriage' }, DRAFT);
    const list = visible.flatMap(({ nodes }) => nodes).find((node) => node.path === 'witnesses');
    expect(list).toMatchObject({
      kind: 'list',
      canAdd: true,
      canRemove: false,
      items: [{ title: 'Người làm chứng 1' }],
    });
  });
  it('a sum over items waits for every amount', () => {
    const item = { childName: 'A', childBorn: '2024' };
    expect(submit({ purpose: 'loan', children: [{ ...item, childAllowance: '500.000' }] }).values.allowanceVnd).toBe(
      500000,
    );
    const half = [{ ...item, childAllowance: 1 }, item];
    expect(submit({ purpose: 'loan', children: half }).values).not.toHaveProperty('allowanceVnd');
  });
});

describe('what is required', () => {
  it('is asked for when submitting, never in a draft', () => {
    expect(evaluateForm(form, {}, DRAFT).errors).toEqual([]);
    const { errors } = evaluateForm(form, {}, SUBMIT);
    expect(errors.map((error) => `${error.path} ${error.code}`)).toEqual([
      'applicant.fullName required-text',
      'applicant.idNumber required-text',
      'applicant.birthDate required-text',
      'applicant.gender required-choice',
      'residence.text required-detail',
      'residence.unitText required-unit',
      'phone required-text',
      'email required-text',
      'purpose required-choice',
      'copies required-text',
      'truth required-declaration',
    ]);
    expect(errors[0]?.message).toBe('Hãy nhập họ và tên (người yêu cầu).');
    expect(errors[9]?.message).toBe('Hãy nhập số bản.');
  });
  it('can depend on another answer, both ways round', () => {
    expect(codesAt({ phone: '', email: 'a@vidu.vn' }, 'phone')).toEqual([]);
    expect(codesAt({ phone: '' }, 'email')).toEqual(['required-text']);
  });
});

describe('wrong answers', () => {
  it('are told with an example the field would take', () => {
    const told = (changes: Record<string, unknown>, path: string) =>
      submit(changes).errors.find((error) => error.path === path)?.message;
    expect(told({ copies: 'hai' }, 'copies')).toMatch(/ví dụ 2\.$/);
    expect(told({ income: 'nhiều' }, 'income')).toMatch(/ví dụ 1\.250\.000\.$/);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a short number', { applicant: { idNumber: '12345678901' } }, 'applicant.idNumber', 'cccd-digits'],
    [
      'a CMND where 12 digits are needed',
      { applicant: { idNumber: '123456789' } },
      'applicant.idNumber',
      'cccd-digits',
    ],
    ['a number of no province', { applicant: { idNumber: '100090123456' } }, 'applicant.idNumber', 'cccd-province'],
    ['a birth date to come', { applicant: { birthDate: '2027-01-01' } }, 'applicant.birthDate', 'too-late'],
    ['a birth date that does not exist', { applicant: { birthDate: '30/02/1990' } }, 'applicant.birthDate', 'bad-date'],
    ['a number too large', { copies: 51 }, 'copies', 'too-large'],
    ['a fraction of a copy', { copies: '1,5' }, 'copies', 'not-whole'],
    ['no number', { copies: 'hai' }, 'copies', 'not-a-number'],
    ['less than nothing', { income: -1 }, 'income', 'too-small'],
    ['half a đồng', { income: '1,5' }, 'income', 'not-whole'],
    ['a strange option', { purpose: 'gift' }, 'purpose', 'not-an-option'],
    ['a month where a month is asked', { movedIn: '13/2020' }, 'movedIn', 'bad-month'],
    ['a day where a month is asked', { movedIn: '01/09/2020' }, 'movedIn', 'bad-month'],
    ['a year too early', { graduated: '1949' }, 'graduated', 'too-early'],
    ['a phone number too short', { phone: '0912' }, 'phone', 'bad-phone'],
    ['no e-mail', { email: 'a@b' }, 'email', 'bad-email'],
    ['dates the wrong way round', { toDate: '31/12/2019' }, 'toDate', 'rule'],
    ['text too long', { reason: 'a'.repeat(1001) }, 'reason', 'too-long'],
    ['half a character', { reason: 'a\ud800b' }, 'reason', 'bad-characters'],
    ['a control character', { reason: 'a\u0000b' }, 'reason', 'bad-characters'],
    ['an object for a text', { reason: { a: 1 } }, 'reason', 'wrong-type'],
    ['a list for a date', { fromDate: ['2020-01-01'] }, 'fromDate', 'wrong-type'],
    ['too many items', { witnesses: [{}, {}, {}] }, 'witnesses', 'too-many-items'],
    ['an object for a list', { witnesses: { 0: {} } }, 'witnesses', 'wrong-type'],
    [
      'a file of another type',
      { scan: { fileId: 'f1', name: 'a.exe', mediaType: 'text/plain', sizeBytes: 9 } },
      'scan',
      'file-type',
    ],
    [
      'an empty file',
      { scan: [{ fileId: 'f1', name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 0 }] },
      'scan',
      'file-empty',
    ],
    [
      'a file too large',
      { scan: [{ fileId: 'f1', name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 6e6 }] },
      'scan',
      'file-too-large',
    ],
    ['no file', { scan: ['f1'] }, 'scan', 'bad-file'],
    ['an unticked "false"', { truth: 'false' }, 'truth', 'required-declaration'],
  ])('%s', (_, changes, path, code) => {
    expect(codesAt(changes, path)).toContain(code);
  });
  it('keep what was typed, so that it can be mended', () => {
    const { values } = submit({
      copies: 'hai',
      fromDate: '31/13/2020',
      phone: 'xin gọi chiều',
      reason: 'x'.repeat(2000),
    });
    expect(values).toMatchObject({
      copies: 'hai',
      fromDate: '31/13/2020',
      phone: 'xin gọi chiều',
      reason: 'x'.repeat(2000),
    });
    expect(values).not.toHaveProperty('feeVnd');
  });
  it('say what to do', () => {
    const { errors } = submit({ copies: 1234 });
    expect(errors[0]?.message).toBe('Số bản không được quá 50.');
    expect(submit({ applicant: { idNumber: '1' } }).errors[0]?.message).toContain('12 chữ số');
  });
  it('name the item of a list, so that the summary tells them apart', () => {
    const messages = (changes: Record<string, unknown>) => submit(changes).errors.map((error) => error.message);
    expect(messages({ purpose: 'loan', children: [{}, { childName: 'B' }] })).toEqual(
      expect.arrayContaining(['Hãy nhập họ và tên con (người con 1).', 'Hãy nhập ngày sinh của con (người con 2).']),
    );
    expect(messages({ witnesses: [] })).toContain('Hãy nhập họ và tên (người làm chứng 1).');
  });
  it('a rule waits for the values it needs', () => {
    expect(codesAt({ toDate: '' }, 'toDate')).toEqual([]);
    expect(codesAt({ toDate: 'mai' }, 'toDate')).toEqual(['bad-date']);
  });
});

describe('identity numbers of the reserved prefix', () => {
  it('pass in demo and tests only', () => {
    expect(codesAt({}, 'applicant.idNumber')).toEqual([]);
    expect(codesAt({}, 'applicant.idNumber', { ...SUBMIT, demo: false })).toEqual(['demo-number']);
  });
  it('other papers follow the subject', () => {
    const witness = (value: Record<string, unknown>) => ({
      witnesses: [{ witness: { fullName: 'Lê Mẫu', ...value } }],
    });
    expect(codesAt(witness({ idType: 'passport', idNumber: 'B1' }), 'witnesses.0.witness.idNumber')).toEqual([
      'bad-passport',
    ]);
    expect(codesAt(witness({ idType: 'cmnd', idNumber: '123456789' }), 'witnesses.0.witness.idType')).toEqual([
      'not-an-option',
    ]);
    expect(codesAt(witness({ idType: 'other', idNumber: 'GKS-12/2020' }), 'witnesses.0.witness.idNumber')).toEqual([]);
  });
});

describe('values of another revision', () => {
  it('are reported with their place, not lost and not let in', () => {
    const children = [{ childName: 'A', childBorn: '2024', nickname: 'Tí' }];
    const { values, unknown } = submit({ purpose: 'loan', children, oldField: { a: [1, 'x\u0000'] } });
    expect(unknown).toEqual([
      { path: 'oldField', value: { a: [1, 'x'] } },
      { path: 'children.0.nickname', value: 'Tí' },
    ]);
    expect(values).not.toHaveProperty('oldField');
  });
});

describe('hostile input', () => {
  it('has no power over prototypes', () => {
    const evil: unknown = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"applicant":{"__proto__":{"fullName":"x"}}}',
    );
    const { values, errors } = evaluateForm(form, evil, SUBMIT);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(values).not.toHaveProperty('applicant');
    expect(errors.some((error) => error.path === 'applicant.fullName')).toBe(true);
  });
  it('of any size ends in clean errors', () => {
    const huge = submit({
      purpose: 'loan',
      children: Array.from({ length: 100_000 }, () => ({ childName: 'x' })),
      languages: Array.from({ length: 100_000 }, () => 'vi'),
      reason: 'x'.repeat(1_000_000),
    });
    expect(huge.values.children).toHaveLength(100);
    expect(huge.errors.map((error) => error.code)).toEqual(
      expect.arrayContaining(['too-many-items', 'wrong-type', 'too-long']),
    );
  });
  it.each([null, undefined, 5, 'text', [], [{}], true])('%s is no form', (value) => {
    expect(evaluateForm(form, value, DRAFT).values).toEqual({});
  });
});

it('messages can be given in another language', () => {
  const { errors } = evaluateForm(form, {}, SUBMIT, { messages: { 'required-text': 'Enter {label}.' } });
  expect(errors.find((error) => error.path === 'copies')?.message).toBe('Enter số bản.');
});
