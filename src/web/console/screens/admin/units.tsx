import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Static } from 'typebox';
import { listUnitChildren, listUnits, type UnitRow } from '../../../../modules/foundation/organisation/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';

type Row = Static<typeof UnitRow>;
const PAGE_SIZE = 50;

/** Units as a tree on any day, or found by name and code. */
export default function Units() {
  const t = useTranslate();
  const today = useToday();
  const [filters, set] = useFilters();
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const day = filters.ngay ?? today;
  const found = useCall(
    listUnits,
    { query: { ...given({ q }), day, page, pageSize: PAGE_SIZE } },
    { enabled: q !== '', keep: true },
  );
  return (
    <>
      <ScreenHead title={t('console.units.title')} />
      <div className="filters">
        <SearchBox
          id="unit-search"
          label={t('console.units.search')}
          onText={(text) => {
            setQ(text);
            setPage(1);
          }}
        />
        <DayField key={day} id="unit-day" label={t('console.units.day')} day={day} onDay={(ngay) => set({ ngay })} />
      </div>
      {q === '' ? (
        <Children parentId="root" day={day} depth={0} />
      ) : (
        <Loaded query={found}>
          {({ rows, total }) =>
            rows.length === 0 ? (
              <EmptyState title={t('console.units.empty')} />
            ) : (
              <>
                <ul className="tree">
                  {rows.map((row) => (
                    <li key={row.unitId}>
                      <UnitLink row={row} day={day} /> <span className="hint">{row.place}</span>
                    </li>
                  ))}
                </ul>
                <Pager page={page} total={total} pageSize={PAGE_SIZE} onPage={setPage} />
              </>
            )
          }
        </Loaded>
      )}
    </>
  );
}

function UnitLink({ row, day }: { row: Row; day: string }) {
  const t = useTranslate();
  return (
    <>
      <Link to="/quan-tri/don-vi/$id" params={{ id: row.unitId }} search={{ ngay: day } as never} data-row="">
        {row.name}
      </Link>{' '}
      {row.code ? <span className="code">{row.code}</span> : null}{' '}
      <span className="tag">{t(`console.unit-type.${row.type}`)}</span>
    </>
  );
}

function Children({ parentId, day, depth }: { parentId: string; day: string; depth: number }) {
  const t = useTranslate();
  const children = useCall(listUnitChildren, { params: { id: parentId }, query: { day } }, { staleTime: 60_000 });
  return (
    <Loaded query={children}>
      {({ rows }) =>
        rows.length === 0 ? (
          <p className="hint">{t('console.units.no-children')}</p>
        ) : (
          <ul className="tree">
            {rows.map((row) => (
              <Branch key={row.unitId} row={row} day={day} depth={depth} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Branch({ row, day, depth }: { row: Row; day: string; depth: number }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <Button type="button" look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden="true">{open ? '▾' : '▸'}</span>
        <span className="visually-hidden">{t('console.units.children-of', { name: row.name })}</span>
      </Button>{' '}
      <UnitLink row={row} day={day} />
      {open ? <Children parentId={row.unitId} day={day} depth={depth + 1} /> : null}
    </li>
  );
}
