import { type FormEvent, useState } from 'react';
import {
  approveOrder,
  type DecisionRow,
  getDecision,
  listDecisions,
  listDue,
  rejectOrder,
} from '../../../../modules/onestop/retention/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { OrderView } from './order-view.tsx';

const TONES = { proposed: 'blue', approved: 'green', rejected: 'grey' } as const;

/** Proposals and decisions of one kind, youngest first; one opens below the list. */
export function Decisions({ kind }: { kind: DecisionRow['kind'] }) {
  const t = useTranslate();
  const [open, setOpen] = useState('');
  const list = useCursorList([listDecisions.id, kind], (cursor) =>
    call(listDecisions, { query: { kind, ...given({ cursor }), limit: 50 } }),
  );
  const rows = list.rows ?? [];
  return (
    <section aria-labelledby="decisions-title">
      <h2 id="decisions-title">{t('console.retention.decisions')}</h2>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.retention.decisions-empty')} />
          ) : (
            <>
              <Table
                caption={t('console.retention.decisions')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'at',
                    label: t('console.audit.at'),
                    rowHead: true,
                    cell: (row) => (
                      <Button
                        type="button"
                        look="link"
                        aria-expanded={open === row.id}
                        aria-label={t('console.retention.open-decision', { when: showShortInstant(row.proposedAt) })}
                        onClick={() => setOpen(open === row.id ? '' : row.id)}
                      >
                        {showShortInstant(row.proposedAt)}
                      </Button>
                    ),
                  },
                  { id: 'who', label: t('console.retention.proposed-by'), cell: (row) => row.proposedBy },
                  { id: 'reason', label: t('console.retention.reason'), cell: (row) => row.reason },
                  { id: 'count', label: t('console.retention.dossiers'), numeric: true, cell: (row) => row.dossiers },
                  {
                    id: 'status',
                    label: t('console.retention.state'),
                    cell: (row) => (
                      <>
                        <Tag tone={TONES[row.status]}>{t(`console.retention.status.${row.status}`)}</Tag>
                        {row.decisionNumber ? (
                          <span className="hint">
                            {row.decisionNumber}, {showDay(row.decisionDay)}
                          </span>
                        ) : null}
                      </>
                    ),
                  },
                ]}
              />
              <MoreRows list={list} />
              {open ? <Decision key={open} id={open} /> : null}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Decision({ id }: { id: string }) {
  const t = useTranslate();
  const decision = useCall(getDecision, { params: { id } }, { staleTime: 0 });
  return (
    <Loaded query={decision}>
      {(page) => (
        <section className="panel" aria-label={t('console.retention.decisions')}>
          <OrderView order={page} done={page.status === 'approved'} />
          {page.decidedBy ? (
            <p>
              {t('console.retention.decided-by')}: {page.decidedBy}, {showShortInstant(page.decidedAt)}
            </p>
          ) : null}
          {page.rejectReason ? (
            <p>
              {t('console.retention.reject-reason')}: {page.rejectReason}
            </p>
          ) : null}
          {page.status !== 'proposed' ? null : page.mayDecide ? (
            <Deciding id={id} version={page.version} />
          ) : (
            <Note>{t('console.retention.wait-other')}</Note>
          )}
        </section>
      )}
    </Loaded>
  );
}

function Deciding({ id, version }: { id: string; version: number }) {
  const t = useTranslate();
  const [number, setNumber] = useState('');
  const [day, setDay] = useState(useToday());
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([listDecisions, getDecision, listDue]);
  const key = useKey(version);
  function approve(event: FormEvent) {
    event.preventDefault();
    const body = { version, decisionNumber: number.trim(), decisionDay: day };
    void act(() => call(approveOrder, { params: { id }, body }, key), t('console.retention.approved'));
  }
  function reject(event: FormEvent) {
    event.preventDefault();
    const body = { version, reason: reason.trim() };
    void act(() => call(rejectOrder, { params: { id }, body }, key), t('console.retention.rejected'));
  }
  return (
    <>
      <FailureNote error={error} />
      <form onSubmit={approve} noValidate>
        <Note tone="warning">{t('console.retention.approve-warning')}</Note>
        <TextField
          id="decision-number"
          label={t('console.retention.number')}
          value={number}
          autoComplete="off"
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <DayField id="decision-day" label={t('console.retention.day')} day={day} onDay={setDay} optional={false} />
        <Button look="danger" disabled={busy || number.trim() === '' || day === ''}>
          {t('console.retention.approve')}
        </Button>
      </form>
      <hr />
      <form onSubmit={reject} noValidate>
        <TextField
          id="reject-reason"
          label={t('console.retention.reject-reason')}
          value={reason}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button look="secondary" disabled={busy || reason.trim().length < 5}>
          {t('console.retention.reject')}
        </Button>
      </form>
    </>
  );
}
