import { useState } from 'react';
import type { RegisterFieldView } from '../../../../modules/insight/registers/contract.ts';
import {
  type RegisterDefinition,
  type RegisterField,
  typedFields,
} from '../../../../modules/insight/registers/rules/register.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { OneField } from '../registers/entry-form.tsx';

const NOWHERE = { registerId: '', unitId: '', periodId: '' };

/** The form units will fill in, to be tried without writing anything, and the head of the table they will see. */
export function Preview({ register }: { register: RegisterDefinition }) {
  const t = useTranslate();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  return (
    <>
      <h2>{t('designer.preview')}</h2>
      <p className="hint">{t('designer.preview-hint')}</p>
      <section className="panel" aria-label={t('designer.preview-form')}>
        {typedFields(register).map((field) => (
          <OneField
            key={field.key}
            place={NOWHERE}
            field={viewOf(field)}
            value={typed[field.key] ?? ''}
            error={undefined}
            onText={(text) => setTyped((now) => ({ ...now, [field.key]: text }))}
          />
        ))}
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keyboard */}
      <section className="table-wrap" aria-label={t('designer.preview-table')} tabIndex={0}>
        <table className="table">
          <caption className="visually-hidden">{t('designer.preview-table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('registers.unit')}</th>
              {register.fields.map((field) => (
                <th scope="col" key={field.key}>
                  {field.label}
                  {field.unit ? ` (${field.unit})` : ''}
                </th>
              ))}
            </tr>
          </thead>
        </table>
      </section>
    </>
  );
}

/** As the entry form takes it; a result is typed as text, because there is nothing to choose from yet. */
const viewOf = (field: RegisterField): RegisterFieldView => ({
  key: `preview-${field.key}`,
  label: field.label,
  type: field.type === 'result' ? 'text' : field.type,
  unit: field.unit ?? (field.type === 'percent' ? '%' : ''),
  hint: field.hint ?? '',
  required: field.required ?? false,
  computed: false,
  choices: [...(field.choices ?? [])],
});
