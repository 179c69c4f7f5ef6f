import { useState } from 'react';
import { pointsOf } from '../../../../core/scoring/index.ts';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import {
  appraiseCriterion,
  attachEvidence,
  type CriterionViewType,
  explainCriterion,
  type SheetPageType,
  scoreCriterion,
} from '../../../../modules/insight/indices/contract.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import { createStep } from '../../data/step.ts';
import { sendFile } from '../../data/upload.ts';
import { FileField } from '../../ui/file-field.tsx';
import { readNumber } from '../reports/words.ts';
import { ActForm, LazyDialog } from './act-dialog.tsx';
import { ruleText } from './rule-text.ts';
import { maximum, points } from './words.ts';

type Kind = 'score' | 'appraise' | 'explain';
type Props = {
  page: SheetPageType;
  criterion: CriterionViewType;
  refresh: readonly { readonly id: string }[];
  close: () => void;
};

/** Points, an appraisal or an explanation of one criterion, in a dialog. */
export function CriterionDialog({ kind, ...props }: Props & { kind: Kind }) {
  const t = useTranslate();
  const { criterion, close } = props;
  return (
    <LazyDialog title={t(`indices.do-${kind}`)} onClose={close}>
      <p>
        <strong>{criterion.name}</strong>
        <span className="hint">
          {t('indices.of-max', { max: maximum(criterion.max) })}. {ruleText(criterion.rule, t)}
        </span>
      </p>
      {kind === 'score' ? <ScoreForm {...props} /> : null}
      {kind === 'appraise' ? <AppraiseForm {...props} /> : null}
      {kind === 'explain' ? <ExplainForm {...props} /> : null}
    </LazyDialog>
  );
}

/** What is wrong with points as they are typed: no number, or more than there are. */
function pointsError(value: number | null | undefined, { max }: CriterionViewType, t: Translate): string | undefined {
  if (value === undefined) return t('indices.no-number');
  return value !== null && value > max ? t('indices.too-much', { max: maximum(max) }) : undefined;
}

function ScoreForm({ page, criterion, refresh, close }: Props) {
  const t = useTranslate();
  // A rule works the points out of two counts; without one, points are typed.
  const ruled = criterion.rule !== null && criterion.rule.kind !== 'manual';
  const [byCount, setByCount] = useState(ruled && (criterion.selfPoints === null || criterion.numerator !== null));
  const [typed, setPoints] = useState(typedNumberVi(criterion.numerator === null ? criterion.selfPoints : null));
  const [top, setTop] = useState(typedNumberVi(criterion.numerator));
  const [bottom, setBottom] = useState(typedNumberVi(criterion.denominator));
  const [note, setNote] = useState(criterion.selfNote);
  const [file, setFile] = useState<File>();
  const send = useSending(page, criterion);
  const [numerator, denominator, value] = [readNumber(top), readNumber(bottom), readNumber(typed)];
  const { zeroDenominator, rule } = criterion;
  const preview =
    rule && numerator !== null && numerator !== undefined && denominator !== null && denominator !== undefined
      ? pointsOf(
          { max: criterion.max, rule, ...(zeroDenominator ? { zeroDenominator } : {}) },
          { numerator, denominator },
        )
      : null;
  const tooMuch = !byCount && typeof value === 'number' && value > criterion.max;
  const ready =
    criterion.live ||
    (byCount
      ? typeof numerator === 'number' && typeof denominator === 'number'
      : typeof value === 'number' && !tooMuch);

  async function submit(): Promise<void> {
    const given = criterion.live
      ? {}
      : byCount
        ? { numerator: numerator ?? 0, denominator: denominator ?? 0 }
        : { points: value ?? 0 };
    const what = { criterionId: criterion.id, note: note.trim(), ...given };
    await send(what, (version) => call(scoreCriterion, { params: { id: page.id }, body: { ...what, version } }), file);
  }

  return (
    <ActForm
      submit={submit}
      done={t('indices.saved')}
      refresh={refresh}
      close={close}
      ready={ready}
      label={t('indices.save')}
    >
      {criterion.live ? (
        <p>{t('indices.automatic', { name: criterion.metricName ?? '', points: points(criterion.selfPoints, t) })}</p>
      ) : byCount ? (
        <>
          <TextField
            id="score-numerator"
            label={t('indices.numerator')}
            short
            inputMode="decimal"
            error={numerator === undefined ? t('indices.no-number') : undefined}
            value={top}
            onChange={(event) => setTop(event.currentTarget.value)}
          />
          <TextField
            id="score-denominator"
            label={t('indices.denominator')}
            short
            inputMode="decimal"
            error={denominator === undefined ? t('indices.no-number') : undefined}
            value={bottom}
            onChange={(event) => setBottom(event.currentTarget.value)}
          />
          <p aria-live="polite">
            {preview === null ? null : t('indices.gives', { points: points(preview.toNumber(), t) })}
          </p>
        </>
      ) : (
        <TextField
          id="score-points"
          label={t('indices.points')}
          short
          inputMode="decimal"
          value={typed}
          error={pointsError(value, criterion, t)}
          onChange={(event) => setPoints(event.currentTarget.value)}
        />
      )}
      {ruled && !criterion.live ? (
        <p>
          <button type="button" className="button button--link" onClick={() => setByCount(!byCount)}>
            {t(byCount ? 'indices.type-points' : 'indices.type-counts')}
          </button>
        </p>
      ) : null}
      <TextAreaField
        id="score-note"
        label={t('indices.note')}
        optional
        rows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Evidence onFile={setFile} />
    </ActForm>
  );
}

type Sending = (what: object, write: (version: number) => Promise<Written>, file: File | undefined) => Promise<void>;
type Written = { readonly version: number };

/** Writes, then attaches the file; where the file is refused, sending again does not write twice. */
function useSending(page: SheetPageType, criterion: CriterionViewType): Sending {
  const [step] = useState(() => createStep<Written>());
  return async (what, write, file) => {
    await step(what, (before) => write(before?.version ?? criterion.version));
    if (!file) return;
    const { id: fileId } = await sendFile(file);
    await call(attachEvidence, { params: { id: page.id }, body: { criterionId: criterion.id, fileId } });
  };
}

function Evidence({ onFile }: { onFile: (file: File | undefined) => void }) {
  const t = useTranslate();
  return (
    <FileField
      id="score-file"
      label={t('indices.evidence')}
      hint={t('indices.evidence-hint')}
      optional
      accept=".pdf,.jpg,.jpeg,.png"
      onFile={onFile}
    />
  );
}

function AppraiseForm({ page, criterion, refresh, close }: Props) {
  const t = useTranslate();
  const [typed, setPoints] = useState(typedNumberVi(criterion.appraisedPoints ?? criterion.selfPoints));
  const [reason, setReason] = useState(criterion.appraisedReason);
  const value = readNumber(typed);
  const tooMuch = typeof value === 'number' && value > criterion.max;
  const differs = !page.importOnly && value !== criterion.selfPoints;
  const ready = typeof value === 'number' && !tooMuch && (!differs || reason.trim() !== '');
  return (
    <ActForm
      submit={() =>
        call(appraiseCriterion, {
          params: { id: page.id },
          body: { criterionId: criterion.id, version: criterion.version, points: value ?? 0, reason: reason.trim() },
        })
      }
      done={t('indices.saved')}
      refresh={refresh}
      close={close}
      ready={ready}
      label={t('indices.save')}
    >
      {page.importOnly ? null : (
        <p>
          {t('indices.self-gave', { points: points(criterion.selfPoints, t) })} {criterion.selfNote}
        </p>
      )}
      {criterion.explanation ? <p>{t('indices.explained', { text: criterion.explanation })}</p> : null}
      <TextField
        id="appraise-points"
        label={t('indices.appraised-points')}
        short
        inputMode="decimal"
        value={typed}
        error={pointsError(value, criterion, t)}
        onChange={(event) => setPoints(event.currentTarget.value)}
      />
      <TextAreaField
        id="appraise-reason"
        label={t('indices.reason')}
        hint={t('indices.reason-hint')}
        optional={!differs}
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}

function ExplainForm({ page, criterion, refresh, close }: Props) {
  const t = useTranslate();
  const [text, setText] = useState(criterion.explanation);
  const [file, setFile] = useState<File>();
  const send = useSending(page, criterion);
  async function submit(): Promise<void> {
    const what = { criterionId: criterion.id, text: text.trim() };
    await send(
      what,
      (version) => call(explainCriterion, { params: { id: page.id }, body: { ...what, version } }),
      file,
    );
  }
  return (
    <ActForm
      submit={submit}
      done={t('indices.saved')}
      refresh={refresh}
      close={close}
      ready={text.trim() !== ''}
      label={t('indices.save')}
    >
      <p>
        {t('indices.appraised-gave', {
          points: points(criterion.appraisedPoints, t),
          self: points(criterion.selfPoints, t),
        })}{' '}
        {criterion.appraisedReason}
      </p>
      <TextAreaField
        id="explain-text"
        label={t('indices.explanation')}
        rows={4}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Evidence onFile={setFile} />
    </ActForm>
  );
}
