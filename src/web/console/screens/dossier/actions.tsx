import { type FormEvent, useEffect, useRef, useState } from 'react';
import { commandDossier, type DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { useRefreshDossiers } from '../../data/refresh-dossiers.ts';
import { notify } from '../../toasts.tsx';
import { focusWrong } from '../../ui/focus-wrong.ts';
import {
  type CommandDraft,
  type CommandField,
  fieldsOf,
  GRAVE_KINDS,
  newCommandDraft,
  toCommand,
} from './command-draft.ts';
import { CommandFields } from './command-fields.tsx';

type Legal = DossierPageType['commands'][number];
/** Version that opening the page made, when it is told; undefined where it made none. */
export type Opening = { readonly current: Promise<number | undefined> };

/** The legal actions with what each will do. One opens its small form in place; what is typed survives a conflict. */
export function Actions({ page, opening, reload }: { page: DossierPageType; opening: Opening; reload: () => void }) {
  const t = useTranslate();
  const [draft, setDraft] = useState<CommandDraft>();
  const title = useRef<HTMLHeadingElement>(null);
  const commands = page.commands.filter((command) => command.kind !== 'open');
  // One button leads on, the others stand back: as long as no form is open.
  const main = draft ? undefined : commands.find(({ kind }) => !GRAVE_KINDS.has(kind))?.kind;
  const gone = draft !== undefined && !commands.some((command) => command.kind === draft.kind);

  return (
    <section className="panel dossier__actions no-print" aria-labelledby="actions-title">
      <h2 id="actions-title" ref={title} tabIndex={-1}>
        {t('console.action.title')}
      </h2>
      {commands.length === 0 ? <p>{t('console.action.none')}</p> : null}
      {gone ? <Gone draft={draft} onClose={() => setDraft(undefined)} /> : null}
      <ul className="plain-list">
        {commands.map((command) => (
          <li key={command.kind} className="action">
            <Button
              type="button"
              look={command.kind === main ? 'primary' : 'secondary'}
              aria-expanded={draft?.kind === command.kind}
              aria-describedby={`consequence-${command.kind}`}
              onClick={() => setDraft(draft?.kind === command.kind ? undefined : newCommandDraft(command.kind, page))}
            >
              {command.label}
            </Button>
            <span className="hint" id={`consequence-${command.kind}`}>
              {command.consequence}
            </span>
            {draft?.kind === command.kind ? (
              <ActionForm
                command={command}
                page={page}
                opening={opening}
                draft={draft}
                onDraft={setDraft}
                reload={reload}
                onClose={() => {
                  setDraft(undefined);
                  title.current?.focus();
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The action is no longer legal after a reload: what was typed is shown, to be copied. */
function Gone({ draft, onClose }: { draft: CommandDraft; onClose: () => void }) {
  const t = useTranslate();
  const typed = [
    draft.reason,
    draft.note,
    ...draft.items.map((item) => [item.name, item.what].filter(Boolean).join(': ')),
    draft.kind === 'draft-result' ? draft.body : '',
  ]
    .filter((text) => text.trim() !== '')
    .join('\n');
  return (
    <div className="note note--warning" role="alert">
      <p>{t('console.action.gone')}</p>
      {typed === '' ? null : (
        <textarea className="input textarea" readOnly aria-label={t('console.action.typed')} value={typed} />
      )}
      <Button type="button" look="secondary" small onClick={onClose}>
        {t('console.close')}
      </Button>
    </div>
  );
}

function ActionForm({
  command,
  page,
  opening,
  draft,
  onDraft,
  reload,
  onClose,
}: {
  command: Legal;
  page: DossierPageType;
  opening: Opening;
  draft: CommandDraft;
  onDraft: (draft: CommandDraft) => void;
  reload: () => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const refresh = useRefreshDossiers();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [wrong, setWrong] = useState<{ field: CommandField; text: string }>();
  const form = useRef<HTMLFormElement>(null);
  const fields = fieldsOf(command.kind, command.needsReason);
  // One press of one form is one act, however often it is sent.
  const key = useRef(crypto.randomUUID());

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const made = toCommand(draft, command.needsReason);
    if (!made.ok) {
      setFailure(undefined);
      setWrong({ field: made.field, text: t(made.key) });
      if (form.current) focusWrong(form.current);
      return;
    }
    setWrong(undefined);
    setFailure(undefined);
    setBusy(true);
    try {
      // On a slow line the opening may still be under way: the act is about the version it makes.
      const version = Math.max(page.version, (await opening.current) ?? 0);
      const reply = await call(
        commandDossier,
        { params: { id: page.row.id }, body: { version, command: made.command } },
        { idempotencyKey: key.current },
      );
      const number =
        command.kind === 'number' && reply.number ? ` ${t('console.action.number', { number: reply.number })}` : '';
      notify('success', `${t('console.action.done', { label: command.label, status: reply.statusName })}${number}`);
      onClose();
      await refresh();
    } catch (error) {
      setFailure(error);
      key.current = crypto.randomUUID();
    } finally {
      setBusy(false);
    }
  }

  const conflict = failure instanceof ApiError && failure.status === 409;
  return (
    <form
      ref={form}
      className="action__form"
      onSubmit={submit}
      noValidate
      aria-label={command.label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
    >
      {failure === undefined ? null : (
        <div className={conflict ? 'note note--warning' : 'note note--danger'} role="alert">
          <p>{failure instanceof ApiError ? failure.message : t('console.network')}</p>
          {failure instanceof ApiError && failure.fields.length > 0 ? (
            <ul>
              {failure.fields.map((field) => (
                <li key={field.path + field.code}>{field.message}</li>
              ))}
            </ul>
          ) : null}
          {conflict ? (
            <Button
              type="button"
              look="secondary"
              small
              onClick={() => {
                setFailure(undefined);
                reload();
              }}
            >
              {t('console.action.reload')}
            </Button>
          ) : null}
        </div>
      )}
      <CommandFields fields={fields} draft={draft} onDraft={onDraft} page={page} wrong={wrong} />
      <ButtonRow>
        <Button look={GRAVE_KINDS.has(command.kind) ? 'danger' : 'primary'} disabled={busy}>
          {busy ? t('console.action.busy') : command.label}
        </Button>
        <Button type="button" look="link" onClick={onClose}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
