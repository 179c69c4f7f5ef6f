import {
  type KnownRegister,
  METRICS_SOURCE,
  SOURCE_PARTS,
  SOURCE_PERIODS,
  SOURCE_REACHES,
  type Source,
} from '../../../../modules/insight/reports/rules/source.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';

/** Whether a typed cell comes from a register: from which measure, what of it, of whom, of which periods. */
export function SourceFields({
  id,
  label,
  source,
  registers,
  onSource,
}: {
  id: string;
  label: string;
  source: Source | undefined;
  registers: readonly KnownRegister[];
  onSource: (source: Source | undefined) => void;
}) {
  const t = useTranslate();
  const known = registers
    .find((one) => one.id === source?.register)
    ?.measures.find((one) => one.id === source?.measure);
  const options = registers.flatMap((register) =>
    register.measures.map((measure) => ({
      value: `${register.id} ${measure.id}`,
      label: `${register.name} – ${measure.name}`,
    })),
  );
  const chosen = source ? `${source.register} ${source.measure}` : '';
  return (
    <>
      <Select
        id={id}
        label={label}
        value={chosen}
        empty={t('reports.forms.source-none')}
        // What nobody has any more stays in sight until it is changed.
        options={source && !known ? [{ value: chosen, label: chosen }, ...options] : options}
        onChange={(value) => {
          const [register, measure] = value.split(' ');
          if (!register || !measure) return onSource(undefined);
          const { part: _, ...rest } = source ?? { overwrite: true };
          onSource({ ...rest, register, measure });
        }}
      />
      {source ? (
        <>
          <Select
            id={`${id}-part`}
            label={t('reports.forms.source-part')}
            value={source.part ?? 'value'}
            options={SOURCE_PARTS.filter((part) => part !== 'denominator' || known?.divided).map((value) => ({
              value,
              label: t(`reports.sources.part-${value}`),
            }))}
            onChange={(value) => onSource({ ...source, part: SOURCE_PARTS.find((one) => one === value) ?? 'value' })}
          />
          <Select
            id={`${id}-reach`}
            label={t('reports.forms.source-reach')}
            value={source.reach ?? 'tree'}
            options={SOURCE_REACHES.map((value) => ({ value, label: t(`reports.forms.reaches.${value}`) }))}
            onChange={(value) => onSource({ ...source, reach: SOURCE_REACHES.find((one) => one === value) ?? 'tree' })}
          />
          <Select
            id={`${id}-period`}
            label={t('reports.forms.source-period')}
            value={source.period ?? 'within'}
            options={SOURCE_PERIODS.filter((one) => one !== 'latest' || source.register !== METRICS_SOURCE).map(
              (value) => ({ value, label: t(`reports.forms.source-periods.${value}`) }),
            )}
            onChange={(value) =>
              onSource({ ...source, period: SOURCE_PERIODS.find((one) => one === value) ?? 'within' })
            }
          />
          <Tick
            id={`${id}-overwrite`}
            label={t('reports.forms.source-overwrite')}
            checked={source.overwrite ?? false}
            onChange={(overwrite) => onSource({ ...source, overwrite })}
          />
          <TextField
            id={`${id}-doubt`}
            label={t('reports.forms.source-doubt')}
            maxLength={400}
            value={source.doubt ?? ''}
            onChange={(event) => {
              const { doubt: _, ...rest } = source;
              const doubt = event.currentTarget.value;
              onSource(doubt === '' ? rest : { ...rest, doubt });
            }}
          />
        </>
      ) : null}
    </>
  );
}
