import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { type findAbsencePeople, listAbsences } from '../../../../modules/foundation/absence/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { type CsvColumn, saveText, toCsv } from '../../data/csv.ts';
import { useFilters } from '../../data/filters.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PAGE_SIZE } from '../../ui/paged-table.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { AbsenceForm } from './absence-form.tsx';
import { AbsenceTable } from './absence-table.tsx';
import { showEnd, showStart } from './period-text.ts';
import { PersonField } from './person-field.tsx';

type Row = ReplyOf<typeof listAbsences>['rows'][number];
type Person = ReplyOf<typeof findAbsencePeople>['rows'][number];
const STATUSES = ['planned', 'active', 'ended', 'cancelled'] as const;
const MOST_EXPORTED = 20;

/** Absences of the people I answer for, as a table with a strip of weeks. */
export function AbsenceList() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  // Names of people stay out of the address.
  const [q, setQ] = useState('');
  const page = Number(filters.trang) || 1;
  const query = given({
    q,
    status: STATUSES.find((status) => status === filters['trang-thai']),
    from: filters.tu,
    to: filters.den,
  });
  const list = useCall(listAbsences, { query: { ...query, page, limit: PAGE_SIZE } }, { keep: true });
  const { act, busy } = useAct([]);
  const columns: CsvColumn<Row>[] = [
    { label: t('absence.column.person'), value: (row) => row.staffName },
    { label: t('console.dossiers.unit'), value: (row) => row.unitNames.join('; ') },
    { label: t('absence.column.kind'), value: (row) => row.kindName },
    { label: t('absence.column.from'), value: (row) => showStart(row.startsAt) },
    { label: t('absence.column.to'), value: (row) => showEnd(row.endsAt) },
    { label: t('absence.column.acting'), value: (row) => row.acting.map((one) => one.name).join('; ') },
    { label: t('absence.column.status'), value: (row) => row.statusName },
    { label: t('absence.note'), value: (row) => row.note },
  ];
  async function save() {
    const rows: Row[] = [];
    for (let at = 1; at <= MOST_EXPORTED; at++) {
      const reply = await call(listAbsences, { query: { ...query, page: at, limit: 200 } });
      rows.push(...reply.rows);
      if (rows.length >= reply.total || reply.rows.length === 0) break;
    }
    saveText('vang-mat.csv', toCsv(columns, rows));
  }
  return (
    <>
      <Disclosure label={t('absence.record-other')}>{(close) => <RecordOther close={close} />}</Disclosure>
      <div className="filters no-print">
        <SearchBox
          id="absence-q"
          label={t('absence.search')}
          onText={(text) => {
            setQ(text);
            set({ trang: '' });
          }}
        />
        <Select
          id="absence-status"
          label={t('absence.status')}
          value={filters['trang-thai'] ?? ''}
          onChange={(value) => set({ 'trang-thai': value, trang: '' })}
          options={STATUSES.map((value) => ({ value, label: t(`absence.status-name.${value}`) }))}
          empty={t('console.all')}
        />
        <DayField id="absence-from" label={t('console.from')} day={filters.tu ?? ''} onDay={(tu) => set({ tu })} />
        <DayField id="absence-to" label={t('console.to')} day={filters.den ?? ''} onDay={(den) => set({ den })} />
        <Button
          type="button"
          look="secondary"
          small
          disabled={busy || !list.data || list.data.total === 0}
          onClick={() => void act(save)}
        >
          {t('console.list.export')}
        </Button>
      </div>
      <AbsenceTable query={list} page={page} onPage={(next) => set({ trang: String(next) })} />
    </>
  );
}

function RecordOther({ close }: { close: () => void }) {
  const t = useTranslate();
  const [person, setPerson] = useState<Person | null>(null);
  return (
    <>
      <PersonField id="absence-person" label={t('absence.person')} onPerson={setPerson} />
      {person ? <AbsenceForm key={person.staffId} staffId={person.staffId} close={close} /> : null}
    </>
  );
}
