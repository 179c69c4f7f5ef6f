import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFormDefinition } from './check.ts';
import { everyFieldDefinition } from './fixtures/every-field.ts';

type Json = Record<string, unknown>;

function withFields(fields: Json[], extra: Json = {}): Json {
  return { id: 'x', revision: '1', title: 'X', sections: [{ id: 'part', title: 'P', fields }], ...extra };
}
const text = (id: string, more: Json = {}): Json => ({ id, type: 'text', label: id, ...more });

function found(definition: unknown): string[] {
  return checkFormDefinition(definition).map((finding) => `${finding.code} @ ${finding.place}`);
}

describe('checking a definition', () => {
  it('finds nothing in the fixture with every type', () => {
    expect(checkFormDefinition(everyFieldDefinition())).toEqual([]);
  });
  it.each<[string, Json, string]>([
    ['doubled ids', withFields([text('a'), text('a')]), 'duplicate-id @ sections[0].fields[1]'],
    ['a section id doubled by a field', withFields([text('part')]), 'duplicate-id @ sections[0].fields[0]'],
    ['a word of the language', withFields([text('today')]), 'reserved-id @ sections[0].fields[0]'],
    ['a word of JavaScript', withFields([text('constructor')]), 'reserved-id @ sections[0].fields[0]'],
    ['an id with a hyphen', withFields([text('a-b')]), 'shape @ sections[0].fields[0].id'],
    [
      'an unknown type',
      withFields([{ id: 'a', type: 'colour', label: 'a' }]),
      'unknown-type @ sections[0].fields[0].type',
    ],
    ['a stray property', withFields([text('a', { maxlength: 5 })]), 'shape @ sections[0].fields[0]'],
    [
      'an unknown name',
      withFields([text('a', { visibleWhen: 'b == "x"' })]),
      'expression-unknown-name @ sections[0].fields[0].visibleWhen',
    ],
    [
      'a type error',
      withFields([text('a', { visibleWhen: 'a > 1' })]),
      'expression-type @ sections[0].fields[0].visibleWhen',
    ],
    [
      'a condition that is no condition',
      withFields([text('a', { required: 'today' })]),
      'expression-wrong-result-type @ sections[0].fields[0].required',
    ],
    [
      'a regular expression',
      withFields([text('a'), text('b', { visibleWhen: 'a.matches("x")' })]),
      'expression-forbidden-function @ sections[0].fields[1].visibleWhen',
    ],
    ['syntax', withFields([text('a', { computed: '1 +' })]), 'expression-syntax @ sections[0].fields[0].computed'],
    [
      'a circle',
      withFields([text('a', { visibleWhen: 'filled(b)' }), text('b', { visibleWhen: 'filled(a)' })]),
      'expression-cycle @ sections',
    ],
    ['a field that computes itself', withFields([text('a', { computed: 'a + "x"' })]), 'expression-cycle @ sections'],
    [
      'reversed limits',
      withFields([{ id: 'n', type: 'number', label: 'n', min: 5, max: 1 }]),
      'reversed-limits @ sections[0].fields[0]',
    ],
    [
      'a doubled option',
      withFields([
        {
          id: 'c',
          type: 'choice',
          label: 'c',
          options: [
            { value: 'a', label: 'A' },
            { value: 'a', label: 'B' },
          ],
        },
      ]),
      'duplicate-option @ sections[0].fields[0]',
    ],
    [
      'a rule at no field',
      withFields([text('a')], { rules: [{ id: 'r', assert: 'true', message: 'm', fields: ['b'] }] }),
      'unknown-field @ rules[0].fields',
    ],
    [
      'a group in a group',
      withFields([
        {
          id: 'g',
          type: 'group',
          label: 'g',
          repeat: { min: 0, max: 2, itemLabel: 'i' },
          fields: [{ id: 'h', type: 'group', label: 'h', fields: [] }],
        },
      ]),
      'unknown-type @ sections[0].fields[0].fields[0].type',
    ],
    [
      'a field of an item named from outside',
      withFields([
        { id: 'g', type: 'group', label: 'g', repeat: { min: 0, max: 2, itemLabel: 'i' }, fields: [text('inner')] },
        text('a', { visibleWhen: 'filled(inner)' }),
      ]),
      'expression-unknown-name @ sections[0].fields[1].visibleWhen',
    ],
    [
      'an item that looks at its own list',
      withFields([
        {
          id: 'g',
          type: 'group',
          label: 'g',
          repeat: { min: 0, max: 2, itemLabel: 'i' },
          fields: [text('inner', { visibleWhen: 'size(g) > 1' })],
        },
      ]),
      'expression-unknown-name @ sections[0].fields[0].fields[0].visibleWhen',
    ],
  ])('finds %s', (_, definition, expected) => {
    expect(found(definition)).toContain(expected);
  });
  it('lets "phone unless e-mail, e-mail unless phone" pass: what is required makes no circle', () => {
    expect(found(withFields([text('a', { required: '!filled(b)' }), text('b', { required: '!filled(a)' })]))).toEqual(
      [],
    );
  });
  it('is total', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void checkFormDefinition(value)));
    fc.assert(
      fc.property(
        fc.array(
          fc.dictionary(fc.constantFrom('id', 'type', 'label', 'fields', 'repeat', 'visibleWhen'), fc.jsonValue()),
        ),
        (fields) => {
          checkFormDefinition(withFields(fields));
        },
      ),
    );
  });
});
