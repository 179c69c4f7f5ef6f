import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { addDays } from '../../../../core/time/index.ts';
import { listSurveyForms, listSurveys, makeSurvey } from '../../../../modules/insight/surveys/contract.ts';
import { ErrorList, problemOf } from '../../../shared/design/error-list.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';
import { AskedUnits, unitsWithin } from './asked-units.tsx';

type FormLine = ReplyOf<typeof listSurveyForms>['rows'][number];

/** On some of the days, as the server asks. */
const inForce = ({ validFrom, validTo }: FormLine, from: string, to: string): boolean =>
  validFrom <= to && (validTo === null || from <= validTo);

const DAYS = ['finishedFrom', 'finishedTo', 'openFrom', 'openTo'] as const;

/** Sets a survey up: questionnaire, units, period of the dossiers, days of answering, quotas, seed. */
export function MakeSurvey({ close }: { close: () => void }) {
  const forms = useCall(listSurveyForms, {});
  return <Loaded query={forms}>{(reply) => <MakeForm {...reply} close={close} />}</Loaded>;
}

function MakeForm({ rows, units, close }: ReplyOf<typeof listSurveyForms> & { close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const today = useToday();
  const published = rows.filter((row) => row.status !== 'draft');
  const [name, setName] = useState('');
  const [formId, setForm] = useState(published.find((row) => inForce(row, today, addDays(today, 30)))?.id ?? '');
  const [unitId, setUnit] = useState(units[0]?.id ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(unitsWithin(units, unitId).length === 1 ? [unitId] : []);
  const within = unitsWithin(units, unitId);
  // Who holds it may be chosen again: of those ticked only those below count.
  const asked = within.map((unit) => unit.id).filter((id) => chosen.includes(id));
  const [days, setDays] = useState({
    finishedFrom: addDays(today, -90),
    finishedTo: addDays(today, -1),
    openFrom: today,
    openTo: addDays(today, 30),
  });
  const usable = published.filter((row) => row.id === formId || inForce(row, days.openFrom, days.openTo));
  const form = published.find((row) => row.id === formId);
  const [kind, setKind] = useState<'fixed' | 'proportional'>('fixed');
  const [size, setSize] = useState('30');
  const [least, setLeast] = useState('10');
  const [minimum, setMinimum] = useState('10');
  const [seed, setSeed] = useState('');
  const [weighted, setWeighted] = useState(true);
  const [walkIns, setWalkIns] = useState(false);
  const { act, busy, error } = useAct([listSurveys]);
  const key = useKey();
  const [tried, setTried] = useState(false);
  const whole = (text: string): number => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : -1);
  const problems = [
    ...(name.trim().length < 3 ? [{ id: 'survey-name', message: t('surveys.wrong-name') }] : []),
    ...(asked.length === 0 ? [{ id: 'survey-units', message: t('surveys.wrong-units') }] : []),
    ...(form && !inForce(form, days.openFrom, days.openTo)
      ? [{ id: 'survey-form', message: t('surveys.wrong-form') }]
      : []),
    ...DAYS.flatMap((field) =>
      days[field] === ''
        ? [{ id: `survey-${field}`, message: `${t(`surveys.${field}`)}: ${t('surveys.wrong-day')}` }]
        : [],
    ),
    ...(['finished', 'open'] as const).flatMap((span) =>
      days[`${span}To`] !== '' && days[`${span}To`] < days[`${span}From`]
        ? [{ id: `survey-${span}To`, message: `${t(`surveys.${span}To`)}: ${t('surveys.wrong-order')}` }]
        : [],
    ),
    ...(days.openFrom !== '' && days.openFrom < days.finishedTo
      ? [
          {
            id: 'survey-openFrom',
            message: `${t('surveys.openFrom')}: ${t('surveys.wrong-open-from', { day: showDay(days.finishedTo) })}`,
          },
        ]
      : []),
    ...(days.openTo !== '' && days.openTo >= days.openFrom && days.openTo < today
      ? [{ id: 'survey-openTo', message: `${t('surveys.openTo')}: ${t('surveys.wrong-past')}` }]
      : []),
    ...(whole(size) < 1 ? [{ id: 'survey-size', message: t('surveys.wrong-size') }] : []),
    ...(kind === 'proportional' && whole(least) < 0 ? [{ id: 'survey-least', message: t('surveys.wrong-least') }] : []),
    ...(whole(minimum) < 5 || whole(minimum) > 1000
      ? [{ id: 'survey-minimum', message: t('surveys.wrong-minimum') }]
      : []),
  ];
  const wrong = (id: string): string | undefined => (tried ? problemOf(problems, id) : undefined);

  async function make(): Promise<void> {
    let id = '';
    const quota =
      kind === 'fixed' ? { kind, perStratum: whole(size) } : { kind, total: whole(size), minimum: whole(least) };
    const body = {
      name,
      formId,
      unitId,
      unitIds: asked,
      ...days,
      quota,
      weighted,
      walkIns,
      minimum: whole(minimum),
      ...(seed.trim() ? { seed: seed.trim() } : {}),
    };
    const done = await act(async () => {
      id = (await call(makeSurvey, { body }, key)).id;
    }, t('surveys.made'));
    if (done) void navigate({ to: '/khao-sat/$id', params: { id } });
  }

  return (
    <form
      noValidate
      aria-label={t('surveys.make')}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const [first] = problems;
        if (first) document.getElementById(first.id)?.focus();
        else void make();
      }}
    >
      {tried ? <ErrorList problems={problems} /> : null}
      <FailureNote error={error} />
      <TextField
        id="survey-name"
        label={t('surveys.name')}
        error={wrong('survey-name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className="filters">
        <Select
          id="survey-form"
          label={t('surveys.form')}
          value={formId}
          onChange={setForm}
          error={wrong('survey-form')}
          options={usable.map((row) => ({
            value: row.id,
            label: row.no > 0 ? t('surveys.form-no', { name: row.name, no: row.no }) : row.name,
          }))}
        />
        <Select
          id="survey-unit"
          label={t('surveys.unit')}
          value={unitId}
          onChange={(next) => {
            setUnit(next);
            // A commune asks about itself; there is nothing else to tick.
            if (unitsWithin(units, next).length === 1) setChosen([next]);
          }}
          options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
        />
      </div>
      <AskedUnits units={within} chosen={asked} error={wrong('survey-units')} onChosen={setChosen} />
      <div className="filters">
        {DAYS.map((field) => (
          <DayField
            key={field}
            id={`survey-${field}`}
            label={t(`surveys.${field}`)}
            day={days[field]}
            optional={false}
            error={wrong(`survey-${field}`)}
            onDay={(day) => setDays({ ...days, [field]: day })}
          />
        ))}
      </div>
      <div className="filters">
        <Select
          id="survey-quota"
          label={t('surveys.quota')}
          value={kind}
          onChange={(value) => setKind(value === 'proportional' ? 'proportional' : 'fixed')}
          options={(['fixed', 'proportional'] as const).map((value) => ({ value, label: t(`surveys.quota-${value}`) }))}
        />
        <TextField
          id="survey-size"
          label={t(`surveys.size-${kind}`)}
          error={wrong('survey-size')}
          short
          inputMode="numeric"
          value={size}
          onChange={(event) => setSize(event.currentTarget.value)}
        />
        {kind === 'proportional' ? (
          <TextField
            id="survey-least"
            label={t('surveys.least')}
            error={wrong('survey-least')}
            short
            inputMode="numeric"
            value={least}
            onChange={(event) => setLeast(event.currentTarget.value)}
          />
        ) : null}
        <TextField
          id="survey-minimum"
          label={t('surveys.minimum')}
          error={wrong('survey-minimum')}
          hint={t('surveys.minimum-hint')}
          short
          inputMode="numeric"
          value={minimum}
          onChange={(event) => setMinimum(event.currentTarget.value)}
        />
        <TextField
          id="survey-seed"
          label={t('surveys.seed')}
          hint={t('surveys.seed-hint')}
          optional
          value={seed}
          maxLength={100}
          onChange={(event) => setSeed(event.currentTarget.value)}
        />
      </div>
      <Tick
        id="survey-weighted"
        label={t('surveys.weighted')}
        hint={t('surveys.weighted-hint')}
        checked={weighted}
        onChange={setWeighted}
      />
      <Tick
        id="survey-walk-ins"
        label={t('surveys.walk-ins')}
        hint={t('surveys.walk-ins-hint')}
        checked={walkIns}
        onChange={setWalkIns}
      />
      <FormButtons label={t('surveys.make-now')} disabled={busy || formId === '' || unitId === ''} close={close} />
    </form>
  );
}
