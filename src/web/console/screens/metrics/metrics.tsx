import { Link } from '@tanstack/react-router';
import {
  type AskedQueryType,
  getMetric,
  getMetricOptions,
  type MetricValueType,
} from '../../../../modules/insight/metrics/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { FoldLink, Folds } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Mentions, useMentions } from '../registers/mentions.tsx';
import { ByUnit } from './by-unit.tsx';
import { CloseButton, Closings } from './closings.tsx';
import { MetricFilters, useAsked, usePersons } from './metric-filters.tsx';
import { MetricRows } from './metric-rows.tsx';
import { fractionText, valueText } from './metric-text.ts';
import { Narrowed } from './narrowed.tsx';
import { type Options, type Place, usePlace } from './place-filters.tsx';
import { Split } from './split.tsx';
import { Trend } from './trend.tsx';

export type Asked = AskedQueryType;

/** One figure: of which unit and period, how it is made, how it moved, and the dossiers it counts. */
export default function MetricsScreen() {
  const t = useTranslate();
  const options = useCall(getMetricOptions, {}, { staleTime: 300_000 });
  const place = usePlace(options.data);
  const asked = useAsked(options.data, place);
  return (
    <>
      <ScreenHead title={t('metrics.title')}>
        <Link to="/so-lieu/buoc" className="button button--secondary">
          {t('metrics.steps.title')}
        </Link>
      </ScreenHead>
      <Loaded query={options}>
        {(found) => {
          if (place === undefined || asked === undefined)
            return (
              <EmptyState title={t('metrics.no-units')}>
                <p>{t('metrics.no-units-text')}</p>
              </EmptyState>
            );
          return (
            <>
              <MetricFilters found={found} place={place} asked={asked} />
              <Folds first="trend">
                <Figure key={JSON.stringify(asked)} asked={asked} place={place} found={found} />
                <Closings unitId={place.unitId} names={found.metrics} />
              </Folds>
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Figure({ asked, place, found }: { asked: Asked; place: Place; found: Options }) {
  const t = useTranslate();
  const query = useCall(getMetric, { query: asked });
  const persons = usePersons(asked.unitId);
  return (
    <Loaded query={query}>
      {({ definition, value, trend, units, closable }) => (
        <>
          <section className="panel" aria-labelledby="figure-title">
            <h2 id="figure-title">{definition.name}</h2>
            <p>
              <strong>{valueText(value, t)}</strong> <span>{fractionText(value, t)}</span>
              <span className="hint">
                {value.unitName}.{' '}
                {t('metrics.days', { from: showDay(value.period.from), to: showDay(value.period.to) })}.{' '}
                {value.frozenAt
                  ? t('metrics.frozen', { when: showShortInstant(value.frozenAt) })
                  : t('metrics.computed', { when: showShortInstant(value.computedAt) })}
              </span>
            </p>
            <p className="no-print">
              <FoldLink id="rows">
                {t(definition.fact === 'visit' ? 'metrics.to-rows-visits' : 'metrics.to-rows')}
              </FoldLink>
            </p>
            <Narrowed asked={asked} found={found} />
            {value.frozenAt ? <p>{t('metrics.frozen-parts')}</p> : null}
            {value.frozenAt ? <Commended metricId={asked.metricId} value={value} /> : null}
            {value.warnings.map((one) => (
              <p key={one}>{t(`metrics.warning.${one}`)}</p>
            ))}
            <h3>{t('metrics.definition')}</h3>
            <p>
              {definition.meaning}
              <span className="hint">{t('metrics.source', { source: definition.source })}</span>
              {definition.note ? <span className="hint">{definition.note}</span> : null}
            </p>
            {definition.verified ? null : (
              <p>
                <Tag tone="amber">{t('metrics.unverified')}</Tag>
              </p>
            )}
            {closable ? <CloseButton place={place} value={value} /> : null}
          </section>
          <Trend name={definition.name} values={trend} />
          {units.length > 1 ? <ByUnit name={definition.name} whole={value} units={units} known={found.units} /> : null}
          <Split asked={asked} dimensions={definition.dimensions} persons={persons} />
          <MetricRows asked={asked} fact={definition.fact} hasDenominator={definition.hasDenominator} />
        </>
      )}
    </Loaded>
  );
}

/** Who was commended for a closed figure. */
function Commended({ metricId, value: { unitId, period } }: { metricId: string; value: MetricValueType }) {
  const id = `metric:${metricId}:${unitId}:${period.id}:${period.cutoff}`;
  return <Mentions id="figure" rows={useMentions(id)} />;
}
