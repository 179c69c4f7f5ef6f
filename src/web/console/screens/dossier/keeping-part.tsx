import { type FormEvent, useState } from 'react';
import { getKeeping, type Keeping, liftHold, setHold } from '../../../../modules/onestop/retention/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';

/** How a dossier is kept: held by law, until when, erased by which decision. Silent where it cannot be read. */
export function KeepingPart({ id }: { id: string }) {
  const t = useTranslate();
  const keeping = useCall(getKeeping, { params: { id } });
  const { data } = keeping;
  if (!data) return null;
  return (
    <section className="panel" aria-labelledby="keeping-title">
      <h2 id="keeping-title">{t('console.retention.keeping')}</h2>
      {data.erasedBy ? (
        <Note>
          {t(`console.retention.erased-${data.erasedBy.kind}`, {
            number: data.erasedBy.decisionNumber,
            day: showDay(data.erasedBy.decisionDay),
          })}
        </Note>
      ) : null}
      <p>{periodOf(t, data)}</p>
      {data.keptUntil ? <p>{t('console.retention.kept-until', { day: showDay(data.keptUntil) })}</p> : null}
      {data.hold ? (
        <Note tone="warning">
          <p>
            <strong>
              {t('console.retention.hold-since', { when: showInstant(data.hold.setAt), who: data.hold.setBy })}
            </strong>
          </p>
          <p>{data.hold.reason}</p>
          <p>{t('console.retention.hold-consequence')}</p>
        </Note>
      ) : null}
      {data.mayHold ? <HoldForm key={String(data.hold === null)} id={id} held={data.hold !== null} /> : null}
    </section>
  );
}

function periodOf(t: ReturnType<typeof useTranslate>, { retentionCode, retentionYears }: Keeping): string {
  const code = retentionCode ?? t('console.retention.retention-code');
  return retentionYears === null
    ? t('console.retention.kept-forever', { code })
    : t('console.retention.kept-years', { code, count: retentionYears });
}

function HoldForm({ id, held }: { id: string; held: boolean }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([getKeeping]);
  // Held, let go and held again are three acts: each has a key of its own.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [endpoint, word] = held ? ([liftHold, 'lift'] as const) : ([setHold, 'hold'] as const);
  if (!open) {
    return (
      <Button type="button" look="secondary" small onClick={() => setOpen(true)}>
        {t(`console.retention.${word}`)}
      </Button>
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const input = { params: { id }, body: { reason: reason.trim() } };
    void act(() => call(endpoint, input, { idempotencyKey: key }), t(`console.retention.${word}-done`)).then(
      (done) => done && setKey(crypto.randomUUID()),
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <TextField
        id="hold-reason"
        label={t(`console.retention.${word}-reason`)}
        value={reason}
        autoComplete="off"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button small disabled={busy || reason.trim().length < 5}>
        {t(`console.retention.${word}`)}
      </Button>
    </form>
  );
}
