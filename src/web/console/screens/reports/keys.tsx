import { useState } from 'react';
import {
  type ExchangeClientType,
  issueExchangeKey,
  listExchangeClients,
  revokeExchangeKey,
  TAKES,
} from '../../../../modules/insight/reports/contract-exchange.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';

/** Keys by which systems of the level above pull reports: given, shown once, taken away. */
export default function ExchangeKeys() {
  const t = useTranslate();
  const clients = useCall(listExchangeClients, {});
  const [key, setKey] = useState('');
  const { act, busy, error } = useAct([listExchangeClients]);
  return (
    <>
      <ScreenHead title={t('reports.keys.title')} />
      <p className="hint">{t('reports.keys.intro')}</p>
      <FailureNote error={error} />
      {key ? (
        <div className="note note--success" role="status">
          <p>{t('reports.keys.shown-once')}</p>
          <p>
            <code className="code">{key}</code>
          </p>
        </div>
      ) : null}
      <Loaded query={clients}>
        {({ rows, units }) => (
          <>
            <Disclosure label={t('reports.keys.issue')}>
              {(close) => <IssueForm units={units} close={close} onKey={setKey} />}
            </Disclosure>
            {rows.length === 0 ? (
              <EmptyState title={t('reports.keys.empty')} />
            ) : (
              <Table<ExchangeClientType>
                caption={t('reports.keys.title')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'name', label: t('reports.keys.name'), rowHead: true, cell: (row) => row.name },
                  {
                    id: 'takes',
                    label: t('reports.keys.takes'),
                    cell: (row) => t(`reports.keys.take.${row.takes}`, { unit: row.unitName }),
                  },
                  { id: 'hint', label: t('reports.keys.hint'), cell: (row) => <code>{row.keyHint}…</code> },
                  {
                    id: 'state',
                    label: t('reports.state'),
                    cell: (row) => (
                      <Tag tone={row.live ? 'green' : 'grey'}>
                        {t(
                          row.live ? 'reports.keys.live' : row.revokedAt ? 'reports.keys.revoked' : 'reports.keys.over',
                        )}
                      </Tag>
                    ),
                  },
                  { id: 'expires', label: t('reports.keys.expires'), cell: (row) => showDay(row.expiresOn) },
                  {
                    id: 'used',
                    label: t('reports.keys.used'),
                    cell: (row) => (row.lastUsedAt ? showShortInstant(row.lastUsedAt) : t('reports.keys.never')),
                  },
                  {
                    id: 'issued',
                    label: t('reports.keys.issued'),
                    cell: (row) => `${showShortInstant(row.issuedAt)}, ${row.issuedBy}`,
                  },
                  {
                    id: 'act',
                    label: t('reports.act'),
                    cell: (row) =>
                      row.live ? (
                        <Button
                          type="button"
                          look="link"
                          disabled={busy}
                          aria-label={t('reports.keys.revoke-of', { name: row.name })}
                          onClick={() =>
                            void act(
                              () => call(revokeExchangeKey, { params: { id: row.id } }),
                              t('reports.keys.revoked-now'),
                            )
                          }
                        >
                          {t('reports.keys.revoke')}
                        </Button>
                      ) : null,
                  },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function IssueForm({
  units,
  close,
  onKey,
}: {
  units: readonly { id: string; name: string }[];
  close: () => void;
  onKey: (key: string) => void;
}) {
  const t = useTranslate();
  const [name, setName] = useState('');
  const [takes, setTakes] = useState<(typeof TAKES)[number]>('received');
  const [unitId, setUnit] = useState(units[0]?.id ?? '');
  const [expiresOn, setDay] = useState('');
  const idempotency = useKey();
  const { act, busy, error } = useAct([listExchangeClients]);
  return (
    <form
      noValidate
      aria-label={t('reports.keys.issue')}
      onSubmit={(event) => {
        event.preventDefault();
        void act(async () => {
          const body = { name: name.trim(), takes, unitId, expiresOn };
          onKey((await call(issueExchangeKey, { body }, idempotency)).key);
        }, t('reports.keys.issued-now')).then((done) => done && close());
      }}
    >
      <FailureNote error={error} />
      <TextField
        id="key-name"
        label={t('reports.keys.name')}
        hint={t('reports.keys.name-hint')}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        id="key-unit"
        label={t('reports.unit')}
        value={unitId}
        onChange={setUnit}
        options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
      />
      <Select
        id="key-takes"
        label={t('reports.keys.takes')}
        value={takes}
        onChange={(value) => setTakes(TAKES.find((one) => one === value) ?? 'received')}
        options={TAKES.map((value) => ({
          value,
          label: t(`reports.keys.take.${value}`, { unit: units.find((unit) => unit.id === unitId)?.name ?? '' }),
        }))}
      />
      <DayField id="key-expiresOn" label={t('reports.keys.expires')} day={expiresOn} onDay={setDay} optional={false} />
      <FormButtons label={t('reports.keys.issue')} disabled={busy || unitId === ''} close={close} />
    </form>
  );
}
