import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/** Where a number that is typed was published. */
export function SourceField({
  id,
  source,
  onSource,
}: {
  id: string;
  source: string;
  onSource: (source: string) => void;
}) {
  const t = useTranslate();
  return (
    <TextField
      id={id}
      label={t('indices.source')}
      hint={t('indices.source-hint')}
      maxLength={400}
      value={source}
      onChange={(event) => onSource(event.currentTarget.value)}
    />
  );
}
