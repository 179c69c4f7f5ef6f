import {
  isNumeric,
  type MeasurePart,
  type RegisterDefinition,
  type RegisterMeasure,
} from '../../../../modules/insight/registers/rules/register.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { FindingsAt, Parts } from '../report-forms/fields.tsx';
import { freeName, type PartProps } from './part-props.ts';

const LINES = ' lines';

/** What is added up: the measures targets, reports and index sets may name. */
export function MeasureParts({ register, onChange, findings, locked }: PartProps) {
  const t = useTranslate();
  const { measures } = register;
  const firstNumber = register.fields.find(isNumeric)?.key;
  return (
    <>
      <Parts<RegisterMeasure>
        id="measures"
        legend={t('designer.measures')}
        parts={measures}
        nameOf={(measure) => measure.name || measure.id}
        onParts={(next) => onChange({ ...register, measures: next })}
        made={() => ({
          id: freeName(
            'chi-so-',
            measures.map((measure) => measure.id),
          ),
          name: t('designer.new-measure', { count: measures.length + 1 }),
          unit: 'count',
          numerator: firstNumber ? { field: firstNumber } : { lines: 'true' },
        })}
        addLabel={t('designer.add-measure')}
        locked={locked}
      >
        {(measure, change, at) => (
          <>
            <FindingsAt findings={findings} path={`measures[${at}]`} />
            <TextField
              id={`measure-${at}-name`}
              label={t('designer.measure-name')}
              maxLength={120}
              value={measure.name}
              onChange={(event) => change({ ...measure, name: event.currentTarget.value })}
            />
            <Select
              id={`measure-${at}-unit`}
              label={t('designer.measure-kind')}
              value={kindOf(register, measure)}
              options={(['count', 'share', 'rate'] as const).map((value) => ({
                value,
                label: t(`designer.measure-kinds.${value}`),
              }))}
              onChange={(value) => change(ofKind(register, measure, value))}
            />
            <PartField
              id={`measure-${at}-numerator`}
              label={t(measure.denominator ? 'designer.numerator' : 'designer.counted')}
              register={register}
              part={measure.numerator}
              onPart={(numerator) => change({ ...measure, numerator })}
            />
            {measure.denominator ? (
              <PartField
                id={`measure-${at}-denominator`}
                label={t('designer.denominator')}
                register={register}
                part={measure.denominator}
                onPart={(denominator) => change({ ...measure, denominator })}
              />
            ) : null}
          </>
        )}
      </Parts>
      <FindingsAt findings={findings.filter((one) => one.path === 'measures')} path="measures" />
    </>
  );
}

function PartField({
  id,
  label,
  register,
  part,
  onPart,
}: {
  id: string;
  label: string;
  register: RegisterDefinition;
  part: MeasurePart;
  onPart: (part: MeasurePart) => void;
}) {
  const t = useTranslate();
  return (
    <>
      <Select
        id={id}
        label={label}
        value={'field' in part ? part.field : LINES}
        options={[
          ...register.fields
            .filter(isNumeric)
            .map((field) => ({ value: field.key, label: t('designer.sum-of', { field: field.label || field.key }) })),
          { value: LINES, label: t('designer.number-of-lines') },
        ]}
        onChange={(value) => onPart(value === LINES ? { lines: 'true' } : { field: value })}
      />
      {'lines' in part ? (
        <TextField
          id={`${id}-lines`}
          label={t('designer.lines')}
          hint={t('designer.lines-hint')}
          code
          maxLength={300}
          value={part.lines}
          onChange={(event) => onPart({ lines: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}

const isRate = (register: RegisterDefinition, part: MeasurePart): boolean =>
  'field' in part && register.fields.some((field) => field.key === part.field && field.type === 'percent');

function kindOf(register: RegisterDefinition, measure: RegisterMeasure): 'count' | 'share' | 'rate' {
  if (measure.denominator) return 'share';
  return measure.unit === 'percent' || isRate(register, measure.numerator) ? 'rate' : 'count';
}

function ofKind(register: RegisterDefinition, measure: RegisterMeasure, kind: string): RegisterMeasure {
  const { denominator, ...rest } = measure;
  if (kind === 'share')
    return {
      ...rest,
      unit: 'percent',
      denominator: denominator ?? { field: register.fields.find(isNumeric)?.key ?? '' },
    };
  const rate = register.fields.find((field) => field.type === 'percent')?.key;
  if (kind === 'rate') return { ...rest, unit: 'percent', ...(rate ? { numerator: { field: rate } } : {}) };
  return { ...rest, unit: 'count' };
}
