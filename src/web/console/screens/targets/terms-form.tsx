import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getTargetOptions } from '../../../../modules/insight/targets/contract.ts';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';
import {
  chooseSource,
  draftOf,
  type Faults,
  isCounted,
  isMoving,
  mayMove,
  REFERENCES,
  RELATIONS,
  type TermsDraft,
} from './terms-draft.ts';

export type TargetOptions = ReplyOf<typeof getTargetOptions>;
const MEASURES = ['percent', 'count', 'points'] as const;
const FORECASTS = ['ratio', 'count', 'none'] as const;

/** The fields of a target; `wrong` are those that were sent empty, unreadable or out of bounds. */
export function TermsForm({
  draft,
  onDraft,
  wrong,
  options,
  before,
  referenceName,
}: {
  draft: TermsDraft;
  onDraft: (change: Partial<TermsDraft>) => void;
  wrong: Faults;
  options: TargetOptions;
  /** What an edited target says: its source may be one the form does not offer. */
  before?: TargetTerms;
  /** The unit it is compared with, which may be none of those offered. */
  referenceName?: string | null;
}) {
  const t = useTranslate();
  const errorOf = (name: keyof TermsDraft): string | undefined => {
    const fault = wrong[name];
    if (fault === undefined) return undefined;
    return fault === 'range'
      ? t(`targets.range.${name}`)
      : t(fault === 'empty' ? 'targets.empty-field' : 'ui.no-number');
  };
  const text = (name: keyof TermsDraft, more: { short?: boolean; optional?: boolean; hint?: string } = {}) => (
    <TextField
      id={`target-${name}`}
      label={t(`targets.field.${name}`)}
      autoComplete="off"
      value={String(draft[name])}
      error={errorOf(name)}
      onChange={(event) => onDraft({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  const counted = isCounted(draft.value, before);
  const kept = before !== undefined && draftOf(before).value === 'kept';
  const offered = options.units.some((one) => one.id === draft.referenceUnit);
  const references = options.units.map((one) => ({ value: one.id, label: one.name }));
  return (
    <>
      {text('name')}
      {text('owner', { hint: t('targets.owner-hint') })}
      {text('sourceNumber', { optional: true, short: true })}
      <DayField
        id="target-sourceDate"
        label={t('targets.field.sourceDate')}
        day={draft.sourceDate}
        onDay={(sourceDate) => onDraft({ sourceDate })}
      />
      {text('sourceText')}
      <Select
        id="target-value"
        label={t('targets.value-from')}
        value={draft.value}
        onChange={(value) => onDraft(chooseSource(draft, value, before))}
        options={[
          ...(kept ? [{ value: 'kept', label: t('targets.from.kept') }] : []),
          { value: 'manual', label: t('targets.from.entered') },
          ...options.metrics.map((one) => ({
            value: `metric:${one.id}`,
            label: one.name,
            group: t('targets.from.metric'),
          })),
          ...options.registers.map((one) => ({
            value: `register:${one.register}/${one.measure}`,
            label: one.name,
            group: t('targets.from.register'),
          })),
        ]}
      />
      <Select
        id="target-relation"
        label={t('targets.goal-head')}
        value={draft.relation}
        onChange={(value) => onDraft({ relation: RELATIONS.find((one) => one === value) ?? 'at-least' })}
        options={RELATIONS.filter((one) => !isMoving({ relation: one }) || mayMove(draft.value, before)).map(
          (value) => ({
            value,
            label: t(`targets.relation.${value}`),
          }),
        )}
      />
      {draft.relation === 'band' ? (
        <>
          {text('bands', { hint: t('targets.bands-hint') })}
          {text('band', { short: true })}
        </>
      ) : isMoving(draft) ? (
        <>
          <Select
            id="target-reference"
            label={t('targets.field.reference')}
            value={draft.reference}
            onChange={(value) => onDraft({ reference: REFERENCES.find((one) => one === value) ?? 'parent' })}
            options={REFERENCES.map((value) => ({ value, label: t(`targets.reference.${value}`) }))}
          />
          {draft.reference === 'unit' ? (
            <Select
              id="target-referenceUnit"
              label={t('targets.unit')}
              value={draft.referenceUnit}
              empty={t('targets.choose')}
              error={errorOf('referenceUnit')}
              onChange={(referenceUnit) => onDraft({ referenceUnit })}
              options={
                referenceName && !offered && draft.referenceUnit !== ''
                  ? [{ value: draft.referenceUnit, label: referenceName }, ...references]
                  : references
              }
            />
          ) : null}
        </>
      ) : (
        text('goal', { short: true })
      )}
      {draft.relation === 'band' || counted || draft.value.startsWith('register:') ? null : (
        <Select
          id="target-measure"
          label={t('targets.field.measure')}
          value={draft.measure}
          onChange={(value) => onDraft({ measure: MEASURES.find((one) => one === value) ?? 'percent' })}
          options={MEASURES.map((value) => ({ value, label: t(`targets.measure.${value}`) }))}
        />
      )}
      {text('weight', { short: true })}
      <details>
        <summary>{t('targets.more')}</summary>
        {draft.relation === 'band' ? null : (
          <>
            {text('decimals', { short: true })}
            {text('near', { short: true, hint: t('targets.near-hint') })}
            {text('minimum', { short: true, optional: true, hint: t('targets.minimum-hint') })}
            {counted ? null : (
              <>
                {text('planned', { short: true, optional: true, hint: t('targets.planned-hint') })}
                <Tick
                  id="target-derived"
                  label={t('targets.field.derived')}
                  checked={draft.derived}
                  onChange={(derived) => onDraft({ derived })}
                />
              </>
            )}
            <Select
              id="target-forecast"
              label={t('targets.field.forecast')}
              value={draft.forecast}
              onChange={(value) => onDraft({ forecast: FORECASTS.find((one) => one === value) ?? 'ratio' })}
              options={FORECASTS.map((value) => ({ value, label: t(`targets.forecast-by.${value}`) }))}
            />
            {text('baseValue', { short: true, optional: true })}
            {text('baseLabel', { optional: draft.baseValue.trim() === '' })}
          </>
        )}
        <TextAreaField
          id="target-note"
          label={t('targets.note')}
          optional
          rows={2}
          maxLength={1000}
          value={draft.note}
          onChange={(event) => onDraft({ note: event.currentTarget.value })}
        />
      </details>
    </>
  );
}
