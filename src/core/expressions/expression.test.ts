import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression, evaluate } from './expression.ts';
import type { ExprType, Variables } from './types.ts';

const VARIABLES: Variables = {
  copies: 'int',
  area: 'number',
  name: 'string',
  poor: 'bool',
  born: 'day',
  today: 'day',
  owner: { object: { fullName: 'string', address: { object: { unitId: 'string' } } } },
  children: { list: { object: { fullName: 'string', age: 'int', weight: 'number', born: 'day' } } },
  tags: { list: 'string' },
};

function run(source: string, values: Record<string, unknown>, expected?: ExprType): unknown {
  const compiled = compileExpression(source, VARIABLES, expected);
  if (!compiled.ok) return compiled.error.code;
  const result = evaluate(compiled.expression, values);
  return result.ok ? result.value : result.error.code;
}

describe('expressions that run', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['copies > 2 ? 7000 : copies * 2000', { copies: 2 }, 4000],
    ['copies > 2 ? 7000 : copies * 2000', { copies: 3 }, 7000],
    ['copies / 2', { copies: 7 }, 3],
    ['area > 100', { area: 100.5 }, true],
    ['round(double(copies) * area)', { copies: 3, area: 2.5 }, 8],
    ['round(area)', { area: -2.5 }, -3],
    ['min(copies, 3) + max(copies, 3)', { copies: 7 }, 10],
    ['name.contains("Hòa") && poor', { name: 'xã Hiệp Hòa', poor: true }, true],
    ['born < "2000-01-01"', { born: '1999-12-31' }, true],
    ['age(born, today)', { born: '2000-02-29', today: '2018-02-28' }, 17],
    ['age(born, today)', { born: '2000-02-29', today: '2018-03-01' }, 18],
    ['age(born, today)', { born: '1964', today: '2024-06-01' }, 59],
    ['days("2023-08-30", "2023-09-02")', {}, 3],
    ['year(born)', { born: '1964' }, 1964],
    ['size(children)', { children: [{}, {}] }, 2],
    ['sum(children, "age")', { children: [{ age: 3 }, { age: 4 }] }, 7],
    ['sum(children, "weight")', { children: [{ weight: 3.5 }] }, 3.5],
    ['sum(children.map(c, c.age))', { children: [{ age: 3 }, { age: 4 }] }, 7],
    ['children.all(c, age(c.born, today) < 16)', { children: [{ born: '2020-01-01' }], today: '2026-01-01' }, true],
    ['"poor" in tags', { tags: ['poor', 'elderly'] }, true],
    ['owner.address.unitId', { owner: { address: { unitId: 'u1' } } }, 'u1'],
  ])('%s', (source, values, expected) => {
    expect(run(source, values)).toEqual(expected);
  });
});

describe('a missing value', () => {
  it('is told, never guessed', () => {
    for (const missing of [{}, { copies: null }, { copies: undefined }]) {
      expect(run('copies > 2', missing)).toBe('missing-value');
    }
    expect(run('sum(children, "age")', { children: [{ age: 1 }, {}] })).toBe('missing-value');
    expect(run('owner.address.unitId', { owner: {} })).toBe('missing-value');
    expect(run('age(born, today)', { born: 'x', today: '2024-01-01' })).toBe('missing-value');
  });
  it('does not matter where the answer does not need it', () => {
    expect(run('poor && copies > 2', { poor: false })).toBe(false);
    expect(run('copies > 2 || poor', { poor: true })).toBe(true);
  });
  it('can be asked for', () => {
    expect(run('filled(copies)', {})).toBe(false);
    expect(run('!filled(copies)', { copies: 1 })).toBe(false);
    expect(run('-copies', { copies: 1 })).toBe(-1);
    expect(run('filled(name)', { name: '' })).toBe(false);
    expect(run('filled(owner.address.unitId)', {})).toBe(false);
    expect(run('filled(owner.fullName)', { owner: { fullName: 'A' } })).toBe(true);
    expect(run('orElse(copies, 1) * 2', {})).toBe(2);
    expect(run('children.all(c, orElse(c.age, 0) < 3)', { children: [{}] })).toBe(true);
  });
});

describe('expressions that are refused when saved', () => {
  it.each<[string, ExprType | undefined, string]>([
    ['copies >', undefined, 'syntax'],
    ['nope > 1', undefined, 'unknown-name'],
    ['owner.nope', undefined, 'unknown-name'],
    ['children.all(c, c.nope == 1)', undefined, 'unknown-name'],
    ['sum(children, "nope")', undefined, 'unknown-name'],
    ['sum(children, "fullName")', undefined, 'type'],
    ['filled(nope)', undefined, 'unknown-name'],
    ['orElse(copies, "a")', undefined, 'type'],
    ['copies + name', undefined, 'type'],
    ['copies * 1.5', undefined, 'type'],
    ['poor ? 1 : "a"', undefined, 'type'],
    ['copies', 'bool', 'wrong-result-type'],
    ['area', 'int', 'wrong-result-type'],
    ['name.matches("^(a+)+$")', undefined, 'forbidden-function'],
    ['!name.matches("^(a+)+$")', undefined, 'forbidden-function'],
    ['-copies > (poor ? 1 : -int("1".matches("a") ? 1 : 2))', undefined, 'forbidden-function'],
    ['children.exists(c, c.fullName.matches("a"))', undefined, 'forbidden-function'],
    ['timestamp("2020-01-01T00:00:00Z") == timestamp("2020-01-01T00:00:00Z")', undefined, 'forbidden-function'],
    ['cel.bind(a, name + name, a + a)', undefined, 'forbidden-function'],
    ['dyn(copies) == 1', undefined, 'forbidden-function'],
    ['b"abc" == b"abc"', undefined, 'forbidden-literal'],
    ['{"a": 1}.a', undefined, 'forbidden-literal'],
    ['children.all(name, true)', undefined, 'shadowed-name'],
    ['tags.all(a, tags.all(b, tags.all(c, a == c)))', undefined, 'too-deeply-nested'],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, undefined, 'too-large'],
    [`1${'+1'.repeat(500)}`, undefined, 'too-large'],
    [`name == "${'a'.repeat(3000)}"`, undefined, 'too-large'],
  ])('%s', (source, expected, code) => {
    const compiled = compileExpression(source, VARIABLES, expected);
    expect(compiled.ok ? 'accepted' : compiled.error.code).toBe(code);
  });
  it('says where', () => {
    const compiled = compileExpression('poor && nope > 1', VARIABLES);
    expect(compiled).toMatchObject({ ok: false, error: { position: { start: 8, end: 12 } } });
  });
});

describe('numbers and values at the border', () => {
  it('are never silently wrong', () => {
    expect(run('copies * 9007199254740991', { copies: 2 })).toBe('too-large');
    expect(run('copies * 9223372036854775807', { copies: 2 })).toBe('evaluation');
    expect(run('1 / copies', { copies: 0 })).toBe('evaluation');
    expect(run('area / 0.0', { area: 1 })).toBe('not-a-number');
    expect(run('copies', { copies: 1.5 })).toBe('wrong-type');
    expect(run('copies', { copies: '1' })).toBe('wrong-type');
    expect(run('name', { name: 5 })).toBe('wrong-type');
    expect(run('size(tags)', { tags: Array.from({ length: 1001 }, () => 'a') })).toBe('too-large');
  });
  it('never throws whatever the source and the values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.dictionary(fc.string(), fc.anything()), (source, values) => {
        const compiled = compileExpression(source, VARIABLES);
        if (compiled.ok) evaluate(compiled.expression, values);
      }),
    );
    const [whole, text] = [compileExpression('copies * 2', VARIABLES), compileExpression('name + "x"', VARIABLES)];
    if (!whole.ok || !text.ok) throw new Error('must compile');
    fc.assert(
      fc.property(fc.anything(), (value) => {
        evaluate(whole.expression, { copies: value });
        evaluate(text.expression, { name: value });
      }),
    );
  });
  it('reads only declared own values, not prototypes', () => {
    expect(run('name', JSON.parse('{"__proto__":{"name":"x"}}') as Record<string, unknown>)).toBe('missing-value');
  });
});

it('runs under a content security policy without eval: the library never makes code from text', () => {
  const lib = new URL('../../../node_modules/@marcbachmann/cel-js/lib/', import.meta.url);
  for (const file of ['index.js', 'evaluator.js', 'parser.js', 'registry.js', 'operators.js', 'functions.js']) {
    expect(readFileSync(new URL(file, lib), 'utf8')).not.toMatch(/\bnew Function\(|\beval\(/);
  }
});
