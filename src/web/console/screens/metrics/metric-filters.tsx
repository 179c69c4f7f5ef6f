import { splitMetric } from '../../../../modules/insight/metrics/contract.ts';
import { METRIC_GROUPS } from '../../../../modules/insight/metrics/rules/facts.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Filters } from '../../ui/filters.tsx';
import { Select } from '../../ui/select.tsx';
import type { Asked } from './metrics.tsx';
import { type Options, type Place, PlaceFilters } from './place-filters.tsx';

const CHANNELS = ['desk', 'online', 'post'] as const;
const UUID = /^[0-9a-f-]{36}$/;

/** Whether the reader may know who did the steps at the unit. */
export const usePersons = (unitId: string | undefined): boolean => {
  const me = useMe();
  return unitId !== undefined && mayDo(me, 'metrics.persons', unitId);
};

/** What the address asks of a metric; filters its fact has not are left out. */
export function useAsked(found: Options | undefined, place: Place | undefined): Asked | undefined {
  const [filters] = useFilters();
  const persons = usePersons(place?.unitId);
  if (!found || !place) return undefined;
  const metric = found.metrics.find((one) => one.id === filters['so-lieu']) ?? found.metrics[0];
  if (!metric) return undefined;
  const has = (dimension: string): boolean => metric.dimensions.includes(dimension);
  const person = filters['can-bo'] ?? '';
  return {
    metricId: metric.id,
    ...place,
    ...given({
      channel: CHANNELS.find((one) => one === filters['kenh'] && has('channel')),
      receivedUnitId: found.units.find((one) => one.id === filters['noi-nhan'] && has('received-unit'))?.id,
      stepId: found.steps.find((one) => one.id === filters['buoc'] && has('step'))?.id,
      staffId: has('person') && persons && UUID.test(person) ? person : undefined,
    }),
  };
}

/** The metric, the place, and what else the metric's fact can be narrowed by. */
export function MetricFilters({ found, place, asked }: { found: Options; place: Place; asked: Asked }) {
  const t = useTranslate();
  const [, set] = useFilters();
  const persons = usePersons(place.unitId);
  const metric = found.metrics.find((one) => one.id === asked.metricId);
  const has = (dimension: string): boolean => metric?.dimensions.includes(dimension) ?? false;
  const { metricId: _, unitId, period, ...narrowed } = asked;
  return (
    <Filters chosen={Object.keys(narrowed).length}>
      <Select
        id="metric"
        label={t('metrics.metric')}
        value={asked.metricId}
        onChange={(value) => set({ 'so-lieu': value })}
        options={METRIC_GROUPS.flatMap((group) =>
          found.metrics
            .filter((one) => one.group === group)
            .map((one) => ({ value: one.id, label: one.name, group: t(`metrics.groups.${group}`) })),
        )}
      />
      <PlaceFilters options={found} place={place} />
      {has('received-unit') ? (
        <Select
          id="metric-received-by"
          label={t('metrics.received-by')}
          value={asked.receivedUnitId ?? ''}
          onChange={(value) => set({ 'noi-nhan': value })}
          options={found.units.map((one) => ({ value: one.id, label: one.name }))}
          empty={t('console.all')}
        />
      ) : null}
      {has('channel') ? (
        <Select
          id="metric-channel"
          label={t('metrics.channel')}
          value={asked.channel ?? ''}
          onChange={(value) => set({ kenh: value })}
          options={CHANNELS.map((value) => ({ value, label: t(`console.channel.${value}`) }))}
          empty={t('console.all')}
        />
      ) : null}
      {has('step') ? (
        <Select
          id="metric-step"
          label={t('metrics.steps.bys.step')}
          value={asked.stepId ?? ''}
          onChange={(value) => set({ buoc: value })}
          options={found.steps.map((one) => ({ value: one.id, label: one.name }))}
          empty={t('console.all')}
        />
      ) : null}
      {has('person') && persons ? <PersonFilter asked={asked} /> : null}
    </Filters>
  );
}

/** People who did steps in the period, the busiest first. */
function PersonFilter({ asked }: { asked: Asked }) {
  const t = useTranslate();
  const [, set] = useFilters();
  const { staffId = '', ...others } = asked;
  const query = useCall(splitMetric, { query: { ...others, by: 'person' } });
  const people = (query.data?.rows ?? []).map(({ key, name }) => ({
    value: key,
    label: name ?? t('metrics.split.nothing.person'),
  }));
  // Somebody asked for who did nothing in the period is shown as such, not as all.
  const known = staffId === '' || people.some((one) => one.value === staffId);
  return (
    <Select
      id="metric-person"
      label={t('metrics.steps.bys.person')}
      value={staffId}
      onChange={(value) => set({ 'can-bo': value })}
      options={known ? people : [...people, { value: staffId, label: t('metrics.split.idle-person') }]}
      empty={t('console.all')}
    />
  );
}
