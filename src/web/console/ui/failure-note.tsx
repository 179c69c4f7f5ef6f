import { useTranslate } from '../../shared/i18n/context.tsx';
import { ApiError } from '../api-error.ts';

/** Why an act was refused, with the fields the server named. Nothing while all is well. */
export function FailureNote({ error }: { error: unknown }) {
  const t = useTranslate();
  if (error === undefined || error === null) return null;
  const fields = error instanceof ApiError ? error.fields.filter((field) => field.message !== '') : [];
  return (
    <div className="note note--danger" role="alert">
      <p>{error instanceof ApiError ? error.message : t('console.network')}</p>
      {fields.length > 0 ? (
        <ul>
          {fields.map((field) => (
            <li key={`${field.path} ${field.code}`}>
              {[labelOf(field.path), field.message].filter(Boolean).join(': ')}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What the screen calls the field the server names: the label of the control with that name or id, if there is one. */
function labelOf(path: string): string {
  const name = path.split('.').at(-1) ?? '';
  if (!/^[A-Za-z]\w*$/.test(name)) return '';
  const control = document.querySelector<HTMLInputElement>(
    `main [name="${name}"], [role=dialog] [name="${name}"], main #${name}`,
  );
  return control?.labels?.[0]?.firstChild?.textContent?.trim() ?? '';
}
