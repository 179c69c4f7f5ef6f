import { type FormEvent, useState } from 'react';
import {
  createCalendar,
  getCalendarDefinition,
  listCalendarRevisions,
  listCalendars,
  publishCalendarRevision,
} from '../../../../modules/foundation/calendar/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { CalendarEditor } from './calendar-editor.tsx';

const READS = [listCalendars, listCalendarRevisions, getCalendarDefinition];

/**
 * A new revision of a calendar (or, without `code`, the first one of a new calendar), from a day on; the old ones are
 * kept. `onDone` is told when it was published.
 */
export function PublishCalendar({
  code,
  initial,
  close,
  onDone,
}: {
  code?: string;
  initial: unknown;
  close: () => void;
  onDone: () => void;
}) {
  const t = useTranslate();
  const [validFrom, setValidFrom] = useState(useToday());
  const [source, setSource] = useState('');
  const [newCode, setNewCode] = useState('');
  const [name, setName] = useState('');
  const { act, busy, error } = useAct(READS);

  async function publish(event: FormEvent, definition: unknown) {
    event.preventDefault();
    if (definition === undefined) return;
    const revision = { definition, validFrom, source: source.trim() };
    const work = () =>
      code === undefined
        ? call(createCalendar, { body: { code: newCode.trim(), name: name.trim(), ...revision } })
        : call(publishCalendarRevision, { params: { code }, body: revision });
    if (!(await act(work, t('console.calendars.published')))) return;
    onDone();
    close();
  }

  return (
    <CalendarEditor initial={initial}>
      {(definition, changed) => (
        <form noValidate onSubmit={(event) => void publish(event, definition)}>
          <h3>{t('console.calendars.publish')}</h3>
          <FailureNote error={error} />
          {changed.length > 0 ? (
            <p className="note">{t('console.calendar-edit.changed', { dates: changed.join(', ') })}</p>
          ) : null}
          {code === undefined ? (
            <div className="grid-fields">
              <TextField
                id="calendar-code"
                label={t('console.units.code')}
                hint={t('console.calendar-edit.code-hint')}
                code
                short
                value={newCode}
                onChange={(event) => setNewCode(event.currentTarget.value)}
              />
              <TextField
                id="calendar-name"
                label={t('console.units.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </div>
          ) : null}
          <DayField
            id="calendar-from"
            label={t('console.from')}
            day={validFrom}
            onDay={setValidFrom}
            optional={false}
          />
          <TextField
            id="calendar-source"
            label={t('console.calendars.source')}
            maxLength={500}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <FormButtons
            label={t('console.calendars.publish')}
            disabled={busy || source.trim() === '' || definition === undefined}
            close={close}
          />
        </form>
      )}
    </CalendarEditor>
  );
}
