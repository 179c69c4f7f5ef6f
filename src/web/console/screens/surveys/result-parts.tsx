import { formatPercentVi } from '../../../../core/text/numbers.ts';
import type { SurveyPageType } from '../../../../modules/insight/surveys/contract.ts';
import { IntervalBar } from '../../../shared/design/interval-bar.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';

type Results = NonNullable<SurveyPageType['results']>;
type Figure = Results['overall'] & { readonly key: string; readonly name: string };

/** The frozen results: one figure with its interval, then by group, unit, factor and criterion as bars and numbers. */
export function ResultParts({ results, digest, id }: { results: Results; digest: string; id: string }) {
  const t = useTranslate();
  const { overall } = results;
  const unitName = new Map(results.units.map((unit) => [unit.unitId, unit.name]));
  const groupName = new Map(results.groups.map((group) => [group.groupId, group.name]));
  const target = new Map(results.groups.map((group) => [group.groupId, group.target]));
  return (
    <section className="panel" aria-labelledby="survey-results">
      <h2 id="survey-results">{t('surveys.results')}</h2>
      {overall.result ? (
        <>
          <p className="survey-index">
            <strong>{formatPercentVi(overall.result.percent)}</strong>{' '}
            {t('surveys.interval-text', {
              low: formatPercentVi(overall.result.low),
              high: formatPercentVi(overall.result.high),
              n: overall.result.n,
            })}
          </p>
          <IntervalBar {...overall.result} />
        </>
      ) : (
        <p>{t(overall.hidden ? 'surveys.too-few' : 'surveys.no-answers')}</p>
      )}
      <p className="hint">
        {t(results.weighted ? 'surveys.method-weighted' : 'surveys.method', {
          frame: results.frame,
          drawn: results.drawn,
          minimum: results.minimum,
        })}{' '}
        {results.papersDropped > 0 ? t('surveys.papers-dropped', { count: results.papersDropped }) : ''}
      </p>
      <p className="no-print">
        <a href={`/api/surveys/${id}/results.xlsx`}>{t('surveys.xlsx')}</a> ·{' '}
        <a href={`/api/surveys/${id}/results.csv`}>{t('surveys.csv')}</a> · {t('surveys.digest')}{' '}
        <span className="code">{digest.slice(0, 16)}</span>
      </p>
      <Figures
        caption={t('surveys.by-group')}
        rows={results.groups.map((group) => ({ key: group.groupId, ...group }))}
        more={[
          {
            id: 'target',
            label: t('surveys.target'),
            cell: (row) => <TargetTag figure={row} target={target.get(row.key) ?? null} />,
          },
        ]}
      />
      <Figures caption={t('surveys.by-unit')} rows={results.units.map((unit) => ({ key: unit.unitId, ...unit }))} />
      <Figures
        caption={t('surveys.by-factor')}
        rows={results.factors.map((factor) => ({ key: factor.id, ...factor }))}
      />
      <Figures
        caption={t('surveys.by-criterion')}
        rows={results.criteria.map((one) => ({ key: one.id, ...one, name: one.text }))}
      />
      <Figures
        caption={t('surveys.by-cell')}
        rows={results.cells.map((cell) => ({
          key: `${cell.unitId}/${cell.groupId}`,
          ...cell,
          name: `${unitName.get(cell.unitId) ?? ''} – ${groupName.get(cell.groupId) ?? ''}`,
        }))}
      />
      {results.others.map((one) =>
        one.spread === null ? (
          <p key={one.id}>
            <strong>{one.text}</strong> {t('surveys.few')}
          </p>
        ) : (
          <Table
            key={one.id}
            caption={one.text}
            rows={one.spread}
            rowKey={(row) => row.id}
            columns={[
              { id: 'text', label: t('surveys.choice'), rowHead: true, cell: (row) => row.text },
              { id: 'n', label: t('surveys.answered'), numeric: true, cell: (row) => row.n },
            ]}
          />
        ),
      )}
    </section>
  );
}

function Figures({
  caption,
  rows,
  more = [],
}: {
  caption: string;
  rows: readonly Figure[];
  more?: readonly Column<Figure>[];
}) {
  const t = useTranslate();
  if (rows.length === 0) return null;
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { id: 'name', label: t('surveys.what'), rowHead: true, cell: (row) => row.name },
        { id: 'percent', label: t('surveys.percent'), numeric: true, cell: (row) => shareText(t, row) },
        {
          id: 'interval',
          label: t('surveys.interval'),
          numeric: true,
          cell: (row) =>
            row.result ? `${formatPercentVi(row.result.low)} – ${formatPercentVi(row.result.high)}` : '–',
        },
        { id: 'bar', label: t('surveys.bar'), cell: (row) => (row.result ? <IntervalBar {...row.result} /> : '–') },
        { id: 'n', label: t('surveys.answered'), numeric: true, cell: (row) => row.n ?? t('surveys.few') },
        ...more,
      ]}
    />
  );
}

const shareText = (t: Translate, { result, hidden }: Results['overall']): string =>
  result ? formatPercentVi(result.percent) : t(hidden ? 'surveys.few' : 'surveys.no-answers');

function TargetTag({ figure, target }: { figure: Results['overall']; target: number | null }) {
  const t = useTranslate();
  if (target === null || !figure.result) return null;
  const met = figure.result.percent >= target;
  return (
    <Tag tone={met ? 'green' : 'red'}>
      {t(met ? 'surveys.target-met' : 'surveys.target-missed', { target: formatPercentVi(target) })}
    </Tag>
  );
}
