import { useEffect, useMemo, useRef, useState } from 'react';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { inputId } from '../../../../core/forms/paths.ts';
import {
  getIntakeProcedure,
  type IntakeReplyType,
  previewIntake,
  receiveDossier,
} from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { ErrorList, type FieldProblem, problemOf } from '../../../shared/design/error-list.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState, Loading } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { useToday } from '../../data/demo.ts';
import { useDesks } from '../../data/desks.ts';
import { useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { useStore } from '../../store.ts';
import { enterMoves } from '../../ui/enter-moves.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import {
  EMPTY_PERSON,
  type IntakeDraft,
  intakeDraft,
  newDraft,
  type PaperDraft,
  type PersonDraft,
  toIntakeBody,
} from './draft.ts';
import { FormPart, useForm } from './form-part.tsx';
import { followOwner, ownerPlace } from './link-owner.ts';
import { type IntakeProcedure, Papers } from './papers.tsx';
import { PersonFields } from './person-fields.tsx';
import { PickProcedure } from './pick-procedure.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { Received } from './received.tsx';

const METHODS = ['desk', 'post', 'electronic'] as const;

const change = (patch: Partial<IntakeDraft>) => intakeDraft.set({ ...intakeDraft.get(), ...patch });

/** The whole intake on one screen, worked by keyboard: Enter goes on, Ctrl+Enter receives. */
export default function Intake() {
  const t = useTranslate();
  const desks = useDesks();
  const [chosen, setChosen] = useState('');
  const [done, setDone] = useState<IntakeReplyType>();
  const draft = useStore(intakeDraft);
  const unitId = chosen || desks?.[0]?.id || '';
  const isDirty = done === undefined && (draft.procedureCode !== '' || draft.owner.fullName !== '');

  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);

  function next() {
    intakeDraft.set(newDraft(draft.channel));
    setDone(undefined);
  }

  if (desks === undefined) return <Loading />;
  if (desks.length === 0) {
    return (
      <>
        <ScreenHead title={t('console.intake.title')} />
        <EmptyState title={t('console.intake.no-desk')}>
          <p>{t('console.intake.no-desk-text')}</p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <ScreenHead title={t('console.intake.title')}>
        {isDirty ? (
          <Button type="button" look="secondary" small onClick={next}>
            {t('console.intake.clear')}
          </Button>
        ) : null}
      </ScreenHead>
      {done ? (
        <Received reply={done} onNext={next} />
      ) : (
        <>
          <p className="hint">{t('console.intake.keys')}</p>
          <IntakeForm key={draft.key} draft={draft} desks={desks} unitId={unitId} onUnit={setChosen} onDone={setDone} />
        </>
      )}
    </>
  );
}

/** What the server refused, as lines that lead to their fields. */
export function intakeProblems(error: unknown): FieldProblem[] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.map(({ path, message }) => {
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
    return { id, message: message === '' ? error.message : message };
  });
}

function IntakeForm({
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
    ...intakeProblems(failure),
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
              onChange={(value) => change({ channel: value === 'post' ? 'post' : 'desk' })}
              options={(['desk', 'post'] as const).map((value) => ({ value, label: t(`console.channel.${value}`) }))}
            />
          </div>
          <PickProcedure
            unitId={unitId}
            code={code}
            name={procedure.data?.name}
            error={problemOf(problems, 'procedure')}
            onPick={(picked) => change({ procedureCode: picked, caseId: '', formValues: {}, papers: {} })}
          />
        </section>
        {code === '' ? null : (
          <Loaded query={procedure}>
            {(found) => (
              <Rest
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
        <PreviewPanel query={preview} decidedBy={procedure.data?.decidedBy.name ?? ''} />
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

interface Preview {
  missingComponents: { code: string }[];
  errors: { path: string; code: string; message: string }[];
}

function Rest({
  procedure,
  draft,
  unitId,
  tried,
  problems,
  preview,
}: {
  procedure: IntakeProcedure;
  draft: IntakeDraft;
  unitId: string;
  tried: boolean;
  problems: readonly FieldProblem[];
  preview: Preview | undefined;
}) {
  const t = useTranslate();
  const today = useToday();
  const form = useForm(procedure.form);
  const place = useMemo(() => (form ? ownerPlace(form.definition as FormDefinition) : undefined), [form]);

  // A person typed before the procedure was chosen is written into its form too.
  useEffect(() => {
    if (!place) return;
    const now = intakeDraft.get();
    const formValues = followOwner(now.formValues, place, EMPTY_PERSON, now.owner);
    if (formValues !== now.formValues) change({ formValues });
  }, [place]);

  function setOwner(owner: PersonDraft) {
    const now = intakeDraft.get();
    change({ owner, formValues: place ? followOwner(now.formValues, place, now.owner, owner) : now.formValues });
  }

  function setPaper(code: string, edit: (paper: PaperDraft) => PaperDraft, initial: PaperDraft) {
    const { papers } = intakeDraft.get();
    change({ papers: { ...papers, [code]: edit(papers[code] ?? initial) } });
  }

  const serverErrors = (preview?.errors ?? []).map((error) => ({
    ...error,
    path: error.path.replace(/^(body\.)?formValues\./, ''),
  }));
  return (
    <>
      {procedure.cases.length > 1 ? (
        <Select
          id="case"
          label={t('console.intake.case')}
          value={draft.caseId}
          onChange={(caseId) => change({ caseId })}
          options={procedure.cases.map((one) => ({ value: one.id, label: one.name }))}
          empty={t('console.intake.case-by-form')}
        />
      ) : null}
      <section aria-labelledby="intake-who">
        <h2 id="intake-who">{t('console.intake.who')}</h2>
        <PersonFields
          id="owner"
          label={t('console.intake.owner')}
          unitId={unitId}
          person={draft.owner}
          onChange={setOwner}
          error={problemOf(problems, 'owner-name')}
          autoFocus={draft.owner.fullName === ''}
        />
        <div className="checkbox">
          <input
            type="checkbox"
            id="other-submitter"
            checked={draft.submitter !== null}
            onChange={(event) => change({ submitter: event.currentTarget.checked ? EMPTY_PERSON : null })}
          />
          <label htmlFor="other-submitter">{t('console.intake.other-submitter')}</label>
        </div>
        {draft.submitter ? (
          <PersonFields
            id="submitter"
            label={t('console.intake.submitter')}
            unitId={unitId}
            person={draft.submitter}
            onChange={(submitter) => change({ submitter })}
          />
        ) : null}
      </section>
      {form ? (
        <FormPart
          form={form}
          values={draft.formValues}
          onValues={(edit) => change({ formValues: edit(intakeDraft.get().formValues) })}
          today={today}
          serverErrors={serverErrors}
          tried={tried}
        />
      ) : null}
      <section aria-labelledby="intake-papers">
        <h2 id="intake-papers">{t('console.intake.papers')}</h2>
        <Papers
          components={procedure.components}
          missing={new Set((preview?.missingComponents ?? []).map((one) => one.code))}
          draft={draft}
          onPaper={setPaper}
        />
      </section>
      <section aria-labelledby="intake-result">
        <h2 id="intake-result">{t('console.intake.result')}</h2>
        <div className="grid-fields">
          <Select
            id="result-method"
            label={t('console.intake.result-method')}
            value={draft.resultMethod}
            onChange={(value) => change({ resultMethod: METHODS.find((method) => method === value) ?? 'desk' })}
            options={METHODS.map((value) => ({ value, label: t(`console.method.${value}`) }))}
          />
          {draft.resultMethod === 'desk' ? null : (
            <TextField
              id="result-address"
              label={t(draft.resultMethod === 'post' ? 'console.intake.result-address' : 'console.intake.result-email')}
              maxLength={500}
              autoComplete="off"
              value={draft.resultAddress}
              onChange={(event) => change({ resultAddress: event.currentTarget.value })}
            />
          )}
          <TextField
            id="subject"
            label={t('console.intake.subject')}
            optional
            maxLength={1000}
            value={draft.subject}
            onChange={(event) => change({ subject: event.currentTarget.value })}
          />
        </div>
      </section>
    </>
  );
}
