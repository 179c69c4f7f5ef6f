import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getMetricOptions } from '../../../../modules/insight/metrics/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { isShort, readPeriod, writePeriod } from '../../data/period.ts';
import { given } from '../../data/use-call.ts';
import { Select } from '../../ui/select.tsx';

export type Options = ReplyOf<typeof getMetricOptions>;
export type Place = {
  readonly unitId: string;
  readonly period: string;
  readonly roll?: 'tree' | 'own';
  readonly cutoff?: 'calendar' | 'nd09';
  readonly field?: string;
  readonly procedureCode?: string;
};

const ROLLS = ['tree', 'own'] as const;
const CUTOFFS = ['calendar', 'nd09'] as const;

/** What the address says of unit, period and field; undefined where the reader has no unit. */
export function usePlace(options: Options | undefined): Place | undefined {
  const [filters] = useFilters();
  const today = useToday();
  if (!options) return undefined;
  const unitId = options.units.find((one) => one.id === filters['don-vi'])?.id ?? options.units[0]?.id;
  if (unitId === undefined) return undefined;
  return {
    unitId,
    period: readPeriod(filters['ky'] ?? '') ?? today.slice(0, 7),
    ...given({
      roll: ROLLS.find((one) => one === filters['pham-vi']),
      cutoff: CUTOFFS.find((one) => one === filters['chot']),
      field: options.fields.find((one) => one.code === filters['linh-vuc'])?.code,
      procedureCode: options.procedures.find((one) => one.code === filters['thu-tuc'])?.code,
    }),
  };
}

/** Unit, scope, period, cut-off, field and procedure. */
export function PlaceFilters({ options, place }: { options: Options; place: Place }) {
  const t = useTranslate();
  const [, set] = useFilters();
  const today = useToday();
  const [wrong, setWrong] = useState(false);
  const written = writePeriod(place.period, t);
  const procedures = options.procedures.filter((one) => place.field === undefined || one.field === place.field);
  return (
    <>
      <Select
        id="metric-unit"
        label={t('metrics.unit')}
        value={place.unitId}
        onChange={(value) => set({ 'don-vi': value })}
        options={options.units.map((one) => ({ value: one.id, label: one.name }))}
      />
      <Select
        id="metric-roll"
        label={t('metrics.roll')}
        value={place.roll ?? 'tree'}
        onChange={(value) => set({ 'pham-vi': value })}
        options={ROLLS.map((value) => ({ value, label: t(`metrics.rolls.${value}`) }))}
      />
      <TextField
        id="metric-period"
        label={t('metrics.period')}
        hint={t('metrics.period-hint', { year: today.slice(0, 4) })}
        short={isShort(written)}
        key={place.period}
        defaultValue={written}
        error={wrong ? t('ui.period.wrong') : undefined}
        onBlur={(event) => {
          const typed = event.currentTarget.value.trim();
          const period = readPeriod(typed);
          setWrong(typed !== '' && period === undefined);
          if (typed === '' || period !== undefined) set({ ky: period });
        }}
      />
      <Select
        id="metric-cutoff"
        label={t('metrics.cutoff')}
        value={place.cutoff ?? 'calendar'}
        onChange={(value) => set({ chot: value })}
        options={CUTOFFS.map((value) => ({ value, label: t(`metrics.cutoffs.${value}`) }))}
      />
      <Select
        id="metric-field"
        label={t('metrics.field')}
        value={place.field ?? ''}
        onChange={(value) => set({ 'linh-vuc': value, 'thu-tuc': undefined })}
        options={options.fields.map((one) => ({ value: one.code, label: one.name }))}
        empty={t('console.all')}
      />
      <Select
        id="metric-procedure"
        label={t('metrics.procedure')}
        value={place.procedureCode ?? ''}
        onChange={(value) => set({ 'thu-tuc': value })}
        options={procedures.map((one) => ({ value: one.code, label: one.name }))}
        empty={t('console.all')}
      />
    </>
  );
}
