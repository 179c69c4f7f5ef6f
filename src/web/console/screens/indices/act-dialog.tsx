import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));

/** A dialog that is loaded when it is first opened. */
export function LazyDialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Suspense>
      <Dialog title={title} onClose={onClose}>
        {children}
      </Dialog>
    </Suspense>
  );
}

/** A form in a dialog: fields, what was refused, one button that does it. */
export function ActForm({
  children,
  submit,
  done,
  refresh,
  close,
  ready = true,
  label,
}: {
  children?: ReactNode;
  submit: () => Promise<unknown>;
  /** Said when it worked. */
  done: string;
  refresh: readonly { readonly id: string }[];
  close: () => void;
  ready?: boolean;
  label: string;
}) {
  const t = useTranslate();
  const { act, busy, error } = useAct(refresh);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(submit, done).then((worked) => worked && close());
      }}
    >
      <FailureNote error={error} />
      {children}
      <ButtonRow>
        <Button disabled={busy || !ready}>{label}</Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}

/** A dialog whose fields change a draft that is saved elsewhere: nothing is sent. */
export function ChangeForm({
  title,
  ready,
  apply,
  label,
  close,
  children,
}: {
  title: string;
  ready: boolean;
  apply: () => void;
  label: string;
  close: () => void;
  children: ReactNode;
}) {
  const t = useTranslate();
  return (
    <LazyDialog title={title} onClose={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          apply();
          close();
        }}
      >
        {children}
        <ButtonRow>
          <Button disabled={!ready}>{label}</Button>
          <Button type="button" look="link" onClick={close}>
            {t('console.cancel')}
          </Button>
        </ButtonRow>
      </form>
    </LazyDialog>
  );
}

/** Asks once more, with a reason where one is needed, and then acts. */
export function ConfirmAct({
  title,
  text,
  needsReason,
  submit,
  done,
  refresh,
  close,
}: {
  title: string;
  text: string;
  needsReason: boolean;
  submit: (reason: string) => Promise<unknown>;
  done: string;
  refresh: readonly { readonly id: string }[];
  close: () => void;
}) {
  const t = useTranslate();
  const [reason, setReason] = useState('');
  return (
    <LazyDialog title={title} onClose={close}>
      <ActForm
        submit={() => submit(reason.trim())}
        done={done}
        refresh={refresh}
        close={close}
        ready={!needsReason || reason.trim() !== ''}
        label={title}
      >
        <p>{text}</p>
        {needsReason ? (
          <TextAreaField
            id="act-reason"
            label={t('indices.reason')}
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
      </ActForm>
    </LazyDialog>
  );
}
