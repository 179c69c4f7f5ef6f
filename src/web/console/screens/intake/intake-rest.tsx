import { useEffect, useMemo } from 'react';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { type FieldProblem, problemOf } from '../../../shared/design/error-list.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { Select } from '../../ui/select.tsx';
import {
  changeDraft,
  EMPTY_PERSON,
  type IntakeDraft,
  intakeDraft,
  type PaperDraft,
  type PersonDraft,
} from './draft.ts';
import { FormPart, useForm } from './form-part.tsx';
import { changedMembers, followForm, followOwner, ownerPlace } from './link-owner.ts';
import { type IntakeProcedure, Papers } from './papers.tsx';
import { PersonFields } from './person-fields.tsx';

const METHODS = ['desk', 'post', 'electronic'] as const;

/** What the preview found, as far as the fields need it. */
export interface IntakePreview {
  missingComponents: { code: string }[];
  errors: { path: string; code: string; message: string }[];
}

/** Below the procedure: people, form, papers, return of the result. */
export function IntakeRest({
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
  preview: IntakePreview | undefined;
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
    if (formValues !== now.formValues) changeDraft({ formValues });
  }, [place]);

  function setOwner(owner: PersonDraft) {
    const now = intakeDraft.get();
    const typed = new Set([...now.ownerTyped, ...changedMembers(now.owner, owner)]);
    changeDraft({
      owner,
      ownerTyped: [...typed],
      formValues: place ? followOwner(now.formValues, place, now.owner, owner) : now.formValues,
    });
  }

  function editForm(edit: (values: Record<string, unknown>) => Record<string, unknown>) {
    const now = intakeDraft.get();
    const formValues = edit(now.formValues);
    changeDraft({ formValues, owner: place ? followForm(now.owner, place, formValues, now.ownerTyped) : now.owner });
  }

  function setPaper(code: string, edit: (paper: PaperDraft) => PaperDraft, initial: PaperDraft) {
    const { papers } = intakeDraft.get();
    changeDraft({ papers: { ...papers, [code]: edit(papers[code] ?? initial) } });
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
          onChange={(caseId) => changeDraft({ caseId })}
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
            onChange={(event) => changeDraft({ submitter: event.currentTarget.checked ? EMPTY_PERSON : null })}
          />
          <label htmlFor="other-submitter">{t('console.intake.other-submitter')}</label>
        </div>
        {draft.submitter ? (
          <PersonFields
            id="submitter"
            label={t('console.intake.submitter')}
            unitId={unitId}
            person={draft.submitter}
            onChange={(submitter) => changeDraft({ submitter })}
          />
        ) : null}
      </section>
      {form ? (
        <FormPart
          form={form}
          values={draft.formValues}
          onValues={editForm}
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
            onChange={(value) => changeDraft({ resultMethod: METHODS.find((method) => method === value) ?? 'desk' })}
            options={METHODS.map((value) => ({ value, label: t(`console.method.${value}`) }))}
          />
          {draft.resultMethod === 'desk' ? null : (
            <TextField
              id="result-address"
              label={t(draft.resultMethod === 'post' ? 'console.intake.result-address' : 'console.intake.result-email')}
              maxLength={500}
              autoComplete="off"
              value={draft.resultAddress}
              onChange={(event) => changeDraft({ resultAddress: event.currentTarget.value })}
            />
          )}
          <TextField
            id="subject"
            label={t('console.intake.subject')}
            optional
            maxLength={1000}
            value={draft.subject}
            onChange={(event) => changeDraft({ subject: event.currentTarget.value })}
          />
        </div>
      </section>
    </>
  );
}
