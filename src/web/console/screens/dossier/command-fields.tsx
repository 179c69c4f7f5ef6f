import type { DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Select } from '../../ui/select.tsx';
import type { CommandDraft, CommandField, ItemDraft } from './command-draft.ts';

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
      return <Items items={draft.items} onItems={(items) => set({ items })} page={page} error={error} />;
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

function ResultDraft({
  draft,
  set,
  error,
}: {
  draft: CommandDraft;
  set: (change: Partial<CommandDraft>) => void;
  error: string | undefined;
}) {
  const t = useTranslate();
  return (
    <>
      <Select
        id="action-result"
        label={t('console.action.result')}
        value={draft.result}
        onChange={(value) => set({ result: value === 'refused' ? 'refused' : 'granted' })}
        options={(['granted', 'refused'] as const).map((value) => ({ value, label: t(`console.result.${value}`) }))}
      />
      <TextField
        id="action-title"
        label={t('console.action.result-title')}
        maxLength={500}
        value={draft.title}
        error={error}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <TextAreaField
        id="action-body"
        label={t('console.action.result-body')}
        rows={14}
        maxLength={20_000}
        value={draft.body}
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
    </>
  );
}

/** What is missing: papers of the dossier or anything else, each with what to do about it. */
function Items({
  items,
  onItems,
  page,
  error,
}: {
  items: readonly ItemDraft[];
  onItems: (items: ItemDraft[]) => void;
  page: DossierPageType;
  error: string | undefined;
}) {
  const t = useTranslate();
  const options = page.components.map((component) => ({ value: component.code, label: component.name }));
  const edit = (index: number, change: Partial<ItemDraft>) =>
    onItems(items.map((item, at) => (at === index ? { ...item, ...change } : item)));
  return (
    <fieldset className={error ? 'field field--error' : 'field'}>
      <legend>{t('console.action.items')}</legend>
      {error ? (
        <span className="error-message" role="alert">
          {error}
        </span>
      ) : null}
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and are only added at the end
        <div className="item-row" key={index}>
          <Select
            id={`item-${index}-paper`}
            label={t('console.action.item-paper', { number: index + 1 })}
            value={item.code}
            onChange={(code) =>
              edit(index, { code, name: options.find((option) => option.value === code)?.label ?? '' })
            }
            options={options}
            empty={t('console.action.item-other')}
          />
          {item.code === '' ? (
            <TextField
              id={`item-${index}-name`}
              label={t('console.action.item-name')}
              maxLength={500}
              value={item.name}
              onChange={(event) => edit(index, { name: event.currentTarget.value })}
            />
          ) : null}
          <TextField
            id={`item-${index}-what`}
            label={t('console.action.item-what')}
            maxLength={2000}
            value={item.what}
            onChange={(event) => edit(index, { what: event.currentTarget.value })}
          />
          {items.length > 1 ? (
            <Button type="button" look="link" onClick={() => onItems(items.filter((_, at) => at !== index))}>
              {t('console.action.item-remove', { number: index + 1 })}
            </Button>
          ) : null}
        </div>
      ))}
      <Button
        type="button"
        look="secondary"
        small
        onClick={() => onItems([...items, { code: '', name: '', what: '' }])}
      >
        {t('console.action.item-add')}
      </Button>
    </fieldset>
  );
}
