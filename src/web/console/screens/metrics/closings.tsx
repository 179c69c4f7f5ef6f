import {
  type ClosingType,
  closeMetricPeriod,
  getMetric,
  listMetricClosings,
  listMetricCorrections,
  type MetricValueType,
} from '../../../../modules/insight/metrics/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { writePeriod } from '../../data/period.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { fractionText, valueText } from './metric-text.ts';
import type { Place } from './place-filters.tsx';

/** Freezes the figures of the period, after a question, since it cannot be undone. */
export function CloseButton({ place, value }: { place: Place; value: MetricValueType }) {
  const t = useTranslate();
  const { act, busy, error } = useAct([getMetric, listMetricClosings]);
  const { unitId, period, cutoff = 'calendar' } = place;
  return (
    <Disclosure label={t('metrics.close.label')}>
      {(close) => (
        <>
          <FailureNote error={error} />
          <p>
            {t('metrics.close.text', {
              unit: value.unitName,
              from: showDay(value.period.from),
              to: showDay(value.period.to),
            })}
          </p>
          <ButtonRow>
            <Button
              type="button"
              small
              disabled={busy}
              onClick={() =>
                void act(
                  () => call(closeMetricPeriod, { body: { unitId, period, cutoff } }),
                  t('metrics.close.done'),
                ).then((done) => done && close())
              }
            >
              {t('metrics.close.confirm')}
            </Button>
            <Button type="button" look="link" onClick={close}>
              {t('console.cancel')}
            </Button>
          </ButtonRow>
        </>
      )}
    </Disclosure>
  );
}

/** Periods the unit has closed, each with what was corrected since. */
export function Closings({
  unitId,
  names,
}: {
  unitId: string;
  names: readonly { readonly id: string; readonly name: string }[];
}) {
  const t = useTranslate();
  const query = useCall(listMetricClosings, { query: { unitId } });
  return (
    <Fold id="closings" title={t('metrics.closings.title')} panel>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title={t('metrics.closings.none')} />
          ) : (
            <Table
              caption={t('metrics.closings.title')}
              hideCaption
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'period',
                  label: t('metrics.period'),
                  rowHead: true,
                  cell: (row) => writePeriod(row.period, t),
                },
                { id: 'cutoff', label: t('metrics.cutoff'), cell: (row) => t(`metrics.cutoffs.${row.cutoff}`) },
                {
                  id: 'by',
                  label: t('metrics.closings.by'),
                  cell: (row) =>
                    t('metrics.closings.when', {
                      when: showShortInstant(row.closedAt),
                      who: row.closedBy ?? t('metrics.closings.software'),
                    }),
                },
                {
                  id: 'corrections',
                  label: t('metrics.corrections.title'),
                  cell: (row) => (
                    <Disclosure label={t('metrics.corrections.show')}>
                      {() => <Corrections unitId={unitId} closing={row} names={names} />}
                    </Disclosure>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Fold>
  );
}

function Corrections({
  unitId,
  closing,
  names,
}: {
  unitId: string;
  closing: ClosingType;
  names: readonly { readonly id: string; readonly name: string }[];
}) {
  const t = useTranslate();
  const query = useCall(listMetricCorrections, {
    query: { unitId, period: closing.period, cutoff: closing.cutoff },
  });
  const text = (value: MetricValueType): string => `${valueText(value, t)} ${fractionText(value, t)}`.trim();
  return (
    <Loaded query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <p>{t('metrics.corrections.none')}</p>
        ) : (
          <Table
            caption={t('metrics.corrections.title')}
            hideCaption
            rows={rows.map((row, nth) => ({ ...row, nth }))}
            rowKey={(row) => String(row.nth)}
            columns={[
              {
                id: 'metric',
                label: t('metrics.metric'),
                rowHead: true,
                cell: (row) => names.find((one) => one.id === row.metricId)?.name ?? row.metricId,
              },
              { id: 'unit', label: t('metrics.unit'), cell: (row) => row.frozen.unitName },
              { id: 'frozen', label: t('metrics.corrections.frozen'), cell: (row) => text(row.frozen) },
              { id: 'now', label: t('metrics.corrections.now'), cell: (row) => text(row.now) },
            ]}
          />
        )
      }
    </Loaded>
  );
}
