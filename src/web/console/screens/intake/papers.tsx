import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getIntakeProcedure } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { sendFile } from '../../data/upload.ts';
import { notifyError } from '../../toasts.tsx';
import type { IntakeDraft, PaperDraft } from './draft.ts';

export type IntakeProcedure = ReplyOf<typeof getIntakeProcedure>;
type Component = IntakeProcedure['components'][number];

/** What a tick without further words means: as many originals and copies as the procedure asks for. */
function paperOf(draft: IntakeDraft, component: Component): PaperDraft {
  return (
    draft.papers[component.code] ?? {
      provided: false,
      originals: component.originals,
      copies: component.copies,
      files: [],
    }
  );
}

/** The papers of the procedure: Space ticks, numbers say originals and copies, files are stored at once. */
export function Papers({
  components,
  missing,
  draft,
  onPaper,
}: {
  components: readonly Component[];
  /** Codes of papers that are needed and not ticked. */
  missing: ReadonlySet<string>;
  draft: IntakeDraft;
  /** `change` is given the newest draft of the paper: uploads end later than they began. */
  onPaper: (code: string, change: (paper: PaperDraft) => PaperDraft, initial: PaperDraft) => void;
}) {
  const t = useTranslate();
  const papers = components.filter((component) => component.present !== 'note');
  return (
    <>
      <div className="button-row" data-enter-skip="">
        <Button
          type="button"
          look="secondary"
          small
          onClick={() => {
            for (const component of papers) {
              if (component.required || missing.has(component.code))
                onPaper(component.code, (paper) => ({ ...paper, provided: true }), paperOf(draft, component));
            }
          }}
        >
          {t('console.intake.tick-required')}
        </Button>
      </div>
      <ul className="papers">
        {components.map((component) =>
          component.present === 'note' ? (
            <li key={component.code} className="hint">
              {component.name}
            </li>
          ) : (
            <Paper
              key={component.code}
              component={component}
              paper={paperOf(draft, component)}
              missing={missing.has(component.code)}
              change={(change) => onPaper(component.code, change, paperOf(draft, component))}
            />
          ),
        )}
      </ul>
    </>
  );
}

function Paper({
  component,
  paper,
  missing,
  change,
}: {
  component: Component;
  paper: PaperDraft;
  missing: boolean;
  change: (change: (paper: PaperDraft) => PaperDraft) => void;
}) {
  const t = useTranslate();
  const id = `paper-${component.code}`;

  async function add(files: readonly File[]) {
    for (const file of files) {
      try {
        const stored = await sendFile(file);
        change((now) => ({ ...now, provided: true, files: [...now.files, { id: stored.id, name: stored.name }] }));
      } catch (error) {
        notifyError(error, t('console.intake.upload-failed', { name: file.name }));
      }
    }
  }

  return (
    <li className="paper">
      <div className="checkbox">
        <input
          type="checkbox"
          id={id}
          checked={paper.provided}
          onChange={(event) => {
            const provided = event.currentTarget.checked;
            change((now) => ({ ...now, provided }));
          }}
        />
        <label htmlFor={id}>
          {component.name} {missing && !paper.provided ? <Tag tone="amber">{t('console.intake.needed')}</Tag> : null}
        </label>
      </div>
      <div className="paper__details">
        {paper.provided
          ? (['originals', 'copies'] as const).map((kind) => (
              <label key={kind}>
                {t(`console.intake.${kind}`)}{' '}
                <input
                  className="input input--number"
                  type="number"
                  min={0}
                  max={999}
                  value={paper[kind]}
                  onChange={(event) => {
                    const count = Math.min(999, Math.max(0, Math.trunc(event.currentTarget.valueAsNumber || 0)));
                    change((now) => ({ ...now, [kind]: count }));
                  }}
                />
              </label>
            ))
          : null}
        <label className="file-button">
          <span className="button button--secondary button--small" aria-hidden="true">
            {t('console.intake.attach')}
          </span>
          <span className="visually-hidden">
            {t('console.intake.attach')}: {component.name}
          </span>
          <input
            type="file"
            multiple
            accept="application/pdf,image/jpeg,image/png"
            className="visually-hidden"
            data-enter-skip=""
            onChange={(event) => {
              void add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        {paper.files.length > 0 ? (
          <ul className="paper__files">
            {paper.files.map((file) => (
              <li key={file.id}>
                {file.name}{' '}
                <Button
                  type="button"
                  look="link"
                  onClick={() => change((now) => ({ ...now, files: now.files.filter((one) => one.id !== file.id) }))}
                >
                  {t('console.intake.remove-file')}
                  <span className="visually-hidden"> {file.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}
