import { getForecastHitRate, type HitRateType } from '../../../../modules/onestop/forecast/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showShortInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';

/** The forecast's own hit rate, with the sizes it rests on. */
export function HitRates({ procedureCode }: { procedureCode: string | undefined }) {
  const t = useTranslate();
  const query = useCall(getForecastHitRate, { query: given({ procedureCode }) });
  return (
    <section className="panel" aria-labelledby="hit-title">
      <h2 id="hit-title">{t('forecast.hit.title')}</h2>
      <Loaded query={query}>
        {({ dossiers, windowDays, minSample, computedAt, rates }) => {
          const shown = (share: number | null, part: number, whole: number): string =>
            share === null
              ? t('forecast.hit.too-few', { whole, min: minSample })
              : t('forecast.hit.rate', { percent: Math.round(share * 100), part, whole });
          return (
            <>
              <p>
                {t('forecast.hit.text', { dossiers, days: windowDays })}
                <span className="hint">
                  {computedAt
                    ? t('forecast.computed-at', { when: showShortInstant(computedAt) })
                    : t('forecast.not-yet')}
                </span>
              </p>
              <Table<HitRateType>
                caption={t('forecast.hit.caption')}
                hideCaption
                rows={rates}
                rowKey={(row) => row.from}
                columns={[
                  {
                    id: 'from',
                    label: t('forecast.hit.from'),
                    rowHead: true,
                    cell: (row) => t(`forecast.hit.${row.from}`),
                  },
                  {
                    id: 'precision',
                    label: t('forecast.hit.precision'),
                    cell: (row) => shown(row.precision, row.warnedLate, row.warned),
                  },
                  {
                    id: 'recall',
                    label: t('forecast.hit.recall'),
                    cell: (row) => shown(row.recall, row.warnedLate, row.late),
                  },
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
