import { useState } from 'react';
import {
  type CriterionViewType,
  confirmIndexFigure,
  type SheetPageType,
} from '../../../../modules/insight/indices/contract.ts';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { Select } from '../../ui/select.tsx';
import { ActForm, LazyDialog } from './act-dialog.tsx';
import { count, points } from './words.ts';

const KEEP = 'keep';
const TAKE = 'take';

/** The appraiser's answer where a figure moved after it was appraised: the points stay, with a reason, or follow the figure. */
export function ConfirmFigure({
  page,
  criterion,
  refresh,
  close,
}: {
  page: SheetPageType;
  criterion: CriterionViewType;
  refresh: readonly { readonly id: string }[];
  close: () => void;
}) {
  const t = useTranslate();
  const [answer, setAnswer] = useState('');
  const [reason, setReason] = useState(criterion.appraisedReason);
  const { numerator, denominator, selfPoints, appraisedPoints, metricId } = criterion;
  const figure =
    numerator === null || denominator === null ? t('indices.none') : `${count(numerator)}/${count(denominator)}`;
  const text = { figure, points: points(selfPoints, t), appraised: points(appraisedPoints, t) };
  const keeps = answer === KEEP;
  return (
    <LazyDialog title={t('indices.do-confirm')} onClose={close}>
      <p>
        <strong>{criterion.name}</strong>
      </p>
      <p>{t(metricId === null ? 'indices.confirm-gone' : 'indices.confirm-text', text)}</p>
      <ActForm
        submit={() =>
          call(confirmIndexFigure, {
            params: { id: page.id },
            body: {
              criterionId: criterion.id,
              version: criterion.version,
              take: !keeps,
              reason: keeps ? reason.trim() : '',
            },
          })
        }
        done={t('indices.saved')}
        refresh={refresh}
        close={close}
        ready={keeps ? reason.trim() !== '' : answer === TAKE}
        label={t('indices.save')}
      >
        <Select
          id="confirm-answer"
          label={t('indices.confirm-answer')}
          value={answer}
          onChange={setAnswer}
          options={[
            { value: '', label: t('indices.choose') },
            { value: KEEP, label: t('indices.confirm-keep', text) },
            { value: TAKE, label: t('indices.confirm-take', text) },
          ]}
        />
        {keeps ? (
          <TextAreaField
            id="confirm-reason"
            label={t('indices.reason')}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
      </ActForm>
    </LazyDialog>
  );
}
