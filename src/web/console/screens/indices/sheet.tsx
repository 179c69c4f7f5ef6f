import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  acceptCriteria,
  decideIndexSheet,
  getIndexRound,
  getIndexSheet,
  getIndexWhatIf,
  listIndexRounds,
  type SheetPageType,
} from '../../../../modules/insight/indices/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { BarChart } from '../../../shared/design/bar-chart.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Fold, Folds } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { ConfirmAct } from './act-dialog.tsx';
import { CriterionTable } from './criterion-table.tsx';
import { FollowUp } from './follow-up.tsx';
import { ImportSheet } from './import-sheet.tsx';
import { LostPoints } from './lost-points.tsx';
import { PublishedPlace } from './published-place.tsx';
import { SheetParts } from './sheet-parts.tsx';
import { WhatIfTable } from './what-if.tsx';
import { changeText, listedPoints, maximum, maximumIn, percent, points, rankText, SHEET_TONES } from './words.ts';

const REFRESH = [getIndexSheet, getIndexWhatIf, getIndexRound, listIndexRounds];

/** The score sheet of a unit: both sides' points beside each other, what was lost, what more would bring. */
export default function Sheet() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const query = useCall(getIndexSheet, { params: { id } }, { keep: true });
  return (
    <Loaded query={query} title={t('indices.sheet')}>
      {(page) => (
        <>
          <ScreenHead title={`${page.unitName}: ${page.round.setName}`}>
            <Link to="/chi-so/dot/$id" params={{ id: page.round.id }}>
              {t('indices.to-round')}
            </Link>
          </ScreenHead>
          <p aria-live="polite">
            <Tag tone={SHEET_TONES[page.state]}>{page.stateName}</Tag> <Tag>{page.round.stateName}</Tag>{' '}
            {page.verified ? null : <Tag tone="amber">{t('indices.unverified')}</Tag>}
          </p>
          <Facts
            items={[
              { term: t('indices.year'), value: page.round.year },
              { term: t('indices.organiser'), value: page.round.unitName },
              { term: t('indices.self-total'), value: ofMax(page.selfTotal, page, t) },
              { term: t('indices.final-total'), value: ofMax(page.total, page, t) },
              { term: t('indices.band'), value: page.band },
              {
                term: t('indices.rank'),
                value: page.rank === null ? null : rankText(page.rank, page.population, t),
              },
              { term: t('indices.change'), value: page.change === null ? null : changeText(page.change, t) },
              {
                term: t('indices.next-band'),
                value:
                  page.nextBand &&
                  t('indices.next-band-text', { points: points(page.nextBand.points, t), band: page.nextBand.label }),
              },
              { term: t('indices.measured-at'), value: page.measuredAt && showShortInstant(page.measuredAt) },
              { term: t('indices.source'), value: page.source },
              { term: t('indices.note'), value: page.note },
            ]}
          />
          <PublishedPlace page={page} refresh={REFRESH} />
          {page.surveysOpen.map((each) => (
            <Note key={each.surveyName}>
              {t('indices.sheet-survey-open', {
                name: each.surveyName,
                owner: each.ownerName,
                day: showDay(each.openTo),
              })}
            </Note>
          ))}
          {page.figuresOld ? <Note>{t('indices.sheet-figures-old', { day: `31/12/${page.round.year}` })}</Note> : null}
          <SheetActs page={page} />
          <ImportSheet page={page} refresh={REFRESH} />
          <Missing page={page} />
          <Folds first="lost">
            <Parts page={page} />
          </Folds>
        </>
      )}
    </Loaded>
  );
}

/** On a telephone what was lost comes first: it is what the sheet is opened for there. */
function Parts({ page }: { page: SheetPageType }) {
  const narrow = useNarrow();
  const lost = <LostPoints key="lost" page={page} refresh={REFRESH} />;
  return [
    ...(narrow ? [lost] : []),
    <Domains key="domains" page={page} />,
    ...(page.parts.length > 0 ? [<SheetParts key="parts" page={page} refresh={REFRESH} />] : []),
    <CriterionTable key="criteria" page={page} refresh={REFRESH} />,
    <WhatIfTable key="what-if" page={page} />,
    ...(narrow ? [] : [lost]),
    <FollowUp key="follow" page={page} />,
    <History key="history" page={page} />,
  ];
}

const ofMax = (total: number | null, page: SheetPageType, t: ReturnType<typeof useTranslate>): string =>
  total === null ? t('indices.incomplete') : `${points(total, t)}/${maximum(page.max)}`;

function SheetActs({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  const [open, setOpen] = useState<SheetPageType['acts'][number]>();
  const { act, busy, error } = useAct(REFRESH);
  const toAccept = page.may.appraise
    ? page.criteria.filter((each) => each.appraisedPoints === null && each.selfPoints !== null).length
    : 0;
  if (page.acts.length === 0 && toAccept === 0) return null;
  return (
    <>
      <FailureNote error={error} />
      <ButtonRow>
        {page.acts.map((each) => (
          <Button
            key={each.act}
            type="button"
            small
            look={each.act === 'return' || each.act === 'reopen' ? 'secondary' : 'primary'}
            onClick={() => setOpen(each)}
          >
            {t(`indices.sheet-acts.${each.act}`)}
          </Button>
        ))}
        {toAccept > 0 ? (
          <Button
            type="button"
            small
            look="secondary"
            disabled={busy}
            onClick={() =>
              void act(
                () => call(acceptCriteria, { params: { id: page.id }, body: { version: page.version } }),
                t('indices.done'),
              )
            }
          >
            {t('indices.accept-all', { count: toAccept })}
          </Button>
        ) : null}
      </ButtonRow>
      {open ? (
        <ConfirmAct
          title={t(`indices.sheet-acts.${open.act}`)}
          text={t(`indices.sheet-acts-text.${open.act}`)}
          needsReason={open.reason}
          submit={(reason) =>
            call(decideIndexSheet, {
              params: { id: page.id },
              body: { version: page.version, act: open.act, ...(reason ? { reason } : {}) },
            })
          }
          done={t('indices.done')}
          refresh={REFRESH}
          close={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

function Missing({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  if (page.missing.length === 0 || page.importOnly) return null;
  const key = page.state === 'scoring' ? 'indices.missing-self' : 'indices.missing-final';
  return (
    <Note tone="warning">
      <p>{t(key, { count: page.missing.length })}</p>
    </Note>
  );
}

function Domains({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  if (page.domains.length === 0) return null;
  return (
    <Fold id="domains" title={t('indices.domains')} panel>
      <BarChart
        label={t('indices.domain-chart', { unit: page.unitName })}
        max={100}
        bars={page.domains.map((each) => ({
          id: each.id,
          label: each.name,
          value: each.percent,
          text: each.percent === null ? t('indices.none') : percent(each.percent, t),
        }))}
      />
      <Table
        caption={t('indices.domains')}
        hideCaption
        rows={page.domains}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', label: t('indices.domain'), rowHead: true, cell: (row) => row.name },
          { id: 'max', label: t('indices.max'), numeric: true, cell: maximumIn(page.domains, t) },
          { id: 'self', label: t('indices.self'), numeric: true, cell: (row) => points(row.self, t) },
          { id: 'final', label: t('indices.appraised'), numeric: true, cell: (row) => points(row.final, t) },
          { id: 'percent', label: t('indices.percent'), numeric: true, cell: (row) => percent(row.percent, t) },
          ...(page.domains.some((each) => each.band !== null)
            ? [
                {
                  id: 'band',
                  label: t('indices.band'),
                  cell: (row: SheetPageType['domains'][number]) => row.band ?? '',
                },
              ]
            : []),
        ]}
      />
      <p className="no-print">
        <CsvButton
          name={`phieu-${page.round.setCode}-${page.round.year}`}
          label={t('indices.csv-sheet')}
          columns={[
            { label: t('indices.domain'), value: (row) => row.domainName },
            { label: t('indices.criterion'), value: (row) => row.name },
            { label: t('indices.max'), value: (row) => row.max },
            { label: t('indices.numerator'), value: (row) => row.numerator },
            { label: t('indices.denominator'), value: (row) => row.denominator },
            { label: t('indices.self'), value: (row) => listedPoints(row.selfPoints) },
            { label: t('indices.appraised'), value: (row) => listedPoints(row.appraisedPoints) },
            { label: t('indices.lost'), value: (row) => listedPoints(row.lost) },
            { label: t('indices.reason'), value: (row) => row.appraisedReason },
            { label: t('indices.explanation'), value: (row) => row.explanation },
          ]}
          rows={page.criteria}
        />{' '}
        <a href={`/api/indices/sheets/${page.id}/export.xlsx`}>{t('indices.export-sheet')}</a>
      </p>
    </Fold>
  );
}

function History({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  if (page.history.length === 0) return null;
  return (
    <Fold id="history" title={t('indices.history')}>
      <Table
        caption={t('indices.history')}
        hideCaption
        rows={page.history}
        rowKey={(row) => row.id}
        columns={[
          { id: 'act', label: t('indices.act'), rowHead: true, cell: (row) => t(`indices.acts.${row.act}`) },
          { id: 'criterion', label: t('indices.criterion'), cell: (row) => row.criterion ?? '' },
          {
            id: 'detail',
            label: t('indices.detail'),
            cell: (row) =>
              row.fileId === null ? (
                row.detail
              ) : (
                <a href={`/api/indices/sheets/${page.id}/evidence/${row.fileId}`}>{row.detail}</a>
              ),
          },
          { id: 'at', label: t('indices.at'), cell: (row) => showShortInstant(row.at) },
          { id: 'by', label: t('indices.by'), cell: (row) => row.by },
        ]}
      />
    </Fold>
  );
}
