import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  enterSurveyAnswer,
  getSurvey,
  listSurveyPapers,
  listSurveySample,
  type SurveyPageType,
} from '../../../../modules/insight/surveys/contract.ts';
import { choicesOf } from '../../../../modules/insight/surveys/rules/questionnaire.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { RadioField, TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { DifferingPapers } from './differing-papers.tsx';

const WAYS = ['paper', 'phone'] as const;
type Way = (typeof WAYS)[number];

/** Papers typed twice by two people, calls read from the screen, and the dossiers still to be asked. */
export default function Entry() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const [filters, set] = useFilters();
  const way: Way = filters.kenh === 'phone' ? 'phone' : 'paper';
  const survey = useCall(getSurvey, { params: { id } });
  return (
    <Loaded query={survey} title={t('surveys.enter')}>
      {(page) => (
        <>
          <ScreenHead title={t('surveys.enter')}>
            <Link to="/khao-sat/$id" params={{ id }}>
              {page.name}
            </Link>
          </ScreenHead>
          {page.mayEnter ? (
            <>
              <div className="filters no-print">
                <Select
                  id="entry-way"
                  label={t('surveys.channel')}
                  value={way}
                  onChange={(kenh) => set({ kenh: kenh === 'phone' ? 'phone' : '' })}
                  options={WAYS.map((value) => ({ value, label: t(`surveys.channels.${value}`) }))}
                />
              </div>
              <EntryForm key={way} page={page} way={way} />
              <DifferingPapers surveyId={id} />
              <Waiting id={id} />
            </>
          ) : (
            <EmptyState title={t('surveys.no-entry')} />
          )}
        </>
      )}
    </Loaded>
  );
}

type Outcome = ReplyOf<typeof enterSurveyAnswer>['outcome'];

function EntryForm({ page, way }: { page: SurveyPageType; way: Way }) {
  const t = useTranslate();
  const [reference, setReference] = useState('');
  const [last, setLast] = useState<Outcome>();
  const [blank, setBlank] = useState(false);
  const { act, busy, error } = useAct([getSurvey, listSurveyPapers, listSurveySample]);

  async function send(form: HTMLFormElement): Promise<void> {
    const typed = new FormData(form);
    const answers: Record<string, string> = {};
    for (const question of page.form.questions) {
      const value = typed.get(`q-${question.id}`);
      if (typeof value === 'string' && value !== '') answers[question.id] = value;
    }
    let outcome: Outcome | undefined;
    const ok = await act(async () => {
      const body = { channel: way, reference, answers };
      outcome = (await call(enterSurveyAnswer, { params: { id: page.id }, body })).outcome;
    });
    if (!ok) return;
    setLast(outcome);
    form.reset();
    setReference('');
    document.getElementById('entry-reference')?.focus();
  }

  return (
    <form
      className="panel"
      noValidate
      aria-label={t(`surveys.entry.${way}`)}
      onSubmit={(event) => {
        event.preventDefault();
        setBlank(reference.trim() === '');
        if (reference.trim() === '') document.getElementById('entry-reference')?.focus();
        else void send(event.currentTarget);
      }}
    >
      <h2>{t(`surveys.entry.${way}`)}</h2>
      {last ? (
        <div role="status">
          <Note tone={last === 'differs' ? 'warning' : 'success'}>{t(`surveys.outcome.${last}`)}</Note>
        </div>
      ) : null}
      <FailureNote error={error} />
      {way === 'phone' ? (
        <p className="note">{t('surveys.script', { unit: page.unitName, until: showDay(page.openTo) })}</p>
      ) : (
        <p className="hint">{t('surveys.paper-text')}</p>
      )}
      <TextField
        id="entry-reference"
        label={t('surveys.reference')}
        hint={t('surveys.reference-hint')}
        error={blank ? t('surveys.reference-missing') : undefined}
        value={reference}
        maxLength={60}
        autoComplete="off"
        code
        onChange={(event) => {
          setReference(event.currentTarget.value);
          setBlank(false);
        }}
      />
      {page.form.questions.map((question, at) => {
        const label = `${at + 1}. ${question.text}`;
        const name = `q-${question.id}`;
        return question.kind === 'text' ? (
          <TextAreaField key={name} id={name} name={name} label={label} maxLength={2000} rows={2} optional />
        ) : (
          <RadioField
            key={name}
            id={name}
            name={name}
            label={label}
            options={[
              ...choicesOf(page.form, question).map((choice, place) => ({
                value: choice.id,
                label: question.kind === 'scale' ? `${place + 1} – ${choice.text}` : choice.text,
              })),
              ...(question.optional ? [{ value: '', label: t('surveys.left-out') }] : []),
            ]}
          />
        );
      })}
      <Button disabled={busy}>{t('surveys.entry-save')}</Button>
    </form>
  );
}

/** Dossiers of the sample that have not answered; who they are is seen on the dossier, by those who may. */
function Waiting({ id }: { id: string }) {
  const t = useTranslate();
  const [page, setPage] = useState(1);
  const sample = useCall(listSurveySample, { params: { id }, query: { page } }, { keep: true });
  return (
    <section className="panel" aria-labelledby="entry-waiting">
      <h2 id="entry-waiting">{t('surveys.waiting')}</h2>
      <Loaded query={sample}>
        {({ rows, total, pageSize }) =>
          rows.length === 0 ? (
            <p>{t('surveys.nobody-waiting')}</p>
          ) : (
            <>
              <Table
                caption={t('surveys.waiting')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.dossierId}
                columns={[
                  {
                    id: 'code',
                    label: t('surveys.dossier'),
                    rowHead: true,
                    cell: (row) => <DossierLink id={row.dossierId} code={row.dossierCode} />,
                  },
                  { id: 'unit', label: t('surveys.place'), cell: (row) => row.unitName },
                  { id: 'group', label: t('surveys.group'), cell: (row) => row.groupName },
                ]}
              />
              <Pager page={page} total={total} pageSize={pageSize} onPage={setPage} />
              <p className="no-print">
                <a href={`/api/surveys/${id}/letters.pdf?page=${page}`}>{t('surveys.letters-page')}</a>
              </p>
            </>
          )
        }
      </Loaded>
    </section>
  );
}
