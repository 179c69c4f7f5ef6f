import { formatNumberVi } from '../../../core/text/numbers.ts';
import type { PapersView } from '../../../modules/onestop/portal/rules/filing-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { problemOf } from '../../shared/design/error-list.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { WizardPage } from '../wizard-frame.tsx';
import { problemTexts } from '../wording.ts';

/** Papers to attach: one file control per component, files already there with a button that removes them. */
export function PapersPage({ props, ctx }: { props: PapersView; ctx: PageContext }) {
  const t = useTranslate();
  const problems = problemTexts(t, props.frame.problems);
  return (
    <WizardPage
      ctx={ctx}
      frame={props.frame}
      heading={t('portal.papers.heading')}
      help={t('portal.papers.help', { max: props.maxMb })}
      multipart
    >
      {props.components.map((component) => (
        <PaperField key={component.id} component={component} error={problemOf(problems, `file-${component.id}`)} />
      ))}
    </WizardPage>
  );
}

function PaperField({ component, error }: { component: PapersView['components'][number]; error: string | undefined }) {
  const t = useTranslate();
  const id = `file-${component.id}`;
  const described = [error ? `${id}-error` : '', `${id}-hint`].filter(Boolean).join(' ');
  return (
    <fieldset className={error ? 'field field--error' : 'field'}>
      <legend>
        {component.name}
        {component.required ? null : <span className="optional"> ({t('ui.field.optional')})</span>}
      </legend>
      <span className="hint" id={`${id}-hint`}>
        {component.hint || t('portal.papers.hint')}
      </span>
      {error ? (
        <span className="error-message" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
      {component.files.length > 0 ? (
        <ul className="files">
          {component.files.map((file) => (
            <li key={file.id}>
              {file.name} <span className="hint-inline">({sizeText(file.sizeBytes)})</span>{' '}
              <Button name="op" value={`remove:${component.id}:${file.id}`} look="link">
                {t('portal.papers.remove')}
                <span className="visually-hidden"> {file.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <input
        type="file"
        id={id}
        name={`file.${component.id}`}
        multiple
        accept=".pdf,.jpg,.jpeg,.png"
        aria-label={t('portal.papers.choose', { name: component.name })}
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
      />
    </fieldset>
  );
}

/** `356 KB`, `1,2 MB`. */
function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${formatNumberVi(Math.max(1, Math.round(bytes / 1000)))} KB`;
  return `${formatNumberVi(Math.round(bytes / 100_000) / 10)} MB`;
}
