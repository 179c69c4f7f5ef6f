import type { BodyOf, ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getAbsenceChoices, recordAbsence } from '../../../../modules/foundation/absence/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { PersonField } from './person-field.tsx';

type Choices = ReplyOf<typeof getAbsenceChoices>;
export interface ActingDraft {
  key: string;
  staffId: string;
  unitId: string;
  limited: boolean;
  permissions: readonly string[];
  signing: boolean;
  decisionNumber: string;
}

export const emptyActing = (choices: Choices): ActingDraft => ({
  key: crypto.randomUUID(),
  staffId: '',
  unitId: choices.wholePerson ? '' : (choices.units[0]?.id ?? ''),
  limited: false,
  permissions: [],
  signing: false,
  decisionNumber: '',
});

export function actingBody(drafts: readonly ActingDraft[]): BodyOf<typeof recordAbsence>['acting'] {
  return drafts
    .filter((draft) => draft.staffId !== '')
    .map((draft) => ({
      staffId: draft.staffId,
      unitId: draft.unitId || null,
      permissions: draft.limited && draft.permissions.length > 0 ? [...draft.permissions] : null,
      signing: draft.signing,
      decisionNumber: draft.decisionNumber.trim() || null,
    }));
}

/** Who acts and for what; several people may share a person's posts. */
export function ActingFields({
  choices,
  drafts,
  onDrafts,
}: {
  choices: Choices;
  drafts: readonly ActingDraft[];
  onDrafts: (drafts: readonly ActingDraft[]) => void;
}) {
  const t = useTranslate();
  const change = (key: string, part: Partial<ActingDraft>) =>
    onDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  return (
    <>
      {drafts.length === 0 ? <p className="hint">{t('absence.acting.none-hint')}</p> : null}
      {drafts.map((draft) => (
        <fieldset key={draft.key}>
          <legend>{t('absence.acting.title')}</legend>
          <PersonField
            id={`acting-${draft.key}`}
            label={t('absence.acting.person')}
            actingFor={choices.person.staffId}
            onPerson={(person) => change(draft.key, { staffId: person?.staffId ?? '' })}
          />
          <Select
            id={`unit-${draft.key}`}
            label={t('absence.acting.unit')}
            value={draft.unitId}
            onChange={(unitId) => change(draft.key, { unitId })}
            options={choices.units.map((unit) => ({ value: unit.id, label: unit.name }))}
            {...(choices.wholePerson ? { empty: t('absence.acting.all-units') } : {})}
          />
          <Check
            id={`limited-${draft.key}`}
            label={t('absence.acting.only')}
            checked={draft.limited}
            onCheck={(limited) => change(draft.key, { limited })}
          />
          {draft.limited ? (
            <fieldset>
              <legend>{t('absence.acting.permissions')}</legend>
              {choices.permissions
                .filter((one) => !one.signing || draft.signing)
                .map((one) => (
                  <Check
                    key={one.code}
                    id={`${draft.key}-${one.code}`}
                    label={one.name}
                    checked={draft.permissions.includes(one.code)}
                    onCheck={(on) =>
                      change(draft.key, {
                        permissions: on
                          ? [...draft.permissions, one.code]
                          : draft.permissions.filter((code) => code !== one.code),
                      })
                    }
                  />
                ))}
            </fieldset>
          ) : null}
          {choices.permissions.some((one) => one.signing) ? (
            <Check
              id={`signing-${draft.key}`}
              label={t('absence.acting.signing')}
              checked={draft.signing}
              onCheck={(signing) => change(draft.key, { signing })}
            />
          ) : null}
          <TextField
            id={`decision-${draft.key}`}
            label={t('absence.acting.decision')}
            optional={!draft.signing}
            maxLength={100}
            value={draft.decisionNumber}
            onChange={(event) => change(draft.key, { decisionNumber: event.currentTarget.value })}
          />
          <Button type="button" look="link" onClick={() => onDrafts(drafts.filter((one) => one.key !== draft.key))}>
            {t('absence.acting.remove')}
          </Button>
        </fieldset>
      ))}
      {drafts.length < 5 ? (
        <Button type="button" look="secondary" small onClick={() => onDrafts([...drafts, emptyActing(choices)])}>
          {t('absence.acting.add')}
        </Button>
      ) : null}
    </>
  );
}

function Check({
  id,
  label,
  checked,
  onCheck,
}: {
  id: string;
  label: string;
  checked: boolean;
  onCheck: (checked: boolean) => void;
}) {
  return (
    <div className="checkbox">
      <input type="checkbox" id={id} checked={checked} onChange={(event) => onCheck(event.currentTarget.checked)} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
