import { Link, useParams } from '@tanstack/react-router';
import { formatPercentVi } from '../../../../core/text/numbers.ts';
import { getSurvey, type SurveyPageType } from '../../../../modules/insight/surveys/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { IntervalBar } from '../../../shared/design/interval-bar.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { showDay } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Fold, Folds } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Mentions, useMentions } from '../registers/mentions.tsx';
import { DaysNote } from './days-form.tsx';
import { ResultParts } from './result-parts.tsx';
import { SurveyActs } from './survey-acts.tsx';
import { STATE_TONES } from './words.ts';

/** One survey: its sample and progress while it runs, its frozen results once it is closed. */
export default function Survey() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const survey = useCall(getSurvey, { params: { id } }, { keep: true });
  const mentions = useMentions(`survey:${id}:`);
  return (
    <Loaded query={survey} title={t('surveys.title')}>
      {(page) => (
        <>
          <ScreenHead title={page.name}>
            {page.state === 'closed' ? null : (
              <a href={`/api/surveys/${page.id}/preview`} target="_blank" rel="noreferrer">
                {t('surveys.preview')}
              </a>
            )}
            <Link to="/khao-sat">{t('surveys.back')}</Link>
          </ScreenHead>
          <p aria-live="polite">
            <Tag tone={STATE_TONES[page.state]}>{t(`surveys.states.${page.state}`)}</Tag> {page.form.name}
          </p>
          <DaysNote page={page} />
          <SurveyActs page={page} />
          {page.state === 'closed' ? null : <SurveyFacts page={page} />}
          <WhoseIndex page={page} />
          <Between page={page} />
          {page.form.verified ? null : (
            <Note tone="warning">{t('surveys.unverified', { doubt: page.form.doubt ?? '' })}</Note>
          )}
          <Folds first={page.results ? 'survey-groups' : 'survey-ways'}>
            {page.results ? <ResultParts results={page.results} digest={page.digest ?? ''} id={page.id} /> : null}
            <Mentions id={id} rows={mentions} />
            {page.state === 'closed' ? (
              <Fold id="survey-facts" title={t('surveys.facts')}>
                <SurveyFacts page={page} />
              </Fold>
            ) : null}
            {page.remarks.length > 0 ? <Remarks page={page} /> : null}
            <Ways page={page} />
            <Strata page={page} />
          </Folds>
        </>
      )}
    </Loaded>
  );
}

function SurveyFacts({ page }: { page: SurveyPageType }) {
  const t = useTranslate();
  const { quota } = page;
  return (
    <Facts
      items={[
        { term: t('surveys.unit'), value: page.unitName },
        { term: t('surveys.units'), value: named(t, page.askedUnits, ASKED) },
        {
          term: t('surveys.finished-days'),
          value: t('surveys.span', { from: showDay(page.finishedFrom), to: showDay(page.finishedTo) }),
        },
        {
          term: t('surveys.open-days'),
          value: t('surveys.span', { from: showDay(page.openFrom), to: showDay(page.openTo) }),
        },
        {
          term: t('surveys.quota'),
          value:
            quota.kind === 'fixed'
              ? t('surveys.quota-fixed-text', { n: quota.perStratum })
              : t('surveys.quota-proportional-text', { total: quota.total, minimum: quota.minimum }),
        },
        { term: t('surveys.seed'), value: <span className="code">{page.seed}</span> },
        { term: t('surveys.minimum'), value: page.minimum },
        { term: t('surveys.weighted'), value: t(page.weighted ? 'surveys.yes' : 'surveys.no') },
        { term: t('surveys.walk-ins'), value: t(page.walkIns ? 'surveys.yes' : 'surveys.no') },
        { term: t('surveys.form-digest'), value: <span className="code">{page.formDigest.slice(0, 16)}</span> },
      ]}
    />
  );
}

/** Named at most: of those asked, of those left out. */
const ASKED = 15;
const LEFT_OUT = 3;

/** The first of some names, and how many more there are. */
function named(t: Translate, names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? t('surveys.and-more', { names: shown, count: names.length - most }) : shown;
}

/** Whether the whole is the index of who holds the survey, or why not: said before it is opened, while it can be helped. */
function WhoseIndex({ page: { leftOut, unitName: unit } }: { page: SurveyPageType }) {
  const t = useTranslate();
  if (leftOut === null) return null;
  const count = leftOut.length;
  if (count === 0) return <p className="hint">{t('surveys.whole', { unit })}</p>;
  const names = named(t, leftOut, LEFT_OUT);
  return <p className="hint">{t('surveys.not-whole', { unit, count, names })}</p>;
}

/** Units between who holds it and those asked, with what was found below each together. */
function Between({ page: { between, state } }: { page: SurveyPageType }) {
  const t = useTranslate();
  if (between.length === 0) return null;
  // Each unit, then the same of its groups of fields.
  const rows = between.flatMap(({ unitId, unitName, pooled, found, groups }) => [
    { key: unitId, name: unitName, pooled, found },
    ...(groups ?? []).map((group) => ({
      key: `${unitId} ${group.groupId}`,
      name: t('surveys.between-group', { unit: unitName, group: group.groupName }),
      pooled,
      found: group.found,
    })),
  ]);
  const lacksGroups = state === 'closed' && between.some(({ groups }) => groups === null);
  return (
    <section className="panel" aria-labelledby="survey-between">
      <h2 id="survey-between">{t('surveys.between')}</h2>
      <p className="hint">{t('surveys.between-hint')}</p>
      {lacksGroups ? <p className="hint">{t('surveys.between-groups-before')}</p> : null}
      <Table
        caption={t('surveys.between')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { id: 'unit', label: t('surveys.place'), rowHead: true, cell: (row) => row.name },
          { id: 'pooled', label: t('surveys.between-pooled'), numeric: true, cell: (row) => row.pooled },
          { id: 'n', label: t('surveys.answered'), numeric: true, cell: (row) => row.found?.n ?? '' },
          {
            id: 'percent',
            label: t('surveys.percent'),
            numeric: true,
            cell: (row) =>
              row.found
                ? formatPercentVi(row.found.percent)
                : t(state === 'closed' ? 'surveys.between-none' : 'surveys.between-later'),
          },
          {
            id: 'interval',
            label: t('surveys.interval'),
            numeric: true,
            cell: ({ found }) =>
              found === null || found.low === null || found.high === null
                ? '–'
                : `${formatPercentVi(found.low)} – ${formatPercentVi(found.high)}`,
          },
          {
            id: 'bar',
            label: t('surveys.bar'),
            cell: ({ found }) =>
              found === null || found.low === null || found.high === null ? (
                '–'
              ) : (
                <IntervalBar percent={found.percent} low={found.low} high={found.high} />
              ),
          },
        ]}
      />
    </section>
  );
}

/** How answers come: link, counter with its QR code, paper, telephone; and how many came by each. */
function Ways({ page }: { page: SurveyPageType }) {
  const t = useTranslate();
  if (page.state === 'draft') return null;
  return (
    <Fold id="survey-ways" title={t('surveys.ways')} panel>
      <Table
        caption={t('surveys.by-channel')}
        rows={page.channels}
        rowKey={(row) => row.channel}
        columns={[
          {
            id: 'channel',
            label: t('surveys.channel'),
            rowHead: true,
            cell: (row) => t(`surveys.channels.${row.channel}`),
          },
          { id: 'n', label: t('surveys.answered'), numeric: true, cell: (row) => row.n },
        ]}
      />
      {page.walkIns ? <p className="hint">{t('surveys.walk-in-count', { count: page.walkInCount })}</p> : null}
      {page.state === 'closed' ? (
        <p>
          <a href={page.publicUrl}>{t('surveys.public-page')}</a>
        </p>
      ) : (
        <>
          <p>
            {t('surveys.kiosk')}: <a href={page.kioskUrl}>{page.kioskUrl}</a>
          </p>
          <img
            className="qr"
            src={`data:image/svg+xml;utf8,${encodeURIComponent(page.kioskQr)}`}
            alt={t('surveys.kiosk-qr')}
          />
        </>
      )}
    </Fold>
  );
}

function Strata({ page }: { page: SurveyPageType }) {
  const t = useTranslate();
  if (page.strata.length === 0) return null;
  const short = page.strata.reduce((sum, row) => sum + row.shortage, 0);
  return (
    <Fold id="survey-strata" title={t('surveys.strata')} panel>
      <p>{t('surveys.sample-text', { drawn: page.drawn, answered: page.answered })}</p>
      {short > 0 ? <Note tone="warning">{t('surveys.short', { count: short })}</Note> : null}
      <Table
        caption={t('surveys.strata')}
        hideCaption
        rows={page.strata}
        rowKey={(row) => String(row.no)}
        columns={[
          { id: 'unit', label: t('surveys.place'), rowHead: true, cell: (row) => row.unitName },
          { id: 'group', label: t('surveys.group'), cell: (row) => row.groupName },
          { id: 'frame', label: t('surveys.frame'), numeric: true, cell: (row) => row.frame },
          { id: 'quota', label: t('surveys.wanted'), numeric: true, cell: (row) => row.quota },
          { id: 'drawn', label: t('surveys.drawn'), numeric: true, cell: (row) => row.drawn },
          { id: 'short', label: t('surveys.shortage'), numeric: true, cell: (row) => row.shortage },
          { id: 'answered', label: t('surveys.answered'), numeric: true, cell: (row) => row.answered },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name="mau-khao-sat"
          rows={page.strata}
          columns={[
            { label: t('surveys.place'), value: (row) => row.unitName },
            { label: t('surveys.group'), value: (row) => row.groupName },
            { label: t('surveys.frame'), value: (row) => row.frame },
            { label: t('surveys.wanted'), value: (row) => row.quota },
            { label: t('surveys.drawn'), value: (row) => row.drawn },
            { label: t('surveys.shortage'), value: (row) => row.shortage },
            { label: t('surveys.answered'), value: (row) => row.answered },
          ]}
        />
      </p>
    </Fold>
  );
}

function Remarks({ page }: { page: SurveyPageType }) {
  const t = useTranslate();
  return (
    <Fold id="survey-remarks" title={t('surveys.remarks')} panel>
      <p className="hint">{t('surveys.remarks-hint')}</p>
      <ul>
        {page.remarks.map((remark, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is frozen, and two people may write the same
          <li key={at}>
            <span className="hint">{remark.question}</span> {remark.words}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
