import { useState } from 'react';
import {
  getSurvey,
  listSurveys,
  type SurveyPageType,
  setSurveyDays,
} from '../../../../modules/insight/surveys/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { ErrorList } from '../../../shared/design/error-list.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

const DAYS = ['openFrom', 'openTo'] as const;

/** Says that the last day of answering is over, and what to do about it. */
export function DaysNote({ page }: { page: SurveyPageType }) {
  const t = useTranslate();
  const today = useToday();
  if (page.state === 'closed' || today <= page.openTo) return null;
  const what = page.state === 'open' ? 'open' : 'before';
  return <Note tone="warning">{t(`surveys.days-over-${what}`, { day: showDay(page.openTo) })}</Note>;
}

/** Other days of answering: both before the survey is open, a later last day afterwards. */
export function DaysForm({ page, close }: { page: SurveyPageType; close: () => void }) {
  const t = useTranslate();
  const today = useToday();
  const [days, setDays] = useState({ openFrom: page.openFrom, openTo: page.openTo });
  const [tried, setTried] = useState(false);
  const { act, busy, error } = useAct([getSurvey, listSurveys]);
  const running = page.state === 'open';
  const shown = running ? (['openTo'] as const) : DAYS;
  const wrongDay = (field: (typeof DAYS)[number]): string | undefined => {
    if (days[field] === '') return t('surveys.wrong-day');
    if (field === 'openFrom')
      return days.openFrom < page.finishedTo
        ? t('surveys.wrong-open-from', { day: showDay(page.finishedTo) })
        : undefined;
    if (days.openTo < days.openFrom) return t('surveys.wrong-order');
    if (days.openTo < today) return t('surveys.wrong-past');
    return running && days.openTo <= page.openTo ? t('surveys.wrong-earlier') : undefined;
  };
  const problems = shown.flatMap((field) => {
    const message = wrongDay(field);
    return message ? [{ id: `days-${field}`, message: `${t(`surveys.${field}`)}: ${message}` }] : [];
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problems[0]) return document.getElementById(problems[0].id)?.focus();
        const body = { version: page.version, ...days };
        const send = () => call(setSurveyDays, { params: { id: page.id }, body });
        void act(send, t('surveys.done.days')).then((done) => done && close());
      }}
    >
      <p>{t(running ? 'surveys.about.days-open' : 'surveys.about.days')}</p>
      {tried ? <ErrorList problems={problems} /> : null}
      <FailureNote error={error} />
      {shown.map((field) => (
        <DayField
          key={field}
          id={`days-${field}`}
          label={t(`surveys.${field}`)}
          day={days[field]}
          optional={false}
          error={tried ? wrongDay(field) : undefined}
          onDay={(day) => setDays({ ...days, [field]: day })}
        />
      ))}
      <FormButtons label={t('surveys.acts.days')} disabled={busy} close={close} />
    </form>
  );
}
