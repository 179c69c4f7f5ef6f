import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateForm, type FormContext } from './evaluate.ts';
import { everyFieldAnswers, everyFieldDefinition, everyFieldForm } from './fixtures/every-field.ts';
import { parseFormPost } from './post.ts';
import { printForm } from './print.ts';

const definition = everyFieldDefinition();
const form = everyFieldForm();
const ids = [...definition.sections.map((s) => s.id), ...definition.sections.flatMap((s) => s.fields.map((f) => f.id))];

// Half sense, half nonsense: strings people might type, whole values of the right shape, any JSON.
const typed = fc.oneof(
  fc.constantFrom('marriage', 'loan', 'other', '05/09/1990', '1990', '2', '1.234.567', '0912345678', 'on', '', ' x '),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer(),
);
const part = fc.constantFrom(
  'fullName',
  'idNumber',
  'birthDate',
  'gender',
  'text',
  'unitText',
  'childName',
  'childBorn',
  'witness',
);
const record = fc.dictionary(part, typed);
const anyValue = fc.oneof(typed, record, fc.array(fc.oneof(record, typed), { maxLength: 7 }), fc.jsonValue());
const anyValues = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.oneof(fc.constantFrom(...ids), fc.string()), anyValue, { maxKeys: 25 }),
  fc.dictionary(fc.constantFrom(...ids), anyValue).map((changes) => ({ ...everyFieldAnswers(), ...changes })),
);
const context = fc.record<FormContext>({
  today: fc.constantFrom('2023-08-31', '2026-11-22'),
  demo: fc.boolean(),
  mode: fc.constantFrom('draft', 'submit'),
});

function visiblePaths(evaluation: ReturnType<typeof evaluateForm>): Set<string> {
  const paths = new Set<string>();
  for (const node of evaluation.visible.flatMap(({ nodes }) => nodes)) {
    paths.add(node.path);
    const fields = node.kind === 'list' ? node.items.flatMap((item) => item.fields) : [];
    for (const field of fields) paths.add(field.path);
  }
  return paths;
}

describe('for whatever JSON', () => {
  it('evaluating never throws, and its own result gives the same values again', () => {
    fc.assert(
      fc.property(anyValues, context, (values, ctx) => {
        const first = evaluateForm(form, values, ctx);
        const again = evaluateForm(form, first.values, ctx);
        expect(again.values).toEqual(first.values);
        expect(again.unknown).toEqual([]);
        // What is kept can be stored: jsonb takes neither NUL nor half characters.
        expect(JSON.stringify(first.values)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 400 },
    );
  });
  it('no hidden field has a value, and every value belongs to the form', () => {
    fc.assert(
      fc.property(anyValues, context, (values, ctx) => {
        const result = evaluateForm(form, values, ctx);
        const paths = visiblePaths(result);
        for (const [id, value] of Object.entries(result.values)) {
          expect(paths).toContain(id);
          if (!Array.isArray(value) || !['children', 'witnesses'].includes(id)) continue;
          for (const [index, item] of value.entries()) {
            for (const key of Object.keys(item as object)) expect(paths).toContain(`${id}.${index}.${key}`);
          }
        }
        for (const error of result.errors) expect(error.message).not.toMatch(/\{\w+\}|undefined|NaN/);
      }),
      { numRuns: 300 },
    );
  });
  it('posting and printing never throw either', () => {
    fc.assert(
      fc.property(
        anyValues,
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
        (values, body) => {
          printForm(form, values, { today: '2026-11-22', demo: true });
          const posted = Object.fromEntries(Object.entries(body).map(([key, value]) => [`f.${key}`, value]));
          parseFormPost(
            definition,
            { ...body, ...posted },
            evaluateForm(form, values, { today: '2026-11-22', demo: true, mode: 'draft' }).values,
          );
        },
      ),
    );
  });
});
