import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/** What is typed of a person; empty where it is left out. */
export type Person = { readonly fullName: string; readonly email: string; readonly phone: string };

export const NO_PERSON: Person = { fullName: '', email: '', phone: '' };

/** As it is sent. */
export const personOf = ({ fullName, email, phone }: Person) => ({
  fullName: fullName.trim(),
  email: email.trim() || null,
  phone: phone.trim() || null,
});

/** Name and contact of somebody of the staff. @param id begins the ids of the fields */
export function PersonFields({
  id,
  person,
  onPerson,
}: {
  id: string;
  person: Person;
  onPerson: (person: Person) => void;
}) {
  const t = useTranslate();
  return (
    <>
      <TextField
        id={`${id}-name`}
        label={t('console.dossier.name')}
        value={person.fullName}
        onChange={(event) => onPerson({ ...person, fullName: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-email`}
        type="email"
        optional
        label={t('console.intake.email')}
        value={person.email}
        onChange={(event) => onPerson({ ...person, email: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-phone`}
        type="tel"
        optional
        label={t('console.intake.phone')}
        value={person.phone}
        onChange={(event) => onPerson({ ...person, phone: event.currentTarget.value })}
      />
    </>
  );
}
