import { formatPercentVi } from '../../../../core/text/numbers.ts';
import type { SurveyPageType } from '../../../../modules/insight/surveys/contract.ts';
import { IntervalBar } from '../../../shared/design/interval-bar.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { Fold } from '../../ui/fold.tsx';

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
        id="groups"
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
      <Figures
        id="units"
        caption={t('surveys.by-unit')}
        rows={results.units.map((unit) => ({ key: unit.unitId, ...unit }))}
      />
      <Figures
        id="factors"
        caption={t('surveys.by-factor')}
        rows={results.factors.map((factor) => ({ key: factor.id, ...factor }))}
      />
      <Figures
        id="criteria"
        caption={t('surveys.by-criterion')}
        rows={results.criteria.map((one) => ({ key: one.id, ...one, name: one.text }))}
      />
      <Figures
        id="cells"
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
          <Fold key={one.id} id={`survey-other-${one.id}`} title={one.text} level={3}>
            <Table
              caption={one.text}
              hideCaption
              rows={one.spread}
              rowKey={(row) => row.id}
              columns={[
                { id: 'text', label: t('surveys.choice'), rowHead: true, cell: (row) => row.text },
                { id: 'n', label: t('surveys.answered'), numeric: true, cell: (row) => row.n },
              ]}
            />
          </Fold>
        ),
      )}
    </section>
  );
}

/** A part of the results; on a telephone its line tells the lowest figure. */
function Figures({
  id,
  caption,
  rows,
  more = [],
}: {
  id: string;
  caption: string;
  rows: readonly Figure[];
  more?: readonly Column<Figure>[];
}) {
  const t = useTranslate();
  if (rows.length === 0) return null;
  return (
    <Fold id={`survey-${id}`} title={caption} line={lowestText(t, rows)} level={3}>
      <Table
        caption={caption}
        hideCaption
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
    </Fold>
  );
}

/** `Thấp nhất: Đất đai 72,40 %`; nothing where there is but one figure. */
function lowestText(t: Translate, rows: readonly Figure[]): string | undefined {
  const known = rows.flatMap(({ name, result }) => (result ? [{ name, percent: result.percent }] : []));
  const [lowest] = known.toSorted((a, b) => a.percent - b.percent);
  if (!lowest || known.length < 2) return undefined;
  return t('surveys.lowest', { name: lowest.name, percent: formatPercentVi(lowest.percent) });
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
