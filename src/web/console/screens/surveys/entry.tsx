import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { getSurvey, listSurveySample } from '../../../../modules/insight/surveys/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { useCall } from '../../data/use-call.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { DifferingPapers } from './differing-papers.tsx';
import { EntryForm, REFERENCE } from './entry-form.tsx';

const WAYS = ['paper', 'phone'] as const;
type Way = (typeof WAYS)[number];

/** Papers typed twice by two people, calls read from the screen, and the dossiers still to be asked. */
export default function Entry() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const [filters, set] = useFilters();
  const way: Way = filters.kenh === 'phone' ? 'phone' : 'paper';
  const survey = useCall(getSurvey, { params: { id } });
  const [reference, setReference] = useState('');
  return (
    <Loaded query={survey} title={t('surveys.enter')}>
      {(page) => (
        <>
          <ScreenHead title={t('surveys.enter')}>
            <Link to="/khao-sat/$id" params={{ id }}>
              {page.name}
            </Link>
          </ScreenHead>
          {page.mayEnter ? (
            <>
              <div className="filters no-print">
                <Select
                  id="entry-way"
                  label={t('surveys.channel')}
                  value={way}
                  onChange={(kenh) => set({ kenh: kenh === 'phone' ? 'phone' : '' })}
                  options={WAYS.map((value) => ({ value, label: t(`surveys.channels.${value}`) }))}
                />
              </div>
              <EntryForm key={way} page={page} way={way} reference={reference} onReference={setReference} />
              <DifferingPapers surveyId={id} />
              <WaitingDossiers
                id={id}
                way={way}
                onPick={(code) => {
                  setReference(code);
                  document.getElementById(REFERENCE)?.focus();
                }}
              />
            </>
          ) : (
            <EmptyState title={t('surveys.no-entry')} />
          )}
        </>
      )}
    </Loaded>
  );
}

type Waiting = ReplyOf<typeof listSurveySample>['rows'][number];

/** Dossiers of the sample that have not answered; who they are is seen on the dossier, by those who may. */
function WaitingDossiers({ id, way, onPick }: { id: string; way: Way; onPick: (dossierCode: string) => void }) {
  const t = useTranslate();
  const [page, setPage] = useState(1);
  const sample = useCall(listSurveySample, { params: { id }, query: { page } }, { keep: true });
  return (
    <section className="panel" aria-labelledby="entry-waiting">
      <h2 id="entry-waiting">{t('surveys.waiting')}</h2>
      <Loaded query={sample}>
        {({ rows, total, pageSize }) =>
          rows.length === 0 ? (
            <p>{t('surveys.nobody-waiting')}</p>
          ) : (
            <>
              <Table
                caption={t('surveys.waiting')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.dossierId}
                columns={[
                  {
                    id: 'code',
                    label: t('surveys.dossier'),
                    rowHead: true,
                    cell: (row) => <DossierLink id={row.dossierId} code={row.dossierCode} />,
                  },
                  { id: 'unit', label: t('surveys.place'), cell: (row) => row.unitName },
                  { id: 'group', label: t('surveys.group'), cell: (row) => row.groupName },
                  ...(way === 'phone'
                    ? [
                        {
                          id: 'calls',
                          label: t('surveys.called'),
                          cell: ({ call, calls }: Waiting) =>
                            call === null
                              ? t('surveys.not-called')
                              : t('surveys.called-text', { outcome: t(`surveys.call.${call}`), count: calls }),
                        },
                      ]
                    : []),
                  {
                    id: 'pick',
                    label: t('surveys.pick-head'),
                    cell: (row) => (
                      <Button type="button" look="link" onClick={() => onPick(row.dossierCode)}>
                        {t('surveys.pick')}
                        <span className="visually-hidden"> {row.dossierCode}</span>
                      </Button>
                    ),
                  },
                ]}
              />
              <Pager page={page} total={total} pageSize={pageSize} onPage={setPage} />
              <p className="no-print">
                <a href={`/api/surveys/${id}/letters.pdf?page=${page}`}>{t('surveys.letters-page')}</a>
              </p>
            </>
          )
        }
      </Loaded>
    </section>
  );
}
