import type { DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Select } from '../../ui/select.tsx';
import type { CommandDraft, CommandField } from './command-draft.ts';
import { RequestedItems } from './requested-items.tsx';
import { ResultDraft } from './result-draft.tsx';

interface FieldsProps {
  fields: readonly CommandField[];
  draft: CommandDraft;
  onDraft: (draft: CommandDraft) => void;
  page: DossierPageType;
  wrong: { field: CommandField; text: string } | undefined;
}

/** The fields of an action's form. */
export function CommandFields({ fields, draft, onDraft, page, wrong }: FieldsProps) {
  const set = (change: Partial<CommandDraft>) => onDraft({ ...draft, ...change });
  return fields.map((field) => (
    <One
      key={field}
      field={field}
      draft={draft}
      set={set}
      page={page}
      error={wrong?.field === field ? wrong.text : undefined}
    />
  ));
}

function One({
  field,
  draft,
  set,
  page,
  error,
}: {
  field: CommandField;
  draft: CommandDraft;
  set: (change: Partial<CommandDraft>) => void;
  page: DossierPageType;
  error: string | undefined;
}) {
  const t = useTranslate();
  switch (field) {
    case 'items':
      return <RequestedItems items={draft.items} onItems={(items) => set({ items })} page={page} error={error} />;
    case 'reason':
      return (
        <TextAreaField
          id="action-reason"
          label={t('console.action.reason')}
          maxLength={4000}
          value={draft.reason}
          error={error}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      );
    case 'note':
      return (
        <TextAreaField
          id="action-note"
          label={t('console.action.note')}
          optional
          rows={2}
          maxLength={4000}
          value={draft.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      );
    case 'deadline':
      return (
        <DayField
          id="action-deadline"
          label={t('console.action.deadline')}
          day={draft.deadline}
          onDay={(deadline) => set({ deadline })}
        />
      );
    case 'staff':
      return (
        <Select
          id="action-staff"
          label={t('console.action.staff')}
          value={draft.staffId}
          onChange={(staffId) => set({ staffId })}
          options={page.assignable.map((one) => ({
            value: one.staffId,
            label: one.title ? `${one.name} (${one.title})` : one.name,
          }))}
          empty={t('forms.choose')}
          error={error}
        />
      );
    case 'amount':
      return (
        <TextField
          id="action-amount"
          label={t('console.action.amount')}
          short
          inputMode="numeric"
          autoComplete="off"
          value={draft.amount}
          error={error}
          onChange={(event) => set({ amount: event.currentTarget.value })}
        />
      );
    case 'draft':
      return <ResultDraft draft={draft} set={set} error={error} />;
    case 'method':
      return (
        <>
          <Select
            id="action-method"
            label={t('console.action.method')}
            value={draft.method}
            onChange={(value) => set({ method: value === 'post' || value === 'electronic' ? value : 'desk' })}
            options={(['desk', 'post', 'electronic'] as const).map((value) => ({
              value,
              label: t(`console.method.${value}`),
            }))}
          />
          <TextField
            id="action-receiver"
            label={t('console.action.receiver')}
            optional
            autoComplete="off"
            maxLength={200}
            value={draft.receiver}
            onChange={(event) => set({ receiver: event.currentTarget.value })}
          />
        </>
      );
  }
}
