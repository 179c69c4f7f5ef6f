import { Link } from '@tanstack/react-router';
import { dayOf } from '../../../../core/time/index.ts';
import { getOverview } from '../../../../modules/insight/overview/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { Loading } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showInstant } from '../../data/format.ts';
import { isShort, readPeriod, writePeriod } from '../../data/period.ts';
import { given, useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { valueText } from '../metrics/metric-text.ts';
import { Charts } from './charts.tsx';
import { Concerns } from './concerns.tsx';
import { Figures } from './figures.tsx';

/** What a leader reads in five minutes: what is red, since when, with whom, what next; the figures; the units below. */
export default function Overview() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const typed = filters.ky ?? '';
  const period = readPeriod(typed);
  const wrong = typed !== '' && period === undefined;
  const query = useCall(
    getOverview,
    { query: given({ unitId: filters['don-vi'], period }) },
    { keep: true, refetchEvery: 120_000 },
  );
  return (
    <>
      <ScreenHead title={t('overview.title')}>
        <Button type="button" look="secondary" small onClick={() => window.print()}>
          {t('overview.print')}
        </Button>
      </ScreenHead>
      <Loaded query={query}>
        {(page) => (
          <>
            <div className="filters no-print">
              <Select
                id="overview-unit"
                label={t('overview.unit')}
                // While another unit is fetched, it is the one chosen; what is below is still of the one before.
                value={(query.isPlaceholderData && filters['don-vi']) || page.unit.id}
                onChange={(value) => set({ 'don-vi': value })}
                options={page.units.map((one) => ({ value: one.id, label: one.name }))}
              />
              <TextField
                id="overview-period"
                label={t('overview.period')}
                hint={t('overview.period-hint', { year: page.at.slice(0, 4) })}
                short={isShort(writePeriod(page.period.id, t))}
                defaultValue={writePeriod(page.period.id, t)}
                {...given({ error: wrong ? t('ui.period.wrong') : undefined })}
                onBlur={(event) => set({ ky: event.currentTarget.value.trim() })}
              />
            </div>
            {query.isPlaceholderData ? <Loading /> : null}
            <p aria-live="polite">
              <strong>{page.unit.name}</strong>.{' '}
              {t('overview.at', {
                when: showInstant(page.at),
                from: showDay(page.period.from),
                to: showDay(page.period.to),
              })}
            </p>
            <Concerns concerns={page.concerns} today={dayOf(new Date(page.at))} />
            <Figures page={page} />
            {page.period.from > dayOf(new Date(page.at)) ? null : <Charts page={page} />}
            {page.below.length > 0 ? (
              <section className="panel" aria-labelledby="below-title">
                <h2 id="below-title">{t('overview.below')}</h2>
                <p className="hint">
                  {t('overview.at', {
                    when: showInstant(page.at),
                    from: showDay(page.period.from),
                    to: showDay(page.period.to),
                  })}
                </p>
                <CsvButton
                  name={`don-vi-truc-thuoc-${page.period.id}`}
                  rows={page.below}
                  columns={[
                    { label: t('overview.unit'), value: (row) => row.unitName },
                    ...page.figures.map((figure) => ({
                      label: figure.name,
                      value: (row: (typeof page.below)[number]) =>
                        row.values.find((one) => one.metricId === figure.metricId)?.rounded ?? '',
                    })),
                  ]}
                />
                <Table
                  caption={t('overview.below-caption')}
                  hideCaption
                  rows={page.below}
                  rowKey={(row) => row.unitId}
                  columns={[
                    {
                      id: 'unit',
                      label: t('overview.unit'),
                      rowHead: true,
                      cell: (row) => (
                        <Link to="/lanh-dao" search={given({ 'don-vi': row.unitId, ky: period }) as never}>
                          {row.unitName}
                        </Link>
                      ),
                    },
                    ...page.figures.map((figure) => ({
                      id: figure.metricId,
                      label: figure.name,
                      numeric: true,
                      cell: (row: (typeof page.below)[number]) => {
                        const value = row.values.find((one) => one.metricId === figure.metricId);
                        if (!value) return '–';
                        const search = { 'so-lieu': figure.metricId, 'don-vi': row.unitId, ky: page.period.id };
                        return (
                          <Link to="/so-lieu" search={search as never}>
                            {valueText(value, t)}
                          </Link>
                        );
                      },
                    })),
                  ]}
                />
              </section>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}
