import { describe, expect, it } from 'vitest';
import { compileForm } from '../../../../core/forms/compile.ts';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { evaluateForm } from '../../../../core/forms/evaluate.ts';
import { revealedIn, withoutRevealed } from './revealed.ts';

const definition: FormDefinition = {
  id: 'status-form',
  revision: '1',
  title: 'Tờ khai',
  sections: [
    {
      id: 'status',
      title: 'Tình trạng',
      fields: [
        {
          id: 'status',
          type: 'choice',
          label: 'Tình trạng',
          required: true,
          options: [
            { value: 'single', label: 'Độc thân' },
            { value: 'divorced', label: 'Đã ly hôn' },
          ],
        },
        { id: 'note', type: 'text', label: 'Ghi thêm', required: true },
        {
          id: 'spouse',
          type: 'person',
          label: 'Người trước',
          required: true,
          visibleWhen: "status == 'divorced'",
          parts: {},
        },
        { id: 'paper', type: 'text', label: 'Giấy tờ', visibleWhen: "status == 'divorced'" },
        {
          id: 'children',
          type: 'group',
          label: 'Con',
          repeat: { min: 0, max: 3, itemLabel: 'Người con' },
          fields: [
            { id: 'born', type: 'text', label: 'Năm sinh', required: true },
            { id: 'school', type: 'text', label: 'Trường', required: true, visibleWhen: "born != ''" },
          ],
        },
      ],
    },
  ],
};

function look(values: Record<string, unknown>) {
  const compiled = compileForm(definition);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
  const evaluation = evaluateForm(compiled.form, values, { today: '2026-11-22', demo: true, mode: 'submit' });
  const [section] = evaluation.visible;
  if (!section) throw new Error('nothing visible');
  return { section, errors: evaluation.errors };
}

describe('questions revealed by an answer', () => {
  const first = { 'f.status': ['', 'divorced'], 'f.note': '', 'f.children': '' };

  it('are those the posted page had no input for, also where they may stay empty', () => {
    const { section, errors } = look({ status: 'divorced' });
    const revealed = revealedIn(section, first);
    expect(revealed).toEqual([
      { path: 'spouse', label: 'Người trước' },
      { path: 'paper', label: 'Giấy tờ' },
    ]);
    expect(errors.map((error) => error.path)).toEqual(['note', 'spouse.fullName']);
    expect(withoutRevealed(errors, revealed).map((error) => error.path)).toEqual(['note']);
  });

  it('are none once the page has asked for them, though left empty', () => {
    const { section } = look({ status: 'divorced' });
    expect(revealedIn(section, { ...first, 'f.spouse.fullName': '', 'f.paper': '' })).toEqual([]);
  });

  it('are found inside the items of a list', () => {
    const { section } = look({ status: 'single', children: [{ born: '2015' }] });
    const posted = { 'f.status': 'single', 'f.note': 'x', 'f.children': '', 'f.children.0.born': '2015' };
    expect(revealedIn(section, posted)).toEqual([{ path: 'children.0.school', label: 'Trường' }]);
  });

  it('are never asked again only because a hand-made post leaves a plain field out', () => {
    const { section } = look({ status: 'single' });
    expect(revealedIn(section, { 'f.status': 'single' })).toEqual([]);
  });
});
