import type { PersonField } from '../../../core/forms/definition.ts';
import { inputId, inputName } from '../../../core/forms/paths.ts';
import { formatTypedDate } from '../../../core/forms/read-date.ts';
import { idTypesOf, PERSON_PARTS, type PersonPart, type PersonValue } from '../../../core/forms/read-person.ts';
import { useTranslate } from '../i18n/context.tsx';
import { errorAt, type FormBinding } from './binding.ts';
import { ChoiceControl } from './choice-control.tsx';
import { QuestionSet } from './fieldset.tsx';
import { TextControl } from './text-control.tsx';

interface PersonProps {
  binding: FormBinding;
  path: string;
  field: PersonField;
  isRequired: boolean;
  value: PersonValue;
}

/** Browsers fill in one's own data only into the form's only person; a witness is somebody else. */
const AUTOCOMPLETE: Partial<Record<PersonPart | 'fullName', string>> = {
  phone: 'tel',
  email: 'email',
  birthDate: 'bday',
};

/** A person: name and the parts the field asks for. */
export function PersonControl({ binding, path, field, isRequired, value }: PersonProps) {
  const t = useTranslate();
  const id = inputId(binding.idPrefix, path);
  return (
    <QuestionSet
      id={id}
      label={field.label}
      hint={field.help}
      error={errorAt(binding, path)}
      isRequired={isRequired}
      isLinkTarget
    >
      <TextControl
        binding={binding}
        path={`${path}.fullName`}
        label={t('forms.person.fullName')}
        hint={t('forms.person.fullName-hint')}
        isRequired
        shown={value.fullName ?? ''}
        autoComplete={field.semanticKey === 'person.self' ? 'name' : 'off'}
      />
      {PERSON_PARTS.filter((part) => field.parts[part]).map((part) => (
        <Part key={part} part={part} binding={binding} path={path} field={field} value={value} />
      ))}
    </QuestionSet>
  );
}

function Part({ part, binding, path, field, value }: Omit<PersonProps, 'isRequired'> & { part: PersonPart }) {
  const t = useTranslate();
  const isRequired = field.parts[part] === 'required';
  const at = `${path}.${part}`;
  if (part === 'idNumber') return <IdNumber binding={binding} path={path} field={field} value={value} />;
  if (part === 'gender') {
    const options = [
      { value: 'male', label: t('forms.person.male') },
      { value: 'female', label: t('forms.person.female') },
    ];
    const label = t('forms.person.gender');
    return (
      <ChoiceControl
        binding={binding}
        path={at}
        field={{ label, options }}
        isRequired={isRequired}
        value={value.gender}
      />
    );
  }
  const shared = { binding, path: at, label: t(`forms.person.${part}`), isRequired, shown: value[part] ?? '' };
  const autoComplete = field.semanticKey === 'person.self' ? AUTOCOMPLETE[part] : 'off';
  if (part === 'birthDate') {
    const hint = field.acceptPartialBirthDate ? t('forms.date.partial-hint') : t('forms.date.day-hint');
    const shown = formatTypedDate(value.birthDate ?? '');
    return <TextControl {...shared} shown={shown} hint={hint} inputMode="numeric" short autoComplete={autoComplete} />;
  }
  if (part === 'phone') return <TextControl {...shared} type="tel" short autoComplete={autoComplete} />;
  return <TextControl {...shared} type={part === 'email' ? 'email' : 'text'} autoComplete={autoComplete} />;
}

function IdNumber({ binding, path, field, value }: Omit<PersonProps, 'isRequired'>) {
  const t = useTranslate();
  const types = idTypesOf(field);
  const isRequired = field.parts.idNumber === 'required';
  const [only] = types;
  const isCitizen = types.length === 1 && only === 'cccd';
  const options = types.map((type) => ({ value: type as string, label: t(`forms.id-type.${type}`) }));
  return (
    <>
      {types.length > 1 ? (
        <ChoiceControl
          binding={binding}
          path={`${path}.idType`}
          field={{ label: t('forms.person.idType'), options }}
          isRequired
          value={value.idType ?? only}
        />
      ) : (
        <input type="hidden" name={inputName(`${path}.idType`)} value={only} />
      )}
      <TextControl
        binding={binding}
        path={`${path}.idNumber`}
        label={isCitizen ? t('forms.person.cccd') : t('forms.person.idNumber')}
        hint={isCitizen ? t('forms.person.cccd-hint') : undefined}
        isRequired={isRequired}
        shown={value.idNumber ?? ''}
        inputMode={isCitizen ? 'numeric' : 'text'}
        short
        autoComplete="off"
      />
    </>
  );
}
