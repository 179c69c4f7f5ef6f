import { createElement } from 'react';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { evaluateForm, type FormContext } from '../../../core/forms/evaluate.ts';
import { everyFieldAnswers, everyFieldDefinition, everyFieldForm } from '../../../core/forms/fixtures/every-field.ts';
import { parseFormPost } from '../../../core/forms/post.ts';
import { ErrorList } from '../design/error-list.tsx';
import { TranslateProvider } from '../i18n/context.tsx';
import { loadMessages } from '../i18n/load-messages.ts';
import { createTranslator } from '../i18n/translator.ts';
import { type FormBinding, formProblems } from './binding.ts';
import { FormFields } from './form-fields.tsx';

const catalogue = loadMessages('vi', ['ui', 'forms']);
const translate = createTranslator(catalogue);
const usedKeys = new Set<string>();
const t: typeof translate = (key, params) => {
  usedKeys.add(key);
  return translate(key, params);
};
const SUBMIT: FormContext = { today: '2026-11-22', demo: true, mode: 'submit' };

function render(values: unknown, options: { withErrors?: boolean; binding?: Partial<FormBinding> } = {}): string {
  const { visible, errors } = evaluateForm(everyFieldForm(), values, SUBMIT);
  const binding: FormBinding = { idPrefix: 'f1', errors: options.withErrors ? errors : [], ...options.binding };
  return renderToString(
    <TranslateProvider t={t}>
      <ErrorList problems={formProblems(binding.errors, 'f1')} />
      <FormFields sections={visible} binding={binding} />
    </TranslateProvider>,
  );
}

const decode = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function attributes(tag: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', value] of tag.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g))
    found[name.toLowerCase()] = decode(value ?? '');
  return found;
}

/** What a browser would post of the rendered inputs: a form reader that shares nothing with the components. */
function bodyOf(html: string): Record<string, string | string[]> {
  const body: Record<string, string | string[]> = {};
  const add = (name: string, value: string): void => {
    const before = body[name];
    body[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  };
  const tags = html.matchAll(/<input ([^>]*)>|<textarea ([^>]*)>([^<]*)<\/textarea>|<select ([^>]*)>(.*?)<\/select>/gs);
  for (const [, input, area, areaText, select, options] of tags) {
    if (input !== undefined) {
      const { name = '', type = '', value = '', ...rest } = attributes(input);
      if (type === 'file' || ((type === 'checkbox' || type === 'radio') && !('checked' in rest))) continue;
      add(name, value);
    } else if (area !== undefined) add(attributes(area).name ?? '', decode(areaText ?? ''));
    else if (select !== undefined) {
      const chosen = /<option ([^>]*selected[^>]*)>/.exec(options ?? '')?.[1];
      add(attributes(select).name ?? '', chosen === undefined ? '' : (attributes(chosen).value ?? ''));
    }
  }
  return body;
}

const LOAN = {
  ...everyFieldAnswers(),
  purpose: 'loan',
  region: 'r7',
  area: '52,5',
  income: '12.000.000',
  reason: 'Dòng một\n<b>dòng hai</b> & "hết"',
  applicant: { fullName: 'Trần Thử Nghiệm', idNumber: '999090123456', birthDate: '1990', gender: 'female' },
  children: [
    {
      childName: 'Trần A',
      childBorn: '2015-03-02',
      school: 'Trường X',
      childHome: { unitText: 'xã Việt An', unitId: 'u9' },
    },
    { childName: 'Trần B', childBorn: '2024', childAllowance: 500000 },
  ],
  scan: [{ fileId: 'f1', name: 'giấy <tờ>.pdf', mediaType: 'application/pdf', sizeBytes: 12345 }],
};

describe('a form rendered without JavaScript', () => {
  it.each([
    ['marriage', everyFieldAnswers()],
    ['loan', LOAN],
    ['empty', {}],
  ])('posts back exactly what it shows (%s)', (_, values) => {
    const before = evaluateForm(everyFieldForm(), values, SUBMIT);
    const posted = parseFormPost(everyFieldDefinition(), bodyOf(render(values)), before.values);
    expect(posted.unknown).toEqual([]);
    expect(evaluateForm(everyFieldForm(), posted.values, SUBMIT)).toEqual(before);
    const fromNothing = parseFormPost(everyFieldDefinition(), bodyOf(render(values)));
    const { scan: _scan, ...withoutFiles } = before.values;
    expect(evaluateForm(everyFieldForm(), fromNothing.values, SUBMIT).values).toEqual(withoutFiles);
  });
  it('shows again what could not be read, as it was typed', () => {
    const html = render({ ...everyFieldAnswers(), copies: 'hai <b>', fromDate: '31/13/2020' }, { withErrors: true });
    expect(html).toContain('value="hai &lt;b&gt;"');
    expect(html).toContain('value="31/13/2020"');
  });
});

describe('accessibility of the markup', () => {
  const pages = [render(LOAN), render({}, { withErrors: true }), render(everyFieldAnswers(), { withErrors: true })];
  it.each(pages.map((html, index) => [index, html] as const))(
    'page %i: ids are unique and every reference has its target',
    (_, html) => {
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '');
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      const targets = [...html.matchAll(/ (?:for|aria-describedby|aria-labelledby|list)="([^"]+)"/g)].flatMap((m) =>
        (m[1] ?? '').split(' '),
      );
      const links = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '');
      expect([...targets, ...links].filter((target) => !ids.includes(target))).toEqual([]);
    },
  );
  it('every visible input has a label', () => {
    for (const html of pages) {
      const labelled = new Set([...html.matchAll(/<label for="([^"]+)"/g)].map((match) => match[1]));
      for (const [, tag = ''] of html.matchAll(/<(?:input|select|textarea) ([^>]*)>/g)) {
        const { id, type, name } = attributes(tag);
        if (type !== 'hidden') expect(labelled, name).toContain(id);
      }
    }
  });
  it('errors stand in the summary, at the field, and are read with it', () => {
    const html = render({}, { withErrors: true });
    expect(html).toContain('<a href="#f1-applicant-idNumber">');
    expect(html).toMatch(/id="f1-copies"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="f1-copies"/);
    expect(html).toContain('id="f1-copies-error"');
    expect(html).toMatch(/aria-describedby="f1-copies-error/);
    expect(html).not.toContain('aria-invalid="false"');
  });
});

describe('controlled use at the counter', () => {
  it('shows what is typed and not what it was made of', () => {
    const typed = { ...everyFieldAnswers(), copies: '2 ', fromDate: '1/1/20' };
    const html = render(typed, { binding: { typed, onChange: () => undefined, onOperation: () => undefined } });
    expect(html).toContain('value="2 "');
    expect(html).toContain('value="1/1/20"');
    expect(html).not.toContain('type="submit"');
  });
});

describe('texts', () => {
  it('are all in the message file and no key shows through', () => {
    for (const html of [render(LOAN), render({}, { withErrors: true })])
      expect(html).not.toMatch(/>(ui|forms)\.[a-zA-Z.-]+</);
    expect([...usedKeys].filter((key) => !(key in catalogue))).toEqual([]);
  });
  it('a rule told at several fields is one line of the summary', () => {
    const error = { code: 'rule' as const, ruleId: 'r', message: 'Hãy sửa.' };
    const errors = ['a', 'b'].map((path) => ({ ...error, path, fieldId: path }));
    expect(formProblems(errors, 'x')).toEqual([{ id: 'x-a', message: 'Hãy sửa.' }]);
  });
  it('renders alike every time, as hydration needs', () => {
    const { visible } = evaluateForm(everyFieldForm(), LOAN, SUBMIT);
    const page = createElement(FormFields, { sections: visible, binding: { idPrefix: 'x', errors: [] } });
    expect(renderToStaticMarkup(page)).toBe(renderToStaticMarkup(page));
  });
});
