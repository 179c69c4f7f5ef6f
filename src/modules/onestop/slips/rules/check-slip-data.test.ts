import { describe, expect, it } from 'vitest';
import { SAMPLE_SLIPS } from '../testing/sample-slips.ts';
import { checkSlipData } from './check-slip-data.ts';
import { SLIP_KINDS } from './slip-kinds.ts';

const receipt = SAMPLE_SLIPS.RECEIPT;
/** Path and code of each problem, e.g. `/desk required`. */
const problemsOf = (kind: (typeof SLIP_KINDS)[number], data: unknown) => {
  const checked = checkSlipData(kind, data);
  return checked.ok ? [] : checked.problems.map(({ path, code }) => `${path} ${code}`);
};

describe('checkSlipData', () => {
  it.each(SLIP_KINDS)('accepts an ordinary %s', (kind) => {
    expect(problemsOf(kind, SAMPLE_SLIPS[kind])).toEqual([]);
  });

  it('names each missing field and each one the form does not know', () => {
    const { desk: _, ...rest } = receipt;
    expect(problemsOf('RECEIPT', { ...rest, foo: 1 })).toEqual(['/desk required', '/foo unknown']);
    expect(problemsOf('RECEIPT', { ...receipt, owner: {} })).toEqual(['/owner/name required']);
    expect(problemsOf('RECEIPT', null)).toEqual([' type']);
  });

  it('refuses names of blanks only but lets optional fields be empty', () => {
    expect(problemsOf('RECEIPT', { ...receipt, owner: { name: ' \n ' } })).toEqual(['/owner/name pattern']);
    expect(problemsOf('RECEIPT', { ...receipt, owner: { name: 'A', address: '', email: '' }, copy: '' })).toEqual([]);
  });

  it('refuses days and times that do not exist, and instants without +07:00', () => {
    const at = (receivedAt: string) => problemsOf('CONTROL', { ...SAMPLE_SLIPS.CONTROL, receivedAt });
    expect(at('2023-02-29T08:00:00+07:00')).toEqual(['/receivedAt date']);
    expect(at('2023-08-21T25:00:00+07:00')).toEqual(['/receivedAt date']);
    expect(at('2023-08-21T08:00:00Z')).toEqual(['/receivedAt pattern']);
    expect(problemsOf('RECEIPT', { ...receipt, letterhead: { ...receipt.letterhead, date: '2024-02-29' } })).toEqual(
      [],
    );
  });

  it('refuses a due date before reception, and a period that ends before it begins', () => {
    expect(problemsOf('RECEIPT', { ...receipt, dueAt: '2023-08-21T09:04:00+07:00' })).toEqual(['/dueAt order']);
    expect(problemsOf('RECEIPT', { ...receipt, dueAt: receipt.receivedAt })).toEqual([]);
    expect(problemsOf('REGISTER', { ...SAMPLE_SLIPS.REGISTER, to: '2023-07-31' })).toEqual(['/to order']);
  });

  it('refuses a check address of another dossier or one that is no web address', () => {
    const other = 'https://motcua.example.vn/tra-cuu/000.00.01.H99-230821-0002';
    expect(problemsOf('RECEIPT', { ...receipt, checkUrl: other })).toEqual(['/checkUrl check-url']);
    expect(problemsOf('RECEIPT', { ...receipt, checkUrl: 'javascript:alert(1)' })).toEqual(['/checkUrl pattern']);
  });

  it('refuses fractions of papers and of đồng, and too much of anything', () => {
    const component = { name: 'Đơn', originals: 1.5 };
    expect(problemsOf('RECEIPT', { ...receipt, components: [component] })).toEqual(['/components/0/originals type']);
    expect(problemsOf('RECEIPT', { ...receipt, fees: [{ name: 'Phí', amountVnd: -1 }] })).toEqual([
      '/fees/0/amountVnd minimum',
    ]);
    expect(problemsOf('REFUSAL', { ...SAMPLE_SLIPS.REFUSAL, reason: 'x'.repeat(10_001) })).toEqual([
      '/reason maxLength',
    ]);
    expect(problemsOf('SUPPLEMENT', { ...SAMPLE_SLIPS.SUPPLEMENT, items: [] })).toEqual(['/items minItems']);
  });

  it('says once that a block of a result has no known shape, and names uneven table rows', () => {
    const result = SAMPLE_SLIPS.RESULT;
    expect(problemsOf('RESULT', { ...result, body: [{ kind: 'poem', text: 'x' }] })).toEqual(['/body/0 choice']);
    expect(problemsOf('RECEIPT', { ...receipt, resultChannel: 'pigeon' })).toEqual(['/resultChannel choice']);
    const table = { kind: 'table', columns: ['a', 'b'], rows: [['1', '2'], ['3']] };
    expect(problemsOf('RESULT', { ...result, body: [table] })).toEqual(['/body/0/rows/1 uneven']);
  });

  it('speaks Vietnamese', () => {
    const checked = checkSlipData('RECEIPT', { ...receipt, sets: 0 });
    expect(checked).toMatchObject({ ok: false, problems: [{ path: '/sets', message: expect.stringMatching(/phải/) }] });
  });
});
