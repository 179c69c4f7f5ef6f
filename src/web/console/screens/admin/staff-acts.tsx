import { type FormEvent, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  addPosition,
  getStaff,
  grantRole,
  listRoles,
  listStaff,
  updateStaff,
} from '../../../../modules/foundation/organisation/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Select } from '../../ui/select.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { type Person, PersonFields, personOf } from './person-fields.tsx';

const REACHES = ['unit', 'authority', 'subtree'] as const;

/** Name and contact; leaving the service is a day, too. */
export function EditStaff({ staff }: { staff: ReplyOf<typeof getStaff> }) {
  const t = useTranslate();
  const [person, setPerson] = useState<Person>({
    fullName: staff.fullName,
    email: staff.email ?? '',
    phone: staff.phone ?? '',
  });
  const [endedOn, setEndedOn] = useState(staff.endedOn ?? '');
  const { act, busy, error } = useAct([getStaff, listStaff]);
  function submit(event: FormEvent) {
    event.preventDefault();
    const body = { version: staff.version, ...personOf(person), endedOn: endedOn || null };
    void act(() => call(updateStaff, { params: { id: staff.id }, body }), t('console.saved'));
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <div className="grid-fields">
        <PersonFields id="edit" person={person} onPerson={setPerson} />
        <DayField id="edit-ended" label={t('console.staff.ended-on')} day={endedOn} onDay={setEndedOn} />
      </div>
      <Button small disabled={busy}>
        {t('console.save')}
      </Button>
    </form>
  );
}

/** One more post, beside those held already. */
export function AddPosition({ staffId, close }: { staffId: string; close: () => void }) {
  const t = useTranslate();
  const [unitId, setUnitId] = useState('');
  const [title, setTitle] = useState('');
  const [main, setMain] = useState(false);
  const [validFrom, setValidFrom] = useState(useToday());
  const { act, busy, error } = useAct([getStaff, listStaff]);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const body = { unitId, title: title.trim(), main, validFrom };
    if (await act(() => call(addPosition, { params: { id: staffId }, body }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <UnitPicker id="position-unit" label={t('console.dossiers.unit')} onUnit={setUnitId} />
      <TextField
        id="position-title"
        label={t('console.staff.position')}
        value={title}
        onChange={(e) => setTitle(e.currentTarget.value)}
      />
      <div className="checkbox">
        <input type="checkbox" id="position-main" checked={main} onChange={(e) => setMain(e.currentTarget.checked)} />
        <label htmlFor="position-main">{t('console.staff.make-main')}</label>
      </div>
      <DayField id="position-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <FormButtons label={t('console.staff.add-position')} disabled={busy || unitId === ''} close={close} />
    </form>
  );
}

/** A role at a unit, with its reach and days. */
export function GrantRole({ staffId, close }: { staffId: string; close: () => void }) {
  const t = useTranslate();
  const roles = useCall(listRoles, {}, { staleTime: 600_000 });
  const [roleCode, setRoleCode] = useState('');
  const [unitId, setUnitId] = useState('');
  const [reach, setReach] = useState('');
  const [reason, setReason] = useState('');
  const [validFrom, setValidFrom] = useState(useToday());
  const [validTo, setValidTo] = useState('');
  const { act, busy, error } = useAct([getStaff]);
  const role = roles.data?.rows.find((row) => row.code === roleCode);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const optional = given({ reach: REACHES.find((one) => one === reach), reason: reason.trim(), validTo });
    const body = { roleCode, unitId, validFrom, ...optional };
    if (await act(() => call(grantRole, { params: { id: staffId }, body }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <Select
        id="grant-role"
        label={t('console.staff.role')}
        value={roleCode}
        onChange={setRoleCode}
        options={(roles.data?.rows ?? []).map((row) => ({ value: row.code, label: row.name }))}
        empty={t('forms.choose')}
        hint={role?.permissions.map((permission) => permission.name).join('; ')}
      />
      <UnitPicker id="grant-unit" label={t('console.dossiers.unit')} onUnit={setUnitId} />
      <Select
        id="grant-reach"
        label={t('console.staff.reach')}
        value={reach}
        onChange={setReach}
        options={REACHES.map((value) => ({ value, label: t(`console.reach.${value}`) }))}
        empty={t('console.staff.reach-of-role')}
      />
      <DayField id="grant-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <DayField id="grant-to" label={t('console.to')} day={validTo} onDay={setValidTo} />
      <TextField
        id="grant-reason"
        optional
        label={t('console.action.reason')}
        maxLength={500}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <FormButtons label={t('console.staff.grant')} disabled={busy || unitId === '' || roleCode === ''} close={close} />
    </form>
  );
}
