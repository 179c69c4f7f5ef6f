import { formatTypedDate } from '../../../../core/forms/read-date.ts';
import { findPeople, type PartySnapshotType } from '../../../../modules/onestop/dossiers/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { Select } from '../../ui/select.tsx';
import { TypeAhead } from '../../ui/type-ahead.tsx';
import type { PersonDraft } from './draft.ts';

const SUBJECTS = ['citizen', 'foreigner', 'newborn', 'organisation', 'overseas'] as const;
const PAPERS: Record<(typeof SUBJECTS)[number], readonly string[]> = {
  citizen: ['cccd', 'cmnd', 'passport'],
  foreigner: ['passport', 'other'],
  newborn: ['cccd'],
  organisation: ['tax-code', 'other'],
  overseas: ['passport', 'cccd', 'other'],
};

function fromSnapshot(personId: string, snapshot: PartySnapshotType): PersonDraft {
  return {
    personId,
    fullName: snapshot.fullName,
    subjectType: snapshot.subjectType,
    idType: snapshot.idType ?? PAPERS[snapshot.subjectType][0] ?? 'other',
    idNumber: snapshot.idNumber ?? '',
    birthDate: formatTypedDate(snapshot.birthDate ?? ''),
    gender: snapshot.gender ?? '',
    phone: snapshot.phone ?? '',
    email: snapshot.email ?? '',
    address: snapshot.address ?? '',
  };
}

/** A party: the name finds people who came before (also by number or phone); one press of Enter fills the rest. */
export function PersonFields({
  id,
  label,
  unitId,
  person,
  onChange,
  error,
  autoFocus = false,
}: {
  id: string;
  label: string;
  unitId: string;
  person: PersonDraft;
  onChange: (person: PersonDraft) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}) {
  const t = useTranslate();
  const q = useLater(person.fullName.trim());
  const asks = q.length >= 2 && person.personId === null && q === person.fullName.trim();
  const found = useCall(findPeople, { body: { q, unitId } }, { enabled: asks, staleTime: 60_000 });
  // A new phone or address is the same person; another name or number is somebody else.
  const set = (change: Partial<PersonDraft>) => {
    const isOther = 'fullName' in change || 'idNumber' in change || 'idType' in change || 'subjectType' in change;
    onChange({ ...person, ...change, ...(isOther ? { personId: null } : {}) });
  };
  const isOrganisation = person.subjectType === 'organisation';
  return (
    <div className="grid-fields">
      <TypeAhead
        id={`${id}-name`}
        label={label}
        hint={t('console.intake.person-hint')}
        error={error}
        text={person.fullName}
        onText={(fullName) => set({ fullName })}
        items={asks ? (found.data?.rows ?? []) : []}
        itemKey={(row) => row.personId}
        renderItem={(row) => (
          <>
            <strong>{row.snapshot.fullName}</strong>
            <span className="hint">
              {[
                formatTypedDate(row.snapshot.birthDate ?? ''),
                row.snapshot.idNumber,
                row.snapshot.phone,
                row.snapshot.address,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </>
        )}
        onPick={(row) => onChange(fromSnapshot(row.personId, row.snapshot))}
        loading={found.isFetching}
        autoFocus={autoFocus}
      />
      <Select
        id={`${id}-subject`}
        label={t('console.intake.subject-type')}
        value={person.subjectType}
        onChange={(value) => {
          const subjectType = SUBJECTS.find((subject) => subject === value) ?? 'citizen';
          set({ subjectType, idType: PAPERS[subjectType][0] ?? 'other' });
        }}
        options={SUBJECTS.map((value) => ({ value, label: t(`console.subject.${value}`) }))}
      />
      <Select
        id={`${id}-id-type`}
        label={t('console.intake.id-type')}
        value={person.idType}
        onChange={(idType) => set({ idType })}
        options={PAPERS[person.subjectType].map((value) => ({ value, label: t(`console.paper.${value}`) }))}
      />
      <TextField
        id={`${id}-id-number`}
        label={t('console.intake.id-number')}
        autoComplete="off"
        inputMode={person.idType === 'cccd' || person.idType === 'cmnd' ? 'numeric' : 'text'}
        maxLength={40}
        value={person.idNumber}
        onChange={(event) => set({ idNumber: event.currentTarget.value })}
      />
      {isOrganisation ? null : (
        <>
          <TextField
            id={`${id}-birth`}
            label={t('console.intake.birth-date')}
            optional
            autoComplete="off"
            inputMode="numeric"
            placeholder="dd/mm/yyyy"
            maxLength={10}
            value={person.birthDate}
            onChange={(event) => set({ birthDate: event.currentTarget.value })}
          />
          <Select
            id={`${id}-gender`}
            label={t('console.intake.gender')}
            value={person.gender}
            onChange={(gender) => set({ gender })}
            options={['male', 'female'].map((value) => ({ value, label: t(`forms.person.${value}`) }))}
            empty={t('console.intake.unsaid')}
          />
        </>
      )}
      <TextField
        id={`${id}-phone`}
        label={t('console.intake.phone')}
        optional
        type="tel"
        autoComplete="off"
        maxLength={30}
        value={person.phone}
        onChange={(event) => set({ phone: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-email`}
        label={t('console.intake.email')}
        optional
        type="email"
        autoComplete="off"
        maxLength={200}
        value={person.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-address`}
        label={t('console.intake.address')}
        optional
        autoComplete="off"
        maxLength={500}
        value={person.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
      />
    </div>
  );
}
