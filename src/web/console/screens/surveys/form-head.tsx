import type { Questionnaire } from '../../../../modules/insight/surveys/rules/questionnaire.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Select } from '../../ui/select.tsx';

type Change = {
  draft: Questionnaire;
  onChange: (next: Questionnaire) => void;
  /** What is wrong with the control of that id; undefined: nothing is, or nobody has tried to save yet. */
  wrong: (id: string) => string | undefined;
};

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** An id nobody else of the list has: `prefix1`, `prefix2` … */
export function freshId(prefix: string, taken: readonly string[]): string {
  for (let no = 1; ; no++) if (!taken.includes(`${prefix}${no}`)) return `${prefix}${no}`;
}

/** Name, kind, days, scale and factors of a draft. */
export function FormHead({ draft, onChange, wrong }: Change) {
  const t = useTranslate();
  const { validTo: _, ...withoutEnd } = draft;
  return (
    <section className="panel" aria-labelledby="form-head">
      <h2 id="form-head">{t('surveys.form-head')}</h2>
      <div className="grid-fields">
        <TextField
          id="form-name"
          label={t('surveys.form-name')}
          error={wrong('form-name')}
          value={draft.name}
          maxLength={200}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        <Select
          id="form-kind"
          label={t('surveys.kind')}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind: kind === 'index' ? 'index' : 'free' })}
          options={(['index', 'free'] as const).map((value) => ({ value, label: t(`surveys.kinds.${value}`) }))}
        />
        <Select
          id="form-index"
          label={t('surveys.index')}
          value={draft.index}
          onChange={(index) => onChange({ ...draft, index: index === 'mean' ? 'mean' : 'share' })}
          options={(['share', 'mean'] as const).map((value) => ({ value, label: t(`surveys.indexes.${value}`) }))}
        />
        <DayField
          id="form-from"
          label={t('surveys.valid-from')}
          day={draft.validFrom}
          optional={false}
          onDay={(validFrom) => onChange({ ...draft, validFrom })}
        />
        <DayField
          id="form-to"
          label={t('surveys.valid-to')}
          day={draft.validTo ?? ''}
          onDay={(day) => onChange(day === '' ? withoutEnd : { ...draft, validTo: day })}
        />
        <TextField
          id="form-source"
          label={t('surveys.source')}
          error={wrong('form-source')}
          value={draft.source}
          maxLength={500}
          onChange={(event) => onChange({ ...draft, source: event.currentTarget.value })}
        />
        <TextAreaField
          id="form-intro"
          label={t('surveys.form-intro')}
          rows={2}
          maxLength={2000}
          optional
          value={draft.intro ?? ''}
          onChange={(event) => onChange({ ...draft, intro: event.currentTarget.value })}
        />
        <TextAreaField
          id="form-scale"
          label={t('surveys.scale')}
          error={wrong('form-scale')}
          hint={t('surveys.scale-hint')}
          rows={5}
          defaultValue={draft.scale.join('\n')}
          onChange={(event) => onChange({ ...draft, scale: lines(event.currentTarget.value) })}
        />
        <Select
          id="form-satisfied"
          label={t('surveys.satisfied')}
          value={String(draft.satisfiedFrom)}
          onChange={(value) => onChange({ ...draft, satisfiedFrom: Number(value) })}
          options={draft.scale.map((text, at) => ({ value: String(at + 1), label: text })).slice(1)}
        />
      </div>
      <Factors draft={draft} onChange={onChange} wrong={wrong} />
    </section>
  );
}

function Factors({ draft, onChange, wrong }: Change) {
  const t = useTranslate();
  const { factors } = draft;
  return (
    <fieldset className="field">
      <legend>{t('surveys.factors')}</legend>
      {factors.map((factor, at) => (
        <div className="filters" key={factor.id}>
          <TextField
            id={`factor-${factor.id}`}
            label={t('surveys.factor-name', { no: at + 1 })}
            error={wrong(`factor-${factor.id}`)}
            value={factor.name}
            maxLength={200}
            onChange={(event) => {
              const name = event.currentTarget.value;
              onChange({ ...draft, factors: factors.map((each, n) => (n === at ? { ...each, name } : each)) });
            }}
          />
          <Button
            type="button"
            look="link"
            onClick={() => onChange({ ...draft, factors: factors.filter((_, n) => n !== at) })}
          >
            {t('surveys.remove')}
            <span className="visually-hidden"> {factor.name}</span>
          </Button>
        </div>
      ))}
      <Button
        type="button"
        look="secondary"
        small
        onClick={() => {
          const id = freshId(
            'f',
            factors.map((factor) => factor.id),
          );
          onChange({ ...draft, factors: [...factors, { id, name: t('surveys.new-factor') }] });
        }}
      >
        {t('surveys.add-factor')}
      </Button>
    </fieldset>
  );
}
