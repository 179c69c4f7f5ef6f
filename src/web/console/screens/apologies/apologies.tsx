import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type ApologyLineType, listApologies, TABS } from '../../../../modules/onestop/apologies/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { saveText, toCsv } from '../../data/csv.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { ApologyActs } from './acts.tsx';
import { ApologyTable } from './apology-table.tsx';
import { LateFigures } from './late-figures.tsx';

/** The duty of apologising: what is owed, what waits for somebody, what was sent, what was exempted. */
export default function Apologies() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const tab = TABS.find((one) => one === filters['ngan']) ?? 'todo';
  const page = Math.max(1, Number(filters['trang']) || 1);
  const [q, setQ] = useState('');
  const unitId = filters['don-vi'];
  const query = { tab, ...given({ q, unitId }) };
  const list = useCall(listApologies, { query: { ...query, page } }, { keep: true, refetchEvery: 60_000 });
  return (
    <>
      <ScreenHead title={t('console.apology.title')}>
        <ExportButton query={query} />
      </ScreenHead>
      {mayDo(me, 'board.read') ? <LateFigures /> : null}
      <nav aria-label={t('console.apology.tabs')}>
        <ul className="tabs">
          {TABS.map((name) => (
            <li key={name}>
              <Link
                to="/xin-loi"
                search={{ ...filters, ngan: name, trang: undefined } as never}
                aria-current={name === tab ? 'page' : undefined}
                activeProps={{}}
              >
                {t(`console.apology.tab.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="filters no-print">
        <SearchBox
          id="apology-search"
          label={t('console.apology.search')}
          onText={(text) => {
            setQ(text);
            set({ trang: undefined });
          }}
        />
      </div>
      <Loaded query={list}>
        {({ rows, total, pageSize, ...choices }) =>
          total === 0 ? (
            <EmptyState title={t(`console.apology.empty.${tab}`)} />
          ) : (
            <>
              <ApologyTable
                caption={t(`console.apology.tab.${tab}`)}
                rows={rows}
                acts={(row) => <ApologyActs subject={row} choices={choices} tellsWho />}
              />
              <Pager
                page={page}
                total={total}
                pageSize={pageSize}
                onPage={(next) => set({ trang: next === 1 ? undefined : String(next) })}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function ExportButton({ query }: { query: { tab: (typeof TABS)[number]; q?: string; unitId?: string } }) {
  const t = useTranslate();
  const { act, busy } = useAct([]);
  async function save() {
    const rows: ApologyLineType[] = [];
    for (let page = 1; page <= 100; page++) {
      const reply = await call(listApologies, { query: { ...query, page } });
      rows.push(...reply.rows);
      if (reply.rows.length === 0 || rows.length >= reply.total) break;
    }
    const text = toCsv<ApologyLineType>(
      [
        { label: t('console.apology.dossier'), value: (row) => row.dossierCode },
        { label: t('console.apology.procedure'), value: (row) => row.procedureName },
        { label: t('console.apology.unit'), value: (row) => row.authorityName },
        { label: t('console.apology.due'), value: (row) => showShortInstant(row.dueAt) },
        { label: t('console.apology.new-due'), value: (row) => showShortInstant(row.apology?.newDueAt) },
        {
          label: t('console.apology.paper'),
          value: (row) => (row.apology ? t(`console.apology.state.${row.apology.state}`) : ''),
        },
        { label: t('console.apology.number-head'), value: (row) => row.apology?.number },
        {
          label: t('console.apology.tab.exempt'),
          value: (row) => (row.exemption ? t(`console.apology.exemption.${row.exemption.state}`) : ''),
        },
      ],
      rows,
    );
    saveText(`xin-loi-${query.tab}.csv`, text);
  }
  return (
    <Button
      type="button"
      look="secondary"
      small
      disabled={busy}
      onClick={() => void act(save, undefined, { toastError: true })}
    >
      {t('console.apology.export')}
    </Button>
  );
}
