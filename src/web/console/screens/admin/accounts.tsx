import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Static } from 'typebox';
import {
  type Account,
  disableAccount,
  enableAccount,
  endAccountSessions,
  resetPassword,
  resetTotp,
  searchAccounts,
} from '../../../../modules/foundation/identity/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { OneTimePassword } from './give-account.tsx';

type Row = Static<typeof Account>;
const PAGE_SIZE = 50;
const STATES = ['all', 'enabled', 'disabled'] as const;

/** Accounts of the units I manage; new ones are given on the page of the member of staff. */
export default function Accounts() {
  const t = useTranslate();
  const [q, setQ] = useState('');
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const [page, setPage] = useState(1);
  const list = useCall(searchAccounts, { body: { ...given({ q }), state, page, pageSize: PAGE_SIZE } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('console.accounts.title')} />
      <p>
        {t('console.accounts.how')} <Link to="/quan-tri/can-bo">{t('console.menu.staff')}</Link>
      </p>
      <div className="filters">
        <SearchBox
          id="account-search"
          label={t('console.accounts.search')}
          onText={(text) => {
            setQ(text);
            setPage(1);
          }}
        />
        <Select
          id="account-state"
          label={t('console.list.status')}
          value={state}
          onChange={(value) => {
            setState(STATES.find((one) => one === value) ?? 'all');
            setPage(1);
          }}
          options={STATES.map((value) => ({ value, label: t(`console.accounts.${value}`) }))}
        />
      </div>
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState title={t('console.accounts.empty')} />
          ) : (
            <>
              <Table
                caption={t('console.accounts.title')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'login',
                    label: t('console.sign-in.login'),
                    rowHead: true,
                    cell: (row) => <span className="code">{row.login}</span>,
                  },
                  {
                    id: 'name',
                    label: t('console.dossier.name'),
                    cell: (row) => (
                      <Link to="/quan-tri/can-bo/$id" params={{ id: row.staffId }}>
                        {row.displayName}
                      </Link>
                    ),
                  },
                  { id: 'state', label: t('console.list.status'), cell: (row) => <AccountTags row={row} /> },
                  { id: 'last', label: t('console.accounts.last'), cell: (row) => showShortInstant(row.lastSignInAt) },
                  { id: 'acts', label: t('console.accounts.acts'), cell: (row) => <AccountActs row={row} /> },
                ]}
              />
              <Pager page={page} total={total} pageSize={PAGE_SIZE} onPage={setPage} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function AccountTags({ row }: { row: Row }) {
  const t = useTranslate();
  return (
    <>
      {row.disabledAt ? (
        <Tag tone="red">{t('console.accounts.is-disabled')}</Tag>
      ) : (
        <Tag tone="green">{t('console.accounts.is-enabled')}</Tag>
      )}{' '}
      {row.totpEnabledAt ? <Tag tone="blue">{t('console.accounts.totp')}</Tag> : null}{' '}
      {row.mustChangePassword ? <Tag tone="amber">{t('console.accounts.must-change')}</Tag> : null}
      {row.disabledReason ? <span className="hint">{row.disabledReason}</span> : null}
    </>
  );
}

function AccountActs({ row }: { row: Row }) {
  const t = useTranslate();
  const [password, setPassword] = useState<string>();
  const [asksReason, setAsksReason] = useState(false);
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([searchAccounts]);
  const params = { id: row.id };
  const link = (label: string, work: () => Promise<unknown>, done: string) => (
    <Button type="button" look="link" disabled={busy} onClick={() => void act(work, done)}>
      {label}
      <span className="visually-hidden"> {row.login}</span>
    </Button>
  );
  if (password !== undefined) return <OneTimePassword password={password} onDone={() => setPassword(undefined)} />;
  return (
    <div className="acts">
      <FailureNote error={error} />
      {link(
        t('console.accounts.reset'),
        async () => setPassword((await call(resetPassword, { params })).oneTimePassword),
        t('console.accounts.reset-done'),
      )}
      {row.totpEnabledAt
        ? link(t('console.accounts.reset-totp'), () => call(resetTotp, { params }), t('console.saved'))
        : null}
      {link(t('console.accounts.end-sessions'), () => call(endAccountSessions, { params }), t('console.saved'))}
      {row.disabledAt ? (
        link(t('console.accounts.enable'), () => call(enableAccount, { params }), t('console.saved'))
      ) : asksReason ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void act(() => call(disableAccount, { params, body: { reason: reason.trim() } }), t('console.saved')).then(
              (done) => {
                if (done) setAsksReason(false);
              },
            );
          }}
        >
          <TextField
            id={`disable-${row.id}`}
            label={t('console.action.reason')}
            maxLength={500}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <Button look="danger" small disabled={busy || reason.trim() === ''}>
            {t('console.accounts.disable')}
          </Button>
        </form>
      ) : (
        <Button type="button" look="link" onClick={() => setAsksReason(true)}>
          {t('console.accounts.disable')}
          <span className="visually-hidden"> {row.login}</span>
        </Button>
      )}
    </div>
  );
}
