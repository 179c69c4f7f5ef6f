import { type RegisterDefinition, typedFields } from '../../../../modules/insight/registers/rules/register.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { FindingsAt, Parts } from '../report-forms/fields.tsx';
import type { PartProps } from './part-props.ts';

type Check = RegisterDefinition['checks'][number];

/** Sentences that must hold of what is typed. */
export function CheckParts({ register, onChange, findings, locked }: PartProps) {
  const t = useTranslate();
  const fields = typedFields(register);
  return (
    <Parts<Check>
      id="checks"
      legend={t('designer.checks')}
      parts={register.checks}
      nameOf={(check) => check.says || check.rule}
      onParts={(checks) => onChange({ ...register, checks })}
      made={() => {
        const field = fields[0]?.key ?? '';
        return { says: t('designer.new-check'), rule: `${field} >= 0`, field };
      }}
      addLabel={t('designer.add-check')}
      locked={locked}
    >
      {(check, change, at) => (
        <>
          <FindingsAt findings={findings} path={`checks[${at}]`} />
          <TextField
            id={`check-${at}-says`}
            label={t('designer.says')}
            hint={t('designer.says-hint')}
            maxLength={200}
            value={check.says}
            onChange={(event) => change({ ...check, says: event.currentTarget.value })}
          />
          <TextField
            id={`check-${at}-rule`}
            label={t('designer.rule')}
            hint={t('designer.rule-hint', { keys: fields.map((field) => field.key).join(', ') })}
            code
            maxLength={300}
            value={check.rule}
            onChange={(event) => change({ ...check, rule: event.currentTarget.value })}
          />
          <Select
            id={`check-${at}-field`}
            label={t('designer.told-at')}
            value={check.field}
            options={fields.map((field) => ({ value: field.key, label: field.label || field.key }))}
            onChange={(field) => change({ ...check, field })}
          />
        </>
      )}
    </Parts>
  );
}
