import { formatNumberVi, formatPercentVi } from '../../../core/text/numbers.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import type { SurveyFigure, SurveyResultView } from '../../../modules/onestop/portal/rules/survey-views.ts';
import { IntervalBar } from '../../shared/design/interval-bar.tsx';
import { Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { figureText, intervalText } from '../survey-figure.ts';
import { dayText } from '../wording.ts';

/** Results of a closed survey for everybody: shares with their intervals, nothing of few people. */
export function SurveyResultsPage({ props, ctx }: { props: SurveyResultView; ctx: PageContext }) {
  const t = useTranslate();
  const { overall } = props;
  const blocks = [
    { id: 'groups', rows: props.groups },
    { id: 'together', rows: props.together },
    { id: 'together-groups', rows: props.togetherGroups ?? [] },
    { id: 'units', rows: props.units },
    { id: 'factors', rows: props.factors },
    { id: 'criteria', rows: props.criteria },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <Layout ctx={ctx} title={`${t('portal.survey.results.title')}: ${props.name}`}>
      <h1>{props.name}</h1>
      <p className="lead">
        {t('portal.survey.results.lead', {
          unit: props.unitName,
          from: dayText(props.finished.from),
          to: dayText(props.finished.to),
          openFrom: dayText(props.open.from),
          openTo: dayText(props.open.to),
        })}
      </p>
      {overall.percent === null || overall.low === null || overall.high === null ? (
        <p>{t('portal.survey.results.no-overall')}</p>
      ) : (
        <section className="state">
          <h2>{t('portal.survey.results.overall', { percent: formatPercentVi(overall.percent) })}</h2>
          <p>
            {t('portal.survey.results.overall-text', {
              low: formatPercentVi(overall.low),
              high: formatPercentVi(overall.high),
              n: formatNumberVi(overall.n ?? 0),
              drawn: formatNumberVi(props.drawn),
              frame: formatNumberVi(props.frame),
            })}
          </p>
          <p>
            {props.satisfied.length === 0
              ? t('portal.survey.results.mean')
              : t('portal.survey.results.satisfied', {
                  answers: props.satisfied.map((answer) => `“${answer}”`).join(', '),
                })}
          </p>
        </section>
      )}
      {blocks.map(({ id, rows }, at) => (
        <Figures key={id} id={id} rows={rows} folds={at > 0} />
      ))}
      {props.togetherGroups === null ? <p>{t('portal.survey.results.together-groups-before')}</p> : null}
      <p>
        {t('portal.survey.results.method', {
          weighted: props.weighted ? t('portal.survey.results.weighted') : '',
          minimum: props.minimum,
        })}
      </p>
      <p className="hint">
        {t('portal.survey.results.source', { source: props.source })}{' '}
        {props.verified ? '' : t('portal.survey.results.unverified')}
      </p>
      <p className="no-print">
        <a href={`/khao-sat/ket-qua/${props.code}/ket-qua.xlsx`}>{t('portal.survey.results.xlsx')}</a>
        {' · '}
        <a href={`/khao-sat/ket-qua/${props.code}/ket-qua.csv`}>{t('portal.survey.results.csv')}</a>
        {' · '}
        <a href="/khao-sat">{t('portal.survey.results.all')}</a>
      </p>
    </Layout>
  );
}

/** Open without script; `folds`: the script closes it on a telephone. */
function Figures({ id, rows, folds }: { id: string; rows: readonly SurveyFigure[]; folds: boolean }) {
  const t = useTranslate();
  const caption = t(`portal.survey.results.${id}`);
  return (
    <details className="details" open data-fold={folds ? '' : undefined}>
      <summary>{caption}</summary>
      <Table
        caption={caption}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', label: t('portal.survey.results.name'), rowHead: true, cell: (row) => row.name },
          {
            id: 'percent',
            label: t('portal.survey.results.percent'),
            numeric: true,
            cell: (row) => figureText(t, row),
          },
          {
            id: 'interval',
            label: t('portal.survey.results.interval'),
            numeric: true,
            cell: (row) => intervalText(t, row),
          },
          {
            id: 'bar',
            label: t('portal.survey.results.bar'),
            cell: (row) =>
              row.percent === null || row.low === null || row.high === null ? (
                '–'
              ) : (
                <IntervalBar percent={row.percent} low={row.low} high={row.high} />
              ),
          },
          {
            id: 'n',
            label: t('portal.survey.results.n'),
            numeric: true,
            cell: (row) => (row.n === null ? t('portal.survey.results.few') : formatNumberVi(row.n)),
          },
        ]}
      />
    </details>
  );
}
