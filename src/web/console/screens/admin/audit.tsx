import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays, instantAt, toIso } from '../../../../core/time/index.ts';
import { listAudit } from '../../../../modules/foundation/audit/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCursorList } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { MoreRows } from '../dossiers/dossier-table.tsx';

/** An act in words; empty where only its code is known. */
function actionText(t: Translate, action: string): string {
  const key = `console.audit.act.${action}`;
  const text = t(key);
  return text === key ? '' : text;
}

/** The trail, youngest first. Reading it is itself recorded. */
export default function Audit() {
  const t = useTranslate();
  const [typed, setTyped] = useState({ action: '', actor: '', objectId: '' });
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const words = useLater(typed, 500);
  const query = given({
    action: words.action.trim(),
    actor: words.actor.trim(),
    objectId: words.objectId.trim(),
    from: from === '' ? undefined : toIso(instantAt(from, '00:00')),
    to: to === '' ? undefined : toIso(instantAt(addDays(to, 1), '00:00')),
  });
  const list = useCursorList([listAudit.id, query], (cursor) =>
    call(listAudit, { query: { ...query, ...given({ cursor }), limit: 100 } }),
  );
  const rows = list.rows ?? [];
  return (
    <>
      <ScreenHead title={t('console.menu.audit')} />
      <p className="hint">{t('console.audit.recorded')}</p>
      <div className="filters">
        {(['action', 'actor', 'objectId'] as const).map((name) => (
          <TextField
            key={name}
            id={`audit-${name}`}
            label={t(`console.audit.${name}`)}
            hint={t(`console.audit.${name}-hint`)}
            autoComplete="off"
            value={typed[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
        <DayField id="audit-from" label={t('console.from')} day={from} onDay={setFrom} />
        <DayField id="audit-to" label={t('console.to')} day={to} onDay={setTo} />
      </div>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.audit.empty')} />
          ) : (
            <>
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
                    cell: (row) => (
                      <>
                        {actionText(t, row.action)}
                        <span className="hint code">{row.action}</span>
                      </>
                    ),
                  },
                  {
                    id: 'actor',
                    label: t('console.audit.actor'),
                    cell: (row) => (
                      <>
                        <span className="code">{row.actor}</span>
                        <span className="hint">{[row.assurance, row.address].filter(Boolean).join(' · ')}</span>
                      </>
                    ),
                  },
                  {
                    id: 'object',
                    label: t('console.audit.object'),
                    cell: (row) =>
                      row.objectType === 'dossier' ? (
                        <Link to="/ho-so/$id" params={{ id: row.objectId }} className="code">
                          {row.objectType} {row.objectId}
                        </Link>
                      ) : (
                        <span className="code">
                          {row.objectType} {row.objectId}
                        </span>
                      ),
                  },
                  {
                    id: 'payload',
                    label: t('console.audit.payload'),
                    cell: (row) =>
                      row.erasedAt ? (
                        <Tag>{t('console.audit.erased', { when: showShortInstant(row.erasedAt) })}</Tag>
                      ) : row.payload === null || row.payload === undefined ? (
                        ''
                      ) : (
                        <details>
                          <summary>{t('console.audit.show')}</summary>
                          <pre className="raw">{JSON.stringify(row.payload, null, 2)}</pre>
                        </details>
                      ),
                  },
                ]}
              />
              <MoreRows
                count={rows.length}
                hasMore={list.query.hasNextPage}
                loading={list.query.isFetchingNextPage}
                onMore={() => void list.query.fetchNextPage()}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}
