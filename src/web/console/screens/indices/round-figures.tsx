import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  getIndexRound,
  getIndexSheet,
  measureIndexRound,
  type RoundFiguresType,
  type RoundPageType,
} from '../../../../modules/insight/indices/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { count, points } from './words.ts';

type Reply = { sheets: number; changed: number; toConfirm: number };
type Change = RoundFiguresType['changes'][number];

/** Automatic figures of the whole year: measuring them again, what changed by it, points that wait to be confirmed. */
export function RoundFigures({ round }: { round: RoundPageType }) {
  const t = useTranslate();
  const { mayMeasure, old, surveysOpen, surveysNew, toConfirm, changes, total } = round.figures;
  const waiting = [old, surveysOpen, surveysNew, toConfirm].some((each) => each.length > 0);
  if (!mayMeasure && !waiting && total === 0) return null;
  return (
    <section aria-labelledby="figures-title">
      <h2 id="figures-title">{t('indices.figures')}</h2>
      {surveysOpen.length > 0 ? (
        <Note tone="warning">
          <p>{t('indices.surveys-open', { count: surveysOpen.length })}</p>
          <ul>
            {surveysOpen.map((each) => (
              <li key={`${each.sheetId} ${each.surveyName}`}>
                {t('indices.surveys-open-line', {
                  unit: each.unitName,
                  name: each.surveyName,
                  owner: each.ownerName,
                  day: showDay(each.openTo),
                })}
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {surveysNew.length > 0 ? (
        <Note tone="warning">
          <p>{t('indices.surveys-new', { count: surveysNew.length })}</p>
          <ul>
            {surveysNew.map((each) => (
              <li key={each.sheetId}>{each.unitName}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      {old.length > 0 ? (
        <Note tone="warning">
          <p>{t('indices.figures-old', { count: old.length, day: `31/12/${round.year}` })}</p>
          <ul>
            {old.map((each) => (
              <li key={each.sheetId}>
                {each.at === null
                  ? each.unitName
                  : t('indices.figures-old-line', { unit: each.unitName, at: showShortInstant(each.at) })}
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {mayMeasure ? <Measure round={round} /> : null}
      {toConfirm.length > 0 ? (
        <Note tone="warning">
          <p>{t('indices.to-confirm', { count: toConfirm.length })}</p>
          <ul>
            {toConfirm.map((each) => (
              <li key={`${each.sheetId}/${each.criterionId}`}>
                <Link to="/chi-so/phieu/$id" params={{ id: each.sheetId }}>
                  {t('indices.to-confirm-line', { unit: each.unitName, criterion: each.criterion })}
                </Link>
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {total > 0 ? <Changes changes={changes} total={total} name={`do-lai-${round.setCode}-${round.year}`} /> : null}
    </section>
  );
}

function Measure({ round }: { round: RoundPageType }) {
  const t = useTranslate();
  const { act, busy, error } = useAct([getIndexRound, getIndexSheet]);
  const [reply, setReply] = useState<Reply>();
  return (
    <>
      <FailureNote error={error} />
      <ButtonRow>
        <Button
          type="button"
          small
          look="secondary"
          disabled={busy}
          onClick={() =>
            void act(async () => {
              setReply(await call(measureIndexRound, { params: { id: round.id }, body: { version: round.version } }));
            }, t('indices.done'))
          }
        >
          {t('indices.measure-again')}
        </Button>
      </ButtonRow>
      <p aria-live="polite">{reply ? t('indices.measured', reply) : t('indices.measure-again-hint')}</p>
    </>
  );
}

function Changes({ changes, total, name }: { changes: readonly Change[]; total: number; name: string }) {
  const t = useTranslate();
  const counts = (one: Change['is']): string =>
    one === null
      ? t('indices.figure-gone')
      : one.numerator === null || one.denominator === null
        ? t('indices.none')
        : `${count(one.numerator)}/${count(one.denominator)}`;
  return (
    <>
      {total > changes.length ? <p>{t('indices.changes-cut', { shown: changes.length, total })}</p> : null}
      <Table
        caption={t('indices.figure-changes')}
        rows={changes}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'unit',
            label: t('indices.unit'),
            rowHead: true,
            cell: (row) => (
              <Link to="/chi-so/phieu/$id" params={{ id: row.sheetId }}>
                {row.unitName}
              </Link>
            ),
          },
          { id: 'criterion', label: t('indices.criterion'), cell: (row) => row.criterion },
          { id: 'figure', label: t('indices.measure'), cell: (row) => `${counts(row.was)} → ${counts(row.is)}` },
          {
            id: 'points',
            label: t('indices.self'),
            cell: (row) => `${points(row.was.points, t)} → ${points((row.is ?? row.was).points, t)}`,
          },
          {
            id: 'appraised',
            label: t('indices.appraised'),
            cell: (row) => (
              <>
                {points(row.appraisedWas, t)} → {points(row.appraisedIs, t)}{' '}
                {row.confirm ? <Tag tone="amber">{t('indices.confirm-asked')}</Tag> : null}
              </>
            ),
          },
          { id: 'at', label: t('indices.measured-at'), cell: (row) => showShortInstant(row.at) },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name={name}
          label={t('indices.csv-changes')}
          columns={[
            { label: t('indices.unit'), value: (row) => row.unitName },
            { label: t('indices.criterion'), value: (row) => row.criterion },
            { label: t('indices.numerator-before'), value: (row) => row.was.numerator },
            { label: t('indices.denominator-before'), value: (row) => row.was.denominator },
            { label: t('indices.points-before'), value: (row) => row.was.points },
            { label: t('indices.numerator'), value: (row) => row.is?.numerator },
            { label: t('indices.denominator'), value: (row) => row.is?.denominator },
            { label: t('indices.self'), value: (row) => row.is?.points },
            { label: t('indices.appraised-before'), value: (row) => row.appraisedWas },
            { label: t('indices.appraised'), value: (row) => row.appraisedIs },
            { label: t('indices.measured-at'), value: (row) => row.at },
          ]}
          rows={changes}
        />
      </p>
    </>
  );
}
