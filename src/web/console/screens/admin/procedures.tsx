import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listCatalogue } from '../../../../modules/onestop/procedures/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { PAGE_SIZE, PagedTable } from '../../ui/paged-table.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { RevisionTags } from './revision-tags.tsx';

/** The catalogue: the youngest revision of every procedure, drafts too. */
export default function Procedures() {
  const t = useTranslate();
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const list = useCall(listCatalogue, { query: { ...given({ q }), page, pageSize: PAGE_SIZE } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('console.menu.procedures')} />
      <div className="filters">
        <SearchBox
          id="procedure-search"
          label={t('console.procedures.search')}
          onText={(text) => {
            setQ(text);
            setPage(1);
          }}
        />
      </div>
      <PagedTable
        query={list}
        caption={t('console.menu.procedures')}
        empty={t('console.procedures.empty')}
        rowKey={(row) => row.id}
        page={page}
        onPage={setPage}
        columns={[
          {
            id: 'code',
            label: t('console.list.procedure-code'),
            rowHead: true,
            cell: (row) => (
              <Link to="/quan-tri/thu-tuc/$code" params={{ code: row.code }} className="code" data-row="">
                {row.code}
              </Link>
            ),
          },
          { id: 'name', label: t('console.list.procedure'), cell: (row) => row.name },
          { id: 'field', label: t('console.procedures.field'), cell: (row) => row.fieldName },
          {
            id: 'levels',
            label: t('console.units.level'),
            cell: (row) => row.levels.map((level) => t(`console.level.${level}`)).join(', '),
          },
          { id: 'status', label: t('console.list.status'), cell: (row) => <RevisionTags revision={row} /> },
          { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
        ]}
      />
    </>
  );
}
