import { useMemo, useRef, useState } from 'react';
import { inputId } from '../../../../core/forms/paths.ts';
import {
  getIntakeProcedure,
  type IntakeReplyType,
  previewIntake,
  receiveDossier,
} from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { ErrorList, type FieldProblem, problemOf } from '../../../shared/design/error-list.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { enterMoves } from '../../ui/enter-moves.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { changeDraft, type IntakeDraft, toIntakeBody } from './draft.ts';
import { IntakeRest } from './intake-rest.tsx';
import { PickProcedure } from './pick-procedure.tsx';
import { PreviewPanel } from './preview-panel.tsx';

/** The preview tells errors of the form by their path in the form alone. */
function inForm<E extends { path: string }>(error: E): E {
  return { ...error, path: `formValues.${error.path.replace(/^(body\.)?formValues\./, '')}` };
}

/** What the server refused or would refuse, as lines that lead to their fields. */
function fieldProblems(fields: readonly { path: string; message: string }[], otherwise: string): FieldProblem[] {
  return fields.map(({ path, message }) => {
    const at = path.replace(/^body\./, '');
    const [, form] = /^formValues\.(.+)$/.exec(at) ?? [];
    const [, paper] = /^components\.(.+)$/.exec(at) ?? [];
    const id = form
      ? inputId('form', form)
      : paper
        ? `paper-${paper}`
        : at.startsWith('parties')
          ? 'owner-name'
          : 'procedure';
    return { id, message: message === '' ? otherwise : message };
  });
}

/** The form with the preview beside it; nothing typed is lost by a refusal or an ended session. */
export function IntakeForm({
  draft,
  desks,
  unitId,
  onUnit,
  onDone,
}: {
  draft: IntakeDraft;
  desks: readonly { id: string; name: string }[];
  unitId: string;
  onUnit: (unitId: string) => void;
  onDone: (reply: IntakeReplyType) => void;
}) {
  const t = useTranslate();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const top = useRef<HTMLDivElement>(null);
  const code = draft.procedureCode;
  const procedure = useCall(
    getIntakeProcedure,
    { params: { code }, query: { unitId } },
    { enabled: code !== '', staleTime: 5 * 60_000 },
  );
  const body = useMemo(() => toIntakeBody(draft, unitId, true), [draft, unitId]);
  const asked = useLater(body, 400);
  const preview = useCall(previewIntake, { body: asked }, { enabled: asked.procedureCode !== '', keep: true });
  const nameMissing = draft.owner.fullName.trim() === '';
  const problems: FieldProblem[] = [
    ...(tried && code === '' ? [{ id: 'procedure', message: t('console.intake.choose-procedure') }] : []),
    ...(tried && nameMissing ? [{ id: 'owner-name', message: t('console.intake.name-owner') }] : []),
    // All that is wrong at once, not the name first and the rest after the next try.
    ...(tried && failure === undefined && code !== ''
      ? fieldProblems((preview.data?.errors ?? []).map(inForm), '')
      : []),
    ...(failure instanceof ApiError ? fieldProblems(failure.fields, failure.message) : []),
  ];

  async function submit() {
    if (busy) return;
    setTried(true);
    setFailure(undefined);
    if (code === '' || nameMissing) {
      top.current?.scrollIntoView();
      document.getElementById(code === '' ? 'procedure' : 'owner-name')?.focus();
      return;
    }
    setBusy(true);
    try {
      onDone(await call(receiveDossier, { body }, { idempotencyKey: draft.key }));
    } catch (error) {
      setFailure(error);
      requestAnimationFrame(() => document.getElementById('error-summary')?.focus());
    } finally {
      setBusy(false);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Ctrl+Enter work in every field of the form
    <div className="intake" ref={top} onKeyDown={enterMoves(() => void submit())}>
      <div className="intake__fields">
        {failure === undefined ? null : <Refusal error={failure} />}
        <ErrorList problems={problems} />
        <section aria-labelledby="intake-what">
          <h2 id="intake-what">{t('console.intake.what')}</h2>
          <div className="grid-fields">
            {desks.length > 1 ? (
              <Select
                id="desk"
                label={t('console.intake.desk')}
                value={unitId}
                onChange={onUnit}
                options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
              />
            ) : null}
            <Select
              id="channel"
              label={t('console.list.channel')}
              value={draft.channel}
              onChange={(value) => changeDraft({ channel: value === 'post' ? 'post' : 'desk' })}
              options={(['desk', 'post'] as const).map((value) => ({ value, label: t(`console.channel.${value}`) }))}
            />
          </div>
          <PickProcedure
            unitId={unitId}
            code={code}
            name={procedure.data?.name}
            error={problemOf(problems, 'procedure')}
            onPick={(picked) => changeDraft({ procedureCode: picked, caseId: '', formValues: {}, papers: {} })}
          />
        </section>
        {code === '' ? null : (
          <Loaded query={procedure}>
            {(found) => (
              <IntakeRest
                procedure={found}
                draft={draft}
                unitId={unitId}
                tried={tried}
                problems={problems}
                preview={preview.data}
              />
            )}
          </Loaded>
        )}
      </div>
      <div className="intake__side">
        <PreviewPanel query={preview} decidedBy={procedure.data?.decidedBy.name ?? ''} ownerMissing={nameMissing} />
        <ButtonRow>
          <Button type="submit" disabled={busy} onClick={() => void submit()}>
            {busy ? t('console.intake.receiving') : t('console.intake.receive')}
          </Button>
        </ButtonRow>
        <p className="hint">{t('console.intake.receive-hint')}</p>
      </div>
    </div>
  );
}

/** The server's refusal in its own words, above the lines for single fields. */
function Refusal({ error }: { error: unknown }) {
  const t = useTranslate();
  return (
    <div className="note note--danger" role="alert">
      <p>{error instanceof ApiError ? error.message : t('console.network')}</p>
      <p>{t('console.intake.kept')}</p>
    </div>
  );
}
