import { useState } from 'react';
import { Button, ButtonRow } from '../../shared/design/button.tsx';
import type { useAct } from '../data/use-act.ts';
import { DayField } from './day-field.tsx';
import { FailureNote } from './failure-note.tsx';

type Props = {
  /** Already translated. */
  readonly texts: Readonly<Record<'publish' | 'hint' | 'validFrom' | 'discard', string>>;
  /** There is something to save or to mend first. */
  readonly disabled: boolean;
  readonly acting: Pick<ReturnType<typeof useAct>, 'busy' | 'error'>;
  /** @param day the first day it is valid on */
  onPublish(day: string): void;
  onDiscard(): void;
};

/** The last part of a designer's screen: a draft is published from a day on, or thrown away. */
export function PublishDraft({ texts, disabled, acting: { busy, error }, onPublish, onDiscard }: Props) {
  const [day, setDay] = useState('');
  return (
    <form
      noValidate
      aria-label={texts.publish}
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        onPublish(day);
      }}
    >
      <h2>{texts.publish}</h2>
      <p className="hint">{texts.hint}</p>
      <FailureNote error={error} />
      {/* Saved, the screen begins anew: a day typed before that would be gone. */}
      <fieldset disabled={busy || disabled} className="plain-fieldset">
        <DayField id="valid-from" label={texts.validFrom} day={day} onDay={setDay} optional={false} />
      </fieldset>
      <ButtonRow>
        <Button disabled={busy || disabled || day === ''}>{texts.publish}</Button>
        <Button type="button" look="secondary" disabled={busy} onClick={onDiscard}>
          {texts.discard}
        </Button>
      </ButtonRow>
    </form>
  );
}
