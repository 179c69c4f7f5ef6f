import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import type { CommandDraft } from './command-draft.ts';

/** The text of the result, first filled from the procedure's template. */
export function ResultDraft({
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
