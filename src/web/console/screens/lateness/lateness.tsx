import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  type LatenessPartType,
  type LatenessRowType,
  listCauseRequests,
  listLateness,
  sumLateness,
} from '../../../../modules/onestop/lateness/contract.ts';
import { PART_KINDS } from '../../../../modules/onestop/lateness/rules/attribute.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import type { CsvColumn } from '../../data/csv.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { RowFold } from '../../ui/row-fold.tsx';
import { useRowKeys } from '../../ui/row-keys.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { CauseRequests } from './cause-requests.tsx';
import { showMinutes } from './duration.ts';
import { LatenessBar } from './lateness-bar.tsx';
import { holderText, PartCause, PartHolder } from './part-text.tsx';
import { SETS, type TotalSet, Totals } from './totals.tsx';

/** Name of a filter in the address by the set of totals it narrows. */
const FILTER_OF: Record<TotalSet, string> = {
  step: 'buoc',
  unit: 'don-vi',
  decided: 'giai-quyet',
  staff: 'nguoi-giu',
  cause: 'nguyen-nhan',
  kind: 'loai',
};

function columns(t: Translate): Column<LatenessRowType>[] {
  return [
    {
      id: 'code',
      label: t('console.list.code'),
      rowHead: true,
      cell: (row) => (
        <>
          <DossierLink id={row.dossierId} code={row.code} walked />
          <span className="hint">{row.procedureCode}</span>
        </>
      ),
    },
    {
      id: 'due',
      label: t('console.list.due'),
      cell: (row) => (
        <>
          <strong>{showShortInstant(row.dueAt)}</strong>
          <span className="hint">
            {row.endedAt ? `${t('lateness.ended')} ${showShortInstant(row.endedAt)}` : t('lateness.still-open')}
          </span>
        </>
      ),
    },
    { id: 'late', label: t('lateness.late'), cell: (row) => <strong>{showMinutes(row.latenessMinutes, t)}</strong> },
    {
      id: 'parts',
      label: t('lateness.parts'),
      cell: (row) => (
        <RowFold label={partsText(row, t)}>
          {row.parts.length > 1 ? <LatenessBar parts={row.parts} /> : null}
          <ol className="late-parts">
            {row.parts.map((part) => (
              <li key={`${part.seq} ${part.kind} ${part.stepId} ${part.staffId}`}>
                <strong>{showMinutes(part.minutes, t)}</strong> <PartHolder part={part} />
                <PartCause part={part} />
              </li>
            ))}
          </ol>
        </RowFold>
      ),
    },
  ];
}

/** How many parts there are and which is the longest, for where they are folded. */
function partsText({ parts }: LatenessRowType, t: Translate): string {
  const [longest] = parts.toSorted((a, b) => b.minutes - a.minutes);
  return longest === undefined
    ? t('lateness.parts-none')
    : t('lateness.parts-folded', { count: parts.length, who: holderText(longest, t) });
}

type PartLine = { readonly row: LatenessRowType; readonly part: LatenessPartType };

function csvColumns(t: Translate): CsvColumn<PartLine>[] {
  return [
    { label: t('console.list.code'), value: ({ row }) => row.code },
    { label: t('console.list.procedure-code'), value: ({ row }) => row.procedureCode },
    { label: t('console.list.due'), value: ({ row }) => showShortInstant(row.dueAt) },
    { label: t('lateness.ended'), value: ({ row }) => showShortInstant(row.endedAt) },
    { label: t('lateness.csv.total'), value: ({ row }) => row.latenessMinutes },
    { label: t('lateness.kind-label'), value: ({ part }) => t(`lateness.kind.${part.kind}`) },
    { label: t('lateness.step'), value: ({ part }) => part.stepName },
    { label: t('lateness.unit'), value: ({ part }) => part.unitName },
    { label: t('lateness.person'), value: ({ part }) => part.staffName },
    { label: t('lateness.csv.minutes'), value: ({ part }) => part.minutes },
    { label: t('lateness.csv.over'), value: ({ part }) => part.overrunMinutes },
    { label: t('lateness.csv.held'), value: ({ part }) => part.heldMinutes },
    { label: t('lateness.cause'), value: ({ part }) => part.causeName },
    { label: t('lateness.confirmed'), value: ({ part }) => showShortInstant(part.confirmedAt) },
    { label: t('lateness.csv.note'), value: ({ part }) => part.note },
  ];
}

/** Late dossiers of my units: who answers for how many minutes, summed every way, down to the dossier. */
export default function LatenessScreen() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  useRowKeys();
  const state = filters.ho_so === 'open' ? ('open' as const) : ('ended' as const);
  const query = given({
    state,
    unitId: filters['don-vi'],
    decidedByUnitId: filters['giai-quyet'],
    stepId: filters.buoc,
    staffId: filters['nguoi-giu'],
    causeCode: filters['nguyen-nhan'],
    kind: PART_KINDS.find((kind) => kind === filters.loai),
    procedureCode: filters['thu-tuc'],
    confirmed: filters['xac-nhan'] ? filters['xac-nhan'] === '1' : undefined,
    from: filters.tu,
    to: filters.den,
  });
  const totals = useCall(sumLateness, { query });
  const limit = useNarrow() ? 20 : 50;
  const list = useCursorList([listLateness.id, query], (cursor) =>
    call(listLateness, { query: { ...query, ...given({ cursor }), limit } }),
  );
  const rows = list.rows ?? [];
  const lines = rows.flatMap((row) => row.parts.map((part) => ({ row, part })));
  const totalSet = SETS.find((one) => one === filters['tong-theo']) ?? 'step';
  return (
    <>
      <ScreenHead title={t('lateness.title')}>
        <CsvButton name="nguyen-nhan-tre" columns={csvColumns(t)} rows={lines} />
      </ScreenHead>
      <Requests />
      <LatenessFilters
        filters={filters}
        set={set}
        state={state}
        totals={totals.data}
        chosen={Object.keys(query).length - 1}
      />
      <Loaded query={totals}>
        {(sums) => (
          <Totals
            totals={sums}
            set={totalSet}
            onSet={(next) => set({ 'tong-theo': next })}
            onPick={(one, key) => set({ [FILTER_OF[one]]: key })}
          />
        )}
      </Loaded>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('lateness.empty')}>
              <p>{t('lateness.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Table
                caption={t('lateness.title')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.dossierId}
                columns={columns(t)}
              />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

/** What heads still have to answer; nothing for others. */
function Requests() {
  const t = useTranslate();
  const me = useMe();
  const query = useCall(listCauseRequests, {}, { enabled: mayDo(me, 'lateness.confirm') });
  if (!query.data || query.data.rows.length === 0) return null;
  const { rows, causes } = query.data;
  return (
    <section className="panel" aria-labelledby="requests-title">
      <h2 id="requests-title">{t('lateness.request.waiting', { count: rows.length })}</h2>
      <CauseRequests rows={rows} causes={causes} withCode />
    </section>
  );
}

function LatenessFilters({
  filters,
  set,
  state,
  totals,
  chosen,
}: {
  filters: Readonly<Record<string, string | undefined>>;
  set: (change: Readonly<Record<string, string | undefined>>) => void;
  state: 'ended' | 'open';
  totals: ReplyOf<typeof sumLateness> | undefined;
  chosen: number;
}) {
  const t = useTranslate();
  // A chosen line stays on offer even where nothing is left of it.
  const choices = (one: TotalSet): { value: string; label: string }[] => {
    const lines = (totals?.[one] ?? []).filter((line) => line.key !== '');
    const chosen = filters[FILTER_OF[one]];
    const options = lines.map((line) => ({ value: line.key, label: line.name || line.key }));
    return chosen && !options.some((option) => option.value === chosen)
      ? [...options, { value: chosen, label: chosen === 'none' ? t('lateness.no-cause') : '…' }]
      : options;
  };
  const chooser = (one: TotalSet, label: string, options = choices(one)) => (
    <Select
      id={`late-${one}`}
      label={label}
      value={filters[FILTER_OF[one]] ?? ''}
      onChange={(value) => set({ [FILTER_OF[one]]: value })}
      options={options}
      empty={t('console.all')}
    />
  );
  return (
    <Filters chosen={chosen}>
      <Select
        id="late-state"
        label={t('lateness.state')}
        value={state}
        onChange={(value) => set({ ho_so: value === 'open' ? value : '' })}
        options={[
          { value: 'ended', label: t('lateness.state-ended') },
          { value: 'open', label: t('lateness.state-open') },
        ]}
      />
      {chooser('decided', t('lateness.decided'))}
      {chooser('unit', t('lateness.unit'))}
      {chooser('step', t('lateness.step'))}
      {chooser('staff', t('lateness.person'))}
      {chooser(
        'kind',
        t('lateness.kind-label'),
        PART_KINDS.map((value) => ({ value, label: t(`lateness.kind.${value}`) })),
      )}
      {chooser('cause', t('lateness.cause'), [
        { value: 'none', label: t('lateness.no-cause') },
        ...(totals?.causes ?? []).map(({ code, name }) => ({ value: code, label: name })),
      ])}
      <Select
        id="late-confirmed"
        label={t('lateness.confirmed')}
        value={filters['xac-nhan'] ?? ''}
        onChange={(value) => set({ 'xac-nhan': value })}
        options={[
          { value: '1', label: t('lateness.confirmed-yes') },
          { value: '0', label: t('lateness.confirmed-no') },
        ]}
        empty={t('console.all')}
      />
      <TextField
        id="late-procedure"
        label={t('console.list.procedure-code')}
        short
        placeholder="1.004873"
        defaultValue={filters['thu-tuc'] ?? ''}
        onBlur={(event) => set({ 'thu-tuc': event.currentTarget.value.trim() })}
      />
      {state === 'ended' ? (
        <>
          <DayField id="late-from" label={t('console.from')} day={filters.tu ?? ''} onDay={(day) => set({ tu: day })} />
          <DayField id="late-to" label={t('console.to')} day={filters.den ?? ''} onDay={(day) => set({ den: day })} />
        </>
      ) : null}
    </Filters>
  );
}
