import { LEVELS, type RegisterDefinition, typedFields } from '../../../../modules/insight/registers/rules/register.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';
import { Choices, FindingsAt } from '../report-forms/fields.tsx';
import { NumberInput } from './number-input.tsx';
import type { PartProps } from './part-props.ts';
import { RoundParts } from './round-parts.tsx';

const SHAPES = ['figures', 'list'] as const;
const FREQUENCIES = ['month', 'quarter', 'year', 'campaign', 'once'] as const;
const TREES = ['sum', 'whole'] as const;
const OVER_TIME = ['sum', 'latest'] as const;

/** Who enters what how often, and how it is added up. A later version keeps what figures mean. */
export function GeneralFields({ register, onChange, findings, locked, follows }: PartProps & { follows: boolean }) {
  const t = useTranslate();
  const change = (part: Partial<RegisterDefinition>): void => onChange({ ...register, ...part });
  const byRounds = register.frequency === 'campaign' || register.frequency === 'once';
  return (
    <>
      <details className="panel" open>
        <summary>{t('designer.general')}</summary>
        <TextField
          id="general-name"
          label={t('designer.name')}
          maxLength={120}
          value={register.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <FindingsAt findings={findings} path="name" />
        <TextField
          id="general-who"
          label={t('designer.who')}
          hint={t('designer.who-hint')}
          maxLength={150}
          value={register.enteredBy.who}
          onChange={(event) => change({ enteredBy: { ...register.enteredBy, who: event.currentTarget.value } })}
        />
        <Choices
          id="general-levels"
          legend={t('designer.levels')}
          options={LEVELS.map((value) => ({ value, label: t(`designer.level.${value}`) }))}
          chosen={register.enteredBy.levels}
          onChosen={(levels) => change({ enteredBy: { ...register.enteredBy, levels } })}
        />
        <FindingsAt findings={findings} path="enteredBy" />
        <fieldset className="plain-fieldset" disabled={follows}>
          <legend className="visually-hidden">{t('designer.kept')}</legend>
          {follows ? <p className="hint">{t('designer.kept')}</p> : null}
          <Select
            id="general-shape"
            label={t('designer.shape')}
            value={register.shape}
            options={SHAPES.map((value) => ({ value, label: t(`designer.shapes.${value}`) }))}
            onChange={(value) => onChange(value === 'list' ? asList(register) : asFigures(register))}
          />
          {register.shape === 'list' ? (
            <Choices
              id="general-key"
              legend={t('designer.line-key')}
              options={typedFields(register).map((field) => ({ value: field.key, label: field.label || field.key }))}
              chosen={register.lineKey ?? []}
              onChosen={(lineKey) => change({ lineKey })}
            />
          ) : null}
          <FindingsAt findings={findings} path="lineKey" />
          <Select
            id="general-frequency"
            label={t('designer.frequency')}
            value={register.frequency}
            options={FREQUENCIES.map((value) => ({ value, label: t(`registers.frequency.${value}`) }))}
            onChange={(value) => onChange(every(register, FREQUENCIES.find((one) => one === value) ?? 'month'))}
          />
          <Select
            id="general-tree"
            label={t('designer.tree')}
            value={register.tree}
            options={TREES.map((value) => ({ value, label: t(`designer.trees.${value}`) }))}
            onChange={(value) => change({ tree: TREES.find((one) => one === value) ?? 'sum' })}
          />
          <Select
            id="general-over-time"
            label={t('designer.over-time')}
            value={register.overTime}
            options={OVER_TIME.map((value) => ({ value, label: t(`designer.over-times.${value}`) }))}
            onChange={(value) => change({ overTime: OVER_TIME.find((one) => one === value) ?? 'sum' })}
          />
        </fieldset>
        {register.shape === 'list' ? (
          <TextField
            id="general-line"
            label={t('designer.line-name')}
            hint={t('designer.line-name-hint')}
            short
            maxLength={30}
            value={register.lineName ?? ''}
            onChange={(event) => {
              const { lineName: _, ...rest } = register;
              const lineName = event.currentTarget.value;
              onChange(lineName === '' ? rest : { ...rest, lineName });
            }}
          />
        ) : null}
        {byRounds ? null : (
          <>
            <NumberInput
              id="general-deadline"
              label={t('designer.deadline-days')}
              value={register.deadlineDays}
              onValue={(deadlineDays) => change({ deadlineDays: deadlineDays ?? 0 })}
            />
            <NumberInput
              id="general-close"
              label={t('designer.close-days')}
              hint={t('designer.close-hint')}
              value={register.closeDays}
              onValue={(closeDays) => change({ closeDays: closeDays ?? 0 })}
            />
            <FindingsAt findings={findings} path="closeDays" />
          </>
        )}
        <TextField
          id="general-source"
          label={t('designer.source')}
          hint={t('designer.source-hint')}
          maxLength={400}
          value={register.source}
          onChange={(event) => change({ source: event.currentTarget.value })}
        />
        <FindingsAt findings={findings} path="source" />
        <Tick
          id="general-verified"
          label={t('designer.verified')}
          checked={register.verified}
          onChange={(verified) => {
            const { doubt: _, ...rest } = register;
            onChange(verified ? { ...rest, verified } : { ...register, verified });
          }}
        />
        {register.verified ? null : (
          <TextField
            id="general-doubt"
            label={t('designer.doubt')}
            optional
            maxLength={400}
            value={register.doubt ?? ''}
            onChange={(event) => {
              const { doubt: _, ...rest } = register;
              const doubt = event.currentTarget.value;
              onChange(doubt === '' ? rest : { ...rest, doubt });
            }}
          />
        )}
      </details>
      {byRounds ? <RoundParts register={register} onChange={onChange} findings={findings} locked={locked} /> : null}
    </>
  );
}

function asList(register: RegisterDefinition): RegisterDefinition {
  const key = register.fields.find((field) => field.type === 'text' && field.required)?.key;
  return { ...register, shape: 'list', lineName: register.lineName ?? 'dòng', lineKey: key ? [key] : [] };
}

function asFigures({ lineKey: _, lineName: __, ...register }: RegisterDefinition): RegisterDefinition {
  return { ...register, shape: 'figures' };
}

/** A register of another frequency, with the days that one needs. */
function every(
  { rounds, deadlineDays = 5, closeDays = 20, ...register }: RegisterDefinition,
  frequency: RegisterDefinition['frequency'],
): RegisterDefinition {
  return frequency === 'campaign' || frequency === 'once'
    ? { ...register, frequency, rounds: rounds ?? [] }
    : { ...register, frequency, deadlineDays, closeDays };
}
