import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { createStaff, listStaff } from '../../../../modules/foundation/organisation/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { PAGE_SIZE, PagedTable } from '../../ui/paged-table.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { NO_PERSON, PersonFields, personOf } from './person-fields.tsx';

/** Staff of the units I may edit. */
export default function StaffList() {
  const t = useTranslate();
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const list = useCall(listStaff, { query: { ...given({ q }), page, pageSize: PAGE_SIZE } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('console.staff.title')} />
      <Disclosure label={t('console.staff.add')}>{(close) => <AddStaff close={close} />}</Disclosure>
      <div className="filters">
        <SearchBox
          id="staff-search"
          label={t('console.staff.search')}
          onText={(text) => {
            setQ(text);
            setPage(1);
          }}
        />
      </div>
      <PagedTable
        query={list}
        caption={t('console.staff.title')}
        empty={t('console.staff.empty')}
        rowKey={(row) => row.id}
        page={page}
        onPage={setPage}
        columns={[
          {
            id: 'name',
            label: t('console.dossier.name'),
            rowHead: true,
            cell: (row) => (
              <>
                <Link to="/quan-tri/can-bo/$id" params={{ id: row.id }} data-row="">
                  {row.fullName}
                </Link>{' '}
                {row.endedOn ? <Tag>{t('console.staff.left')}</Tag> : null}
              </>
            ),
          },
          {
            id: 'positions',
            label: t('console.staff.positions'),
            cell: (row) => row.positions.map((position) => `${position.title}, ${position.unitName}`).join('; '),
          },
          { id: 'email', label: t('console.intake.email'), cell: (row) => row.email ?? '' },
          { id: 'phone', label: t('console.intake.phone'), cell: (row) => row.phone ?? '' },
        ]}
      />
    </>
  );
}

function AddStaff({ close }: { close: () => void }) {
  const t = useTranslate();
  const [person, setPerson] = useState(NO_PERSON);
  const [title, setTitle] = useState('');
  const [unitId, setUnitId] = useState('');
  const [validFrom, setValidFrom] = useState(useToday());
  const { act, busy, error } = useAct([listStaff]);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const body = { ...personOf(person), position: { unitId, title: title.trim(), main: true, validFrom } };
    if (await act(() => call(createStaff, { body }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <div className="grid-fields">
        <PersonFields id="staff" person={person} onPerson={setPerson} />
        <UnitPicker id="staff-unit" label={t('console.dossiers.unit')} onUnit={setUnitId} />
        <TextField
          id="staff-title"
          label={t('console.staff.position')}
          value={title}
          onChange={(e) => setTitle(e.currentTarget.value)}
        />
        <DayField id="staff-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      </div>
      <FormButtons label={t('console.staff.add')} disabled={busy || unitId === ''} close={close} />
    </form>
  );
}
