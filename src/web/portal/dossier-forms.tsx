import type { MyDossierView } from '../../modules/onestop/portal/rules/dossier-views.ts';
import { Button, ButtonRow } from '../shared/design/button.tsx';
import { problemOf } from '../shared/design/error-list.tsx';
import { RadioField, TextAreaField } from '../shared/design/field.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { dayText, problemTexts } from './wording.ts';

/** Answer to a request for completion or supplement: a file control per item asked for, and words. */
export function RequestForm({
  view,
  request,
}: {
  view: MyDossierView;
  request: NonNullable<MyDossierView['request']>;
}) {
  const t = useTranslate();
  const problems = problemTexts(t, view.problems);
  return (
    <section className="state" id="bo-sung">
      <h2>{t('portal.request.title')}</h2>
      <p>{request.reason}</p>
      {request.deadline ? (
        <p>
          <strong>{t('portal.request.deadline', { day: dayText(request.deadline) })}</strong>
        </p>
      ) : null}
      <form method="post" action={`/ho-so/${view.id}/bo-sung`} encType="multipart/form-data" noValidate>
        <input type="hidden" name="version" value={view.version} />
        {request.items.map((item) => {
          const id = `item-${item.key}`;
          const error = problemOf(problems, id);
          return (
            <div className={error ? 'field field--error' : 'field'} key={item.key}>
              <label htmlFor={id}>{item.name}</label>
              <span className="hint" id={`${id}-hint`}>
                {item.what}
              </span>
              {error ? (
                <span className="error-message" id={`${id}-error`}>
                  {error}
                </span>
              ) : null}
              <input
                type="file"
                id={id}
                name={`file.${item.key}`}
                multiple
                accept=".pdf,.jpg,.jpeg,.png"
                aria-describedby={error ? `${id}-error ${id}-hint` : `${id}-hint`}
              />
            </div>
          );
        })}
        <TextAreaField
          id="tra-loi"
          name="tra-loi"
          label={t('portal.request.answer')}
          hint={t('portal.request.answer-hint')}
          error={problemOf(problems, 'tra-loi')}
          defaultValue={view.answer}
          maxLength={4000}
          optional
        />
        <ButtonRow>
          <Button>{t('portal.request.submit')}</Button>
        </ButtonRow>
      </form>
    </section>
  );
}

/** Withdrawal, folded away, with what it means. */
export function WithdrawForm({ view }: { view: MyDossierView }) {
  const t = useTranslate();
  const error = problemOf(problemTexts(t, view.problems), 'ly-do');
  return (
    <details className="details" open={error !== undefined || view.withdrawReason !== ''}>
      <summary>{t('portal.withdraw.title')}</summary>
      <form method="post" action={`/ho-so/${view.id}/rut`} noValidate>
        <p>{t('portal.withdraw.text')}</p>
        <input type="hidden" name="version" value={view.version} />
        <TextAreaField
          id="ly-do"
          name="ly-do"
          label={t('portal.withdraw.reason')}
          error={error}
          defaultValue={view.withdrawReason}
          maxLength={2000}
        />
        <Button look="danger">{t('portal.withdraw.submit')}</Button>
      </form>
    </details>
  );
}

const scores = ['5', '4', '3', '2', '1'] as const;

/** Rating after the result: five words, no stars alone. */
export function RatingForm({ view }: { view: MyDossierView }) {
  const t = useTranslate();
  return (
    <section className="state" id="danh-gia">
      <h2>{t('portal.rating.title')}</h2>
      <form method="post" action={`/ho-so/${view.id}/danh-gia`} noValidate>
        <RadioField
          id="muc"
          name="muc"
          label={t('portal.rating.question')}
          value={view.ratingScore}
          error={problemOf(problemTexts(t, view.problems), 'muc')}
          options={scores.map((score) => ({ value: score, label: t(`portal.rating.score-${score}`) }))}
        />
        <TextAreaField
          id="gop-y"
          name="gop-y"
          label={t('portal.rating.comment')}
          defaultValue={view.ratingComment}
          maxLength={2000}
          optional
        />
        <Button>{t('portal.rating.submit')}</Button>
      </form>
    </section>
  );
}
