import { type FormEvent, useState } from 'react';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';

/** Ends something after a last day: posts and roles are never deleted. */
export function EndByDay({
  id,
  label,
  end,
  reads,
}: {
  id: string;
  label: string;
  end: (lastDay: string) => Promise<unknown>;
  reads: readonly { readonly id: string }[];
}) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const [lastDay, setLastDay] = useState(useToday());
  const { act, busy, error } = useAct(reads);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await act(() => end(lastDay), t('console.saved'))) setOpen(false);
  }
  if (!open) {
    return (
      <Button type="button" look="link" onClick={() => setOpen(true)}>
        {label}
      </Button>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <DayField
        id={`end-${id}`}
        label={t('console.units.last-day')}
        day={lastDay}
        onDay={setLastDay}
        optional={false}
      />
      <Button small disabled={busy}>
        {label}
      </Button>
    </form>
  );
}
