import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { formatNumberVi } from '../../../../core/text/numbers.ts';
import {
  type ApologyLineType,
  getLateFigures,
  listApologies,
  TABS,
} from '../../../../modules/onestop/apologies/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { saveText, toCsv } from '../../data/csv.ts';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { ApologyActs } from './acts.tsx';
import { ExemptionLines, PaperLines } from './paper.tsx';

/** The duty of apologising: what is owed, what waits for somebody, what was sent, what was exempted. */
export default function Apologies() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const tab = TABS.find((one) => one === filters['ngan']) ?? 'todo';
  const page = Math.max(1, Number(filters['trang']) || 1);
  const [q, setQ] = useState('');
  const query = { tab, ...given({ q }) };
  const list = useCall(listApologies, { query: { ...query, page } }, { keep: true, refetchEvery: 60_000 });
  return (
    <>
      <ScreenHead title={t('console.apology.title')}>
        <ExportButton query={query} />
      </ScreenHead>
      {mayDo(me, 'board.read') ? <Figures /> : null}
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
              <Table
                caption={t(`console.apology.tab.${tab}`)}
                hideCaption
                rows={rows}
                rowKey={(row) => `${row.dossierId} ${row.apology?.id ?? ''} ${row.exemption?.id ?? ''}`}
                columns={[
                  {
                    id: 'code',
                    label: t('console.apology.dossier'),
                    rowHead: true,
                    cell: (row) => (
                      <>
                        <Link to="/ho-so/$id" params={{ id: row.dossierId }}>
                          {row.dossierCode}
                        </Link>
                        <span className="line">{row.procedureName}</span>
                      </>
                    ),
                  },
                  {
                    id: 'unit',
                    label: t('console.apology.unit'),
                    cell: (row) => (
                      <>
                        {row.authorityName}
                        {row.holderName ? <span className="hint">{row.holderName}</span> : null}
                      </>
                    ),
                  },
                  {
                    id: 'due',
                    label: t('console.apology.due'),
                    cell: (row) => (
                      <>
                        {showShortInstant(row.dueAt)}
                        <LateTag row={row} />
                      </>
                    ),
                  },
                  {
                    id: 'paper',
                    label: t('console.apology.paper'),
                    cell: (row) => (
                      <>
                        {row.apology ? <PaperLines paper={row.apology} late={row.late} /> : null}
                        {row.exemption ? <ExemptionLines exemption={row.exemption} /> : null}
                        {row.apology || row.exemption ? null : t('console.apology.nothing')}
                      </>
                    ),
                  },
                  {
                    id: 'acts',
                    label: t('console.apology.acts'),
                    cell: (row) => <ApologyActs subject={row} choices={choices} tellsWho />,
                  },
                ]}
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

function LateTag({ row }: { row: ApologyLineType }) {
  const t = useTranslate();
  if (row.endedAt)
    return (
      <>
        <span className="line">{t('console.apology.ended', { day: showDay(row.endedAt) })}</span>
        {row.late ? <Tag tone="red">{t('console.apology.ended-late')}</Tag> : null}
      </>
    );
  return row.late ? (
    <span className="line">
      <Tag tone="red">{t('console.apology.late')}</Tag>
    </span>
  ) : null;
}

/** Late, apologised for, exempted and owed, of a period; the rate over its one named denominator. */
function Figures() {
  const t = useTranslate();
  const today = useToday();
  const [filters, set] = useFilters();
  const from = filters['tu'] ?? `${today.slice(0, 7)}-01`;
  const to = filters['den'] ?? today;
  const figures = useCall(getLateFigures, { query: { from, to } }, { keep: true });
  return (
    <details className="details" open>
      <summary>{t('console.apology.figures', { from: showDay(from), to: showDay(to) })}</summary>
      <div className="filters no-print">
        <DayField id="figures-from" label={t('console.from')} day={from} onDay={(day) => set({ tu: day })} />
        <DayField id="figures-to" label={t('console.to')} day={to} onDay={(day) => set({ den: day })} />
      </div>
      <Loaded query={figures}>
        {({ total }) => (
          <Facts
            items={[
              { term: t('console.apology.figure.late'), value: formatNumberVi(total.late) },
              { term: t('console.apology.figure.with'), value: formatNumberVi(total.withApology) },
              { term: t('console.apology.figure.exempted'), value: formatNumberVi(total.exempted) },
              { term: t('console.apology.figure.without'), value: formatNumberVi(total.without) },
              {
                term: t('console.apology.figure.rate'),
                value:
                  total.ratePercent === null
                    ? t('console.apology.figure.no-rate')
                    : t('console.apology.figure.of', {
                        rate: formatNumberVi(total.ratePercent),
                        denominator: formatNumberVi(total.denominator),
                      }),
              },
            ]}
          />
        )}
      </Loaded>
    </details>
  );
}

function ExportButton({ query }: { query: { tab: (typeof TABS)[number]; q?: string } }) {
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
