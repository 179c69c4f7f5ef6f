import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canPrint, findFormSet, listFormSets, listForms } from './index.ts';

const numbersOf = (setId: string) => Object.fromEntries(listForms(setId).map(({ kind, number }) => [kind, number]));

describe('form sets', () => {
  it('number the same paper differently in 2018 and 2025', () => {
    expect(numbersOf('tt01-2018')).toEqual({
      RECEIPT: '01',
      SUPPLEMENT: '02',
      REFUSAL: '03',
      APOLOGY: '04',
      CONTROL: '05',
      REGISTER: '06',
    });
    expect(numbersOf('tt03-2025')).toEqual({
      RECEIPT: '01',
      SUPPLEMENT: '02',
      REFUSAL: '03',
      APOLOGY: '04',
      STOP: '05',
      CONTROL: '06',
      REGISTER: '07',
    });
  });

  it('are chosen by date, both ends included', () => {
    expect(findFormSet('2018-06-20')).toBeUndefined();
    expect(findFormSet('2023-08-21')?.id).toBe('tt01-2018');
    expect(findFormSet('2025-09-14')?.id).toBe('tt01-2018');
    expect(findFormSet('2025-09-15')?.id).toBe('tt03-2025');
    expect(findFormSet('2026-11-22')?.id).toBe('tt03-2025');
  });

  it('say that nobody has verified them against the law yet', () => {
    expect(listFormSets().map(({ verified }) => verified)).toEqual([false, false]);
  });

  it('name only templates that exist', () => {
    for (const form of listFormSets().flatMap((set) => set.forms)) {
      if (form.template === undefined) continue;
      const file = new URL(`../../../../content/templates/slips/${form.template}`, import.meta.url);
      expect(existsSync(file), form.template).toBe(true);
    }
  });

  it('offer STOP only in 2025, APOLOGY and a result always', () => {
    expect(canPrint('STOP', 'tt01-2018')).toBe(false);
    expect(canPrint('STOP', 'tt03-2025')).toBe(true);
    expect(canPrint('RESULT', 'tt01-2018')).toBe(true);
    expect([canPrint('APOLOGY', 'tt01-2018'), canPrint('APOLOGY', 'tt03-2025')]).toEqual([true, true]);
  });

  it('refuse an unknown id', () => {
    expect(() => listForms('tt99')).toThrow('request/invalid');
  });
});
