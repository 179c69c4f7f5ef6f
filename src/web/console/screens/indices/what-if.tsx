import { useState } from 'react';
import { getIndexWhatIf, type SheetPageType, type WhatIfType } from '../../../../modules/insight/indices/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { readNumber } from '../reports/words.ts';
import { count, points } from './words.ts';

type Line = WhatIfType['rows'][number];
type Way = Line['ways'][number];

/** How many more good items for so many points, the next step, the maximum: by the rules of the set, formulas too. */
export function WhatIfTable({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  const [typed, setTyped] = useState('1');
  const wished = readNumber(typed);
  const wrong = typeof wished !== 'number' || wished < 0.01 || wished > 1000;
  const query = useCall(
    getIndexWhatIf,
    { params: { id: page.id }, query: wrong || wished === 1 ? {} : { more: wished } },
    { keep: true },
  );
  return (
    <Fold id="what-if" title={t('indices.what-if')} panel>
      <p className="hint">{t('indices.what-if-text')}</p>
      <TextField
        id="what-if-more"
        label={t('indices.what-if-more')}
        short
        inputMode="decimal"
        value={typed}
        error={wrong ? t('indices.what-if-wrong') : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded query={query}>{(found) => <Lines page={page} found={found} />}</Loaded>
    </Fold>
  );
}

function Lines({ page, found }: { page: SheetPageType; found: WhatIfType }) {
  const t = useTranslate();
  if (found.rows.length === 0) return <p>{t('indices.what-if-none')}</p>;
  const goal = (row: Line): string =>
    t(`indices.goals.${row.goal}`, { points: points(row.points, t), more: points(found.more, t) });
  const needed = (way: Way): string => {
    if (way.least === null)
      return t(way.all ? 'indices.needs.never' : 'indices.needs.not-within', { tried: count(way.tried) });
    const text = t(`indices.ways.${way.way}`, { least: count(way.least) });
    return way.last === null ? text : t('indices.needs.until', { text, last: count(way.last) });
  };
  /** Of the items there are, or of new ones. */
  const along = (row: Line, ways: readonly Way['way'][]): readonly string[] =>
    row.ways.flatMap((way) => (ways.includes(way.way) ? [needed(way)] : []));
  const [there, fresh] = [['turned', 'fewer'] as const, ['added', 'others'] as const];
  const cell = (row: Line, ways: readonly Way['way'][]) => along(row, ways).map((text) => <div key={text}>{text}</div>);
  return (
    <>
      <Table
        caption={t('indices.what-if')}
        hideCaption
        rows={found.rows}
        rowKey={(row) => `${row.criterionId} ${row.goal}`}
        columns={[
          {
            id: 'name',
            label: t('indices.criterion'),
            rowHead: true,
            cell: (row) => (
              <>
                {row.name}
                <span className="hint">
                  {t('indices.what-if-now', { numerator: count(row.numerator), denominator: count(row.denominator) })}
                </span>
              </>
            ),
          },
          { id: 'now', label: t('indices.points-now'), numeric: true, cell: (row) => points(row.now, t) },
          { id: 'goal', label: t('indices.goal'), cell: goal },
          { id: 'there', label: t('indices.of-there'), cell: (row) => cell(row, there) },
          { id: 'fresh', label: t('indices.of-new'), cell: (row) => cell(row, fresh) },
          { id: 'total', label: t('indices.total-then'), numeric: true, cell: (row) => points(row.total, t) },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name={`neu-lam-them-${page.round.setCode}-${page.round.year}`}
          label={t('indices.csv-what-if')}
          columns={[
            { label: t('indices.criterion'), value: (row) => row.name },
            { label: t('indices.numerator'), value: (row) => row.numerator },
            { label: t('indices.denominator'), value: (row) => row.denominator },
            { label: t('indices.points-now'), value: (row) => row.now },
            { label: t('indices.goal'), value: goal },
            { label: t('indices.of-there'), value: (row) => along(row, there).join('; ') },
            { label: t('indices.of-new'), value: (row) => along(row, fresh).join('; ') },
            { label: t('indices.total-then'), value: (row) => row.total },
          ]}
          rows={found.rows}
        />
      </p>
    </>
  );
}
