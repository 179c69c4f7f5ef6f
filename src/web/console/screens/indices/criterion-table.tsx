import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type CriterionViewType,
  type SheetPageType,
  takeBackEvidence,
} from '../../../../modules/insight/indices/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import { Fold } from '../../ui/fold.tsx';
import { ConfirmAct } from './act-dialog.tsx';
import { ConfirmFigure } from './confirm-figure.tsx';
import { CriterionDialog } from './criterion-dialog.tsx';
import { scoringText } from './rule-text.ts';
import { count, maximum, maximumIn, percent, points } from './words.ts';

type Refresh = readonly { readonly id: string }[];

/** Criteria by domain: the unit's points, the appraiser's, what was lost and why, evidence. */
export function CriterionTable({ page, refresh }: { page: SheetPageType; refresh: Refresh }) {
  const t = useTranslate();
  const [open, setOpen] = useState<string>();
  const [wrong, setWrong] = useState<Wrong>();
  const [confirming, setConfirming] = useState<string>();
  const asked = page.criteria.find((each) => each.id === confirming);
  const kind = page.may.score ? 'score' : page.may.appraise ? 'appraise' : page.may.explain ? 'explain' : undefined;
  const waits = (row: CriterionViewType): boolean => page.may.confirm && row.confirmSince !== null;
  const domains = [...new Map(page.criteria.map((each) => [each.domainId, each.domainName]))];
  const criterion = page.criteria.find((each) => each.id === open);
  return (
    <>
      {domains.map(([domainId, name]) => (
        <Fold key={domainId} id={`domain-${domainId}`} title={name} line={domainLine(page, domainId, t)}>
          <div className="dense">
            <Table
              caption={name}
              hideCaption
              rows={page.criteria.filter((each) => each.domainId === domainId)}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'name',
                  label: t('indices.criterion'),
                  rowHead: true,
                  cell: (row) => <Name row={row} imported={page.importOnly} />,
                },
                { id: 'measure', label: t('indices.measure'), cell: (row) => <Measured page={page} row={row} /> },
                { id: 'max', label: t('indices.max'), numeric: true, cell: maximumIn(page.criteria, t) },
                { id: 'self', label: t('indices.self'), numeric: true, cell: (row) => points(row.selfPoints, t) },
                {
                  id: 'appraised',
                  label: t('indices.appraised'),
                  numeric: true,
                  cell: (row) => (
                    <>
                      {points(row.appraisedPoints, t)}{' '}
                      {row.confirmSince === null ? null : <Tag tone="amber">{t('indices.confirm-asked')}</Tag>}
                    </>
                  ),
                },
                { id: 'lost', label: t('indices.lost'), numeric: true, cell: (row) => points(row.lost, t) },
                {
                  id: 'notes',
                  label: t('indices.notes'),
                  cell: (row) => <Notes page={page} row={row} takeBack={setWrong} />,
                },
                ...(kind || page.criteria.some(waits)
                  ? [
                      {
                        id: 'act',
                        label: t('indices.act'),
                        cell: (row: CriterionViewType) => (
                          <span className="tree-acts">
                            {kind ? (
                              <Button
                                type="button"
                                look="secondary"
                                small
                                aria-label={t(`indices.do-${kind}-named`, { name: row.name })}
                                onClick={() => setOpen(row.id)}
                              >
                                {t(`indices.do-${kind}`)}
                              </Button>
                            ) : null}
                            {waits(row) ? (
                              <Button
                                type="button"
                                small
                                aria-label={t('indices.do-confirm-named', { name: row.name })}
                                onClick={() => setConfirming(row.id)}
                              >
                                {t('indices.do-confirm')}
                              </Button>
                            ) : null}
                          </span>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </div>
        </Fold>
      ))}
      {criterion && kind ? (
        <CriterionDialog
          page={page}
          criterion={criterion}
          kind={kind}
          refresh={refresh}
          close={() => setOpen(undefined)}
        />
      ) : null}
      {asked ? (
        <ConfirmFigure page={page} criterion={asked} refresh={refresh} close={() => setConfirming(undefined)} />
      ) : null}
      {wrong ? (
        <ConfirmAct
          title={t('indices.take-back')}
          text={t('indices.take-back-text', { file: wrong.file.name, name: wrong.row.name })}
          needsReason
          submit={(reason) =>
            call(takeBackEvidence, {
              params: { id: page.id, fileId: wrong.file.id },
              body: { criterionId: wrong.row.id, reason },
            })
          }
          done={t('indices.taken-back')}
          refresh={refresh}
          close={() => setWrong(undefined)}
        />
      ) : null}
    </>
  );
}

/** The points of a domain on the line that opens it: the appraiser's where there are, else the unit's own. */
function domainLine(page: SheetPageType, domainId: string, t: Translate): string | undefined {
  const domain = page.domains.find(({ id }) => id === domainId);
  if (!domain) return undefined;
  const max = maximum(domain.max);
  if (domain.final !== null) return t('indices.domain-final', { points: points(domain.final, t), max });
  if (domain.self !== null) return t('indices.domain-self', { points: points(domain.self, t), max });
  return t('indices.domain-incomplete', { max });
}

function Name({ row, imported }: { row: CriterionViewType; imported: boolean }) {
  const t = useTranslate();
  return (
    <>
      {row.parentName ? <span className="hint">{row.parentName}</span> : null}
      {row.name} {row.verified ? null : <Tag tone="amber">{t('indices.unverified')}</Tag>}
      <span className="hint">{[scoringText(row, imported, t), row.note].filter(Boolean).join(' ')}</span>
    </>
  );
}

function Measured({ page, row }: { page: SheetPageType; row: CriterionViewType }) {
  const t = useTranslate();
  const { numerator, denominator } = row;
  // What gives no points need not be a share: 500 days of 100 dossiers are no 500 %.
  const ratio =
    row.max > 0 && numerator !== null && denominator ? percent((numerator / denominator) * 100, t) : undefined;
  return (
    <>
      {numerator === null || denominator === null ? null : (
        <>
          {count(numerator)}/{count(denominator)} {ratio ? `= ${ratio}` : null}
        </>
      )}
      {row.metricId ? (
        <span className="hint">
          <Behind page={page} metricId={row.metricId} name={row.metricName ?? row.metricId} />
          {row.live ? ` ${t('indices.live')}` : null}
        </span>
      ) : null}
      {row.metricId === null && row.metricName !== null && numerator === null ? (
        <span className="hint">{t('indices.no-figure', { name: row.metricName })}</span>
      ) : null}
    </>
  );
}

type Wrong = { readonly row: CriterionViewType; readonly file: CriterionViewType['files'][number] };

/** One click to what a criterion was counted from: dossiers, entries of a register, surveys. */
function Behind({ page, metricId, name }: { page: SheetPageType; metricId: string; name: string }) {
  const t = useTranslate();
  const [, register] = /^register:([^/]+)\//.exec(metricId) ?? [];
  if (register !== undefined)
    return (
      <Link to="/so-nhap-tay/$id" params={{ id: register }} search={{ 'don-vi': page.unitId } as never}>
        {t('indices.entries-of', { name })}
      </Link>
    );
  if (/^ratings\b/.test(metricId)) return <Link to="/khao-sat/danh-gia">{t('indices.survey-of', { name })}</Link>;
  if (/^survey\b/.test(metricId)) return <Link to="/khao-sat">{t('indices.survey-of', { name })}</Link>;
  return (
    <Link
      to="/so-lieu"
      search={
        { 'so-lieu': metricId.replace(/^procedures:/, ''), 'don-vi': page.unitId, ky: String(page.round.year) } as never
      }
    >
      {t('indices.rows-of', { name })}
    </Link>
  );
}

function Notes({
  page,
  row,
  takeBack,
}: {
  page: SheetPageType;
  row: CriterionViewType;
  takeBack: (wrong: Wrong) => void;
}) {
  const t = useTranslate();
  return (
    <>
      {row.selfNote ? <span className="hint">{t('indices.self-note', { text: row.selfNote })}</span> : null}
      {row.appraisedReason ? (
        <span className="hint">{t('indices.appraised-reason', { text: row.appraisedReason })}</span>
      ) : null}
      {row.explanation ? <span className="hint">{t('indices.explained', { text: row.explanation })}</span> : null}
      {row.files.map((file) => (
        <span key={file.id} className="hint">
          <a href={`/api/indices/sheets/${page.id}/evidence/${file.id}`}>{file.name}</a>
          {page.may.takeBack ? (
            <>
              {' '}
              <Button
                type="button"
                look="link"
                small
                aria-label={t('indices.take-back-named', { file: file.name })}
                onClick={() => takeBack({ row, file })}
              >
                {t('indices.take-back-short')}
              </Button>
            </>
          ) : null}
        </span>
      ))}
    </>
  );
}
