import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays, instantAt, toIso } from '../../../../core/time/index.ts';
import {
  type AuditLine,
  exportAudit,
  findAuditPeople,
  listAudit,
} from '../../../../modules/foundation/audit/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { notify, notifyError } from '../../toasts.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { TypeAhead } from '../../ui/type-ahead.tsx';
import { actionOptions, actionText, actorText, objectName, objectText, saveLines } from './audit-words.ts';

/** The trail, youngest first. Reading it, and taking lines out, is itself recorded. */
export default function Audit() {
  const t = useTranslate();
  const [person, setPerson] = useState<{ actor: string; name: string }>();
  const [action, setAction] = useState('');
  const [typed, setTyped] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const objectId = useLater(typed, 500).trim();
  const query = given({
    action,
    actor: person?.actor,
    objectId,
    from: from === '' ? undefined : toIso(instantAt(from, '00:00')),
    to: to === '' ? undefined : toIso(instantAt(addDays(to, 1), '00:00')),
  });
  const list = useCursorList([listAudit.id, query], (cursor) =>
    call(listAudit, { query: { ...query, ...given({ cursor }), limit: 100 } }),
  );
  const rows = list.rows ?? [];
  return (
    <>
      <ScreenHead title={t('console.menu.audit')}>
        <ExportLines query={query} disabled={rows.length === 0} />
      </ScreenHead>
      <p className="hint">{t('console.audit.recorded')}</p>
      <div className="filters">
        <PersonFilter person={person} onPerson={setPerson} />
        <Select
          id="audit-action"
          label={t('console.audit.action')}
          value={action}
          onChange={setAction}
          options={actionOptions(t)}
          empty={t('console.audit.all-actions')}
        />
        <TextField
          id="audit-object"
          label={t('console.audit.objectId')}
          hint={t('console.audit.objectId-hint')}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <DayField id="audit-from" label={t('console.from')} day={from} onDay={setFrom} />
        <DayField id="audit-to" label={t('console.to')} day={to} onDay={setTo} />
      </div>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.audit.empty')} />
          ) : (
            <>
              <Lines rows={rows} />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

type Person = { actor: string; name: string };

/** Staff by name; the trail itself knows only ids. */
function PersonFilter({
  person,
  onPerson,
}: {
  person: Person | undefined;
  onPerson: (person: Person | undefined) => void;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const q = useLater(text, 300).trim();
  const found = useCall(findAuditPeople, { body: { q } }, { enabled: q.length > 0 && person === undefined });
  return (
    <div>
      <TypeAhead
        id="audit-actor"
        label={t('console.audit.actor')}
        hint={t('console.audit.actor-hint')}
        text={person?.name ?? text}
        onText={(next) => {
          setText(next);
          if (person) onPerson(undefined);
        }}
        items={person ? [] : (found.data?.rows ?? [])}
        itemKey={(item) => item.actor}
        renderItem={(item) => (item.title ? `${item.name} (${item.title})` : item.name)}
        onPick={onPerson}
        loading={found.isFetching}
        mustPick
      />
      {person ? (
        <Button
          type="button"
          look="link"
          onClick={() => {
            setText('');
            onPerson(undefined);
          }}
        >
          {t('console.audit.actor-clear')}
        </Button>
      ) : null}
    </div>
  );
}

type Filter = Parameters<typeof call<typeof exportAudit>>[1]['body'];

function ExportLines({ query, disabled }: { query: Filter; disabled: boolean }) {
  const t = useTranslate();
  const [busy, setBusy] = useState(false);
  async function take() {
    setBusy(true);
    try {
      const { rows, truncated } = await call(exportAudit, { body: query });
      saveLines(t, rows);
      notify('success', t('console.audit.exported', { count: rows.length }));
      if (truncated) notify('danger', t('console.audit.export-truncated', { count: rows.length }));
    } catch (error) {
      notifyError(error, t('console.network'));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button type="button" look="secondary" small disabled={disabled || busy} onClick={() => void take()}>
      {t('console.audit.export')}
    </Button>
  );
}

function Lines({ rows }: { rows: readonly AuditLine[] }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('console.menu.audit')}
      hideCaption
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { id: 'at', label: t('console.audit.at'), cell: (row) => showShortInstant(row.occurredAt) },
        {
          id: 'action',
          label: t('console.audit.action'),
          rowHead: true,
          cell: (row) => actionText(t, row.action) || <span className="code">{row.action}</span>,
        },
        {
          id: 'actor',
          label: t('console.audit.actor'),
          cell: (row) => (
            <>
              {actorText(t, row)}
              <span className="hint">{row.address}</span>
            </>
          ),
        },
        { id: 'object', label: t('console.audit.object'), cell: (row) => <ObjectCell line={row} /> },
        { id: 'payload', label: t('console.audit.payload'), cell: (row) => <Details line={row} /> },
      ]}
    />
  );
}

function ObjectCell({ line }: { line: AuditLine }) {
  const t = useTranslate();
  const word = objectText(t, line.objectType);
  if (line.objectType === 'dossier') {
    return (
      <>
        {word}{' '}
        <Link to="/ho-so/$id" params={{ id: line.objectId }} className="code">
          {line.objectName || line.objectId}
        </Link>
      </>
    );
  }
  return (
    <>
      {word}
      <span className="hint">{objectName(t, line)}</span>
    </>
  );
}

function Details({ line }: { line: AuditLine }) {
  const t = useTranslate();
  if (line.erasedAt) return <Tag>{t('console.audit.erased', { when: showShortInstant(line.erasedAt) })}</Tag>;
  const { payload } = line;
  if (payload === null || payload === undefined) return null;
  const ids = typeof payload === 'object' && 'ids' in payload && Array.isArray(payload.ids) ? payload.ids : undefined;
  return (
    <details>
      <summary>{ids ? t('console.audit.shown', { count: ids.length }) : t('console.audit.show')}</summary>
      <pre className="raw">{JSON.stringify(payload, null, 2)}</pre>
    </details>
  );
}
