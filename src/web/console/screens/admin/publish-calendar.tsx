import { useState } from 'react';
import {
  checkCalendar,
  getCalendarDefinition,
  listCalendarRevisions,
  publishCalendarRevision,
} from '../../../../modules/foundation/calendar/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';

/** A new revision: checked first, and a broken one is refused with the reason. */
export function PublishCalendar({ code, initial, close }: { code: string; initial: string; close: () => void }) {
  const t = useTranslate();
  const [text, setText] = useState(initial);
  const [validFrom, setValidFrom] = useState(useToday());
  const [source, setSource] = useState('');
  const [broken, setBroken] = useState<string>();
  const [problems, setProblems] = useState<readonly { path: string; code: string; message: string }[]>();
  const { act, busy, error } = useAct([listCalendarRevisions, getCalendarDefinition]);

  function definition(): { value: unknown } | undefined {
    try {
      const value: unknown = JSON.parse(text);
      setBroken(undefined);
      return { value };
    } catch (failure) {
      setBroken(t('console.procedures.bad-json', { reason: failure instanceof Error ? failure.message : '' }));
      return undefined;
    }
  }

  function check() {
    const read = definition();
    if (!read) return;
    void act(async () => {
      setProblems((await call(checkCalendar, { body: { definition: read.value } })).problems);
    }, t('console.calendars.checked'));
  }

  async function publish() {
    const read = definition();
    if (!read) return;
    const body = { definition: read.value, validFrom, source: source.trim() };
    if (await act(() => call(publishCalendarRevision, { params: { code }, body }), t('console.calendars.published')))
      close();
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <FailureNote error={error} />
      {problems && problems.length === 0 ? <p className="note note--success">{t('console.calendars.good')}</p> : null}
      {problems && problems.length > 0 ? (
        <ul className="note note--danger">
          {problems.map((problem) => (
            <li key={`${problem.path} ${problem.code}`}>
              {problem.message} <span className="code">{problem.path}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <TextAreaField
        id="calendar-definition"
        label={t('console.calendars.definition')}
        hint={t('console.calendars.definition-hint')}
        rows={20}
        spellCheck={false}
        error={broken}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DayField id="calendar-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <TextField
        id="calendar-source"
        label={t('console.calendars.source')}
        maxLength={500}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button small disabled={busy || source.trim() === ''}>
          {t('console.calendars.publish')}
        </Button>
        <Button type="button" look="secondary" small disabled={busy} onClick={check}>
          {t('console.calendars.check')}
        </Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
