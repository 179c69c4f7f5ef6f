import { lazy, Suspense, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  cancelAbsence,
  changeActing,
  endAbsence,
  getAbsenceChoices,
  listAbsences,
} from '../../../../modules/foundation/absence/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type ActingDraft, ActingFields, actingBody, emptyActing } from './acting-fields.tsx';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));
type Row = ReplyOf<typeof listAbsences>['rows'][number];

/** Other acting people, back early, taken back. */
export function AbsenceActs({ row }: { row: Row }) {
  const t = useTranslate();
  const [open, setOpen] = useState<'acting' | 'end' | 'cancel' | null>(null);
  const close = () => setOpen(null);
  const titles = {
    acting: t('absence.acting.change-title', { name: row.staffName }),
    end: t('absence.end-confirm', { name: row.staffName }),
    cancel: t('absence.cancel-title', { name: row.staffName }),
  };
  return (
    <>
      <ButtonRow>
        <Button type="button" look="link" onClick={() => setOpen('acting')}>
          {t('absence.acting.change')}
        </Button>
        {row.status === 'active' ? (
          <Button type="button" look="link" onClick={() => setOpen('end')}>
            {t('absence.end')}
          </Button>
        ) : null}
        <Button type="button" look="link" onClick={() => setOpen('cancel')}>
          {t('absence.cancel')}
        </Button>
      </ButtonRow>
      {open ? (
        <Suspense>
          <Dialog title={titles[open]} onClose={close}>
            {open === 'acting' ? <Change row={row} close={close} /> : <Finish row={row} kind={open} close={close} />}
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}

function Change({ row, close }: { row: Row; close: () => void }) {
  const choices = useCall(getAbsenceChoices, { params: { id: row.staffId } });
  return <Loaded query={choices}>{(data) => <ChangeForm row={row} choices={data} close={close} />}</Loaded>;
}

function ChangeForm({
  row,
  choices,
  close,
}: {
  row: Row;
  choices: ReplyOf<typeof getAbsenceChoices>;
  close: () => void;
}) {
  const t = useTranslate();
  const [drafts, setDrafts] = useState<readonly ActingDraft[]>([emptyActing(choices)]);
  const { act, busy, error } = useAct([listAbsences]);
  const key = useKey(row.version);
  const body = { version: row.version, acting: actingBody(drafts) };
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (await act(() => call(changeActing, { params: { id: row.id }, body }, key), t('absence.changed'))) close();
      }}
    >
      <FailureNote error={error} />
      <ActingFields choices={choices} drafts={drafts} onDrafts={setDrafts} />
      <FormButtons label={t('absence.acting.save')} disabled={busy} close={close} />
    </form>
  );
}

function Finish({ row, kind, close }: { row: Row; kind: 'end' | 'cancel'; close: () => void }) {
  const t = useTranslate();
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([listAbsences]);
  const params = { id: row.id };
  const key = useKey(row.version);
  const work = () =>
    kind === 'end'
      ? call(endAbsence, { params, body: { version: row.version } }, key)
      : call(cancelAbsence, { params, body: { version: row.version, reason: reason.trim() } }, key);
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (await act(work, t('absence.changed'))) close();
      }}
    >
      <FailureNote error={error} />
      {kind === 'cancel' ? (
        <TextAreaField
          id="absence-cancel-reason"
          label={t('absence.cancel-reason')}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      <FormButtons
        label={t(`absence.${kind}`)}
        disabled={busy || (kind === 'cancel' && reason.trim() === '')}
        close={close}
      />
    </form>
  );
}
