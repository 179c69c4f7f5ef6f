import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import {
  getRegister,
  type RegisterFieldView,
  type RegisterPageType,
  type RegisterRow,
} from '../../../../modules/insight/registers/contract.ts';
import { fieldTitle } from '../../../../modules/insight/registers/rules/register.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryHistory } from './history.tsx';
import { OpenPeriod } from './open-period.tsx';
import { ResultLink } from './result-link.tsx';
import { RegisterTrend } from './trend.tsx';
import { showFigure, showParts, showValue, stateText, stateTone } from './words.ts';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));
/** Words that would be a tower of single words in a narrow column. */
const LONG = 40;
const ONLY = ['missing', 'late', 'corrected'] as const;
const SORTS = ['unit', 'late', 'changed'] as const;
type Opened = { readonly kind: 'enter' | 'history'; readonly row: RegisterRow | null };

/** One register: figures of a period by unit, who is missing, what was corrected after the closing. */
export default function Register() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const [filters, set] = useFilters();
  const page = Number(filters.trang) || 1;
  const only = ONLY.find((each) => each === filters.loc);
  const sort = SORTS.find((each) => each === filters.xep);
  const query = given({ unitId: filters['don-vi'], periodId: filters.ky, only, sort, q: filters.q, page });
  const register = useCall(getRegister, { params: { id }, query }, { keep: true });
  return (
    <Loaded query={register} title={t('registers.title')}>
      {(data) => (
        <>
          <ScreenHead title={data.name}>
            <Link to="/so-nhap-tay">{t('registers.back')}</Link>
          </ScreenHead>
          <div className="filters no-print">
            <Select
              id="register-unit"
              label={t('registers.unit')}
              value={data.unitId}
              onChange={(value) => set({ 'don-vi': value, trang: '' })}
              options={data.units.map((unit) => ({ value: unit.id, label: unit.name }))}
            />
            <Select
              id="register-period"
              label={t('registers.period')}
              value={data.period.id}
              onChange={(value) => set({ ky: value, trang: '' })}
              options={data.periods.map((period) => ({ value: period.id, label: period.name }))}
            />
            <Select
              id="register-only"
              label={t('registers.only')}
              value={only ?? ''}
              empty={t('registers.all')}
              onChange={(value) => set({ loc: value, trang: '' })}
              options={ONLY.map((value) => ({ value, label: t(`registers.only-${value}`) }))}
            />
            <Select
              id="register-sort"
              label={t('registers.sort')}
              value={sort ?? 'unit'}
              onChange={(value) => set({ xep: value, trang: '' })}
              options={SORTS.map((value) => ({ value, label: t(`registers.sort-${value}`) }))}
            />
            <SearchBox
              id="register-q"
              label={t('registers.search-rows')}
              text={filters.q}
              onText={(q) => set({ q, trang: '' })}
            />
          </div>
          <About data={data} />
          <Measures data={data} />
          <Rows data={data} page={page} onPage={(next) => set({ trang: String(next) })} />
          <Beside data={data} />
          <RegisterTrend id={data.id} unitId={data.unitId} measures={data.measures} />
        </>
      )}
    </Loaded>
  );
}

function About({ data }: { data: RegisterPageType }) {
  const t = useTranslate();
  const { period } = data;
  return (
    <>
      <p aria-live="polite">
        {data.expected === 0 ? (
          <Tag tone="grey">{t('registers.nobody-enters')}</Tag>
        ) : (
          <Tag tone={data.missing > 0 ? 'amber' : 'green'}>
            {data.missing > 0 ? t('registers.missing-count', { count: data.missing }) : t('registers.complete')}
          </Tag>
        )}{' '}
        {data.late > 0 ? <Tag tone="red">{t('registers.late-count', { count: data.late })}</Tag> : null}{' '}
        {data.expected === 0 ? null : t('registers.progress', { entered: data.entered, expected: data.expected })}
      </p>
      <Facts
        items={[
          { term: t('registers.period'), value: `${period.name} (${showDay(period.from)} – ${showDay(period.to)})` },
          { term: t('registers.deadline'), value: showDay(period.deadline) },
          {
            term: t('registers.close'),
            value: `${showDay(period.close)}${data.closed ? `, ${t('registers.closed').toLowerCase()}` : ''}`,
          },
          { term: t('registers.who'), value: data.who },
          { term: t('registers.source'), value: data.source },
        ]}
      />
      {data.verified ? null : <Note tone="warning">{t('registers.unverified', { doubt: data.doubt })}</Note>}
      {data.closed ? <Note tone="info">{t('registers.closed-text')}</Note> : null}
    </>
  );
}

function Measures({ data }: { data: RegisterPageType }) {
  const t = useTranslate();
  const corrected = data.measures.some((measure) => measure.corrected !== null);
  return (
    <Table
      caption={
        data.missing > 0
          ? t('registers.measures-part', { unit: data.unitName, entered: data.entered, expected: data.expected })
          : t('registers.measures', { unit: data.unitName })
      }
      rows={data.measures}
      rowKey={(row) => row.id}
      columns={[
        { id: 'name', label: t('registers.measure'), rowHead: true, cell: (row) => row.name },
        { id: 'value', label: t('registers.value'), numeric: true, cell: (row) => showFigure(row.unit, row.figure) },
        { id: 'parts', label: t('registers.parts'), numeric: true, cell: (row) => showParts(row.figure) },
        ...(corrected
          ? [
              {
                id: 'corrected',
                label: t('registers.after-corrections'),
                numeric: true,
                cell: (row: RegisterPageType['measures'][number]) =>
                  row.corrected ? `${showFigure(row.unit, row.corrected)} (${showParts(row.corrected)})` : '–',
              },
            ]
          : []),
      ]}
    />
  );
}

function Rows({ data, page, onPage }: { data: RegisterPageType; page: number; onPage: (page: number) => void }) {
  const t = useTranslate();
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => setOpened(undefined);
  const fileQuery = `?unitId=${data.unitId}&periodId=${encodeURIComponent(data.period.id)}`;
  const nameOf = (row: RegisterRow): string => {
    const text = data.fields.find((field) => field.type === 'text');
    const line = data.shape === 'list' && text ? row.values?.[text.key] : undefined;
    return [line, row.unitName].filter(Boolean).join(', ');
  };
  return (
    <>
      <h2>{t('registers.rows')}</h2>
      <ButtonRow>
        {data.shape === 'list' && data.entering.length > 0 ? (
          <Button type="button" small onClick={() => setOpened({ kind: 'enter', row: null })}>
            {t('registers.add-line', { line: data.lineName })}
          </Button>
        ) : null}
        {data.entering.length > 0 ? (
          <Link
            className="button button--secondary button--small"
            to="/so-nhap-tay/$id/nhap-tep"
            params={{ id: data.id }}
            search={{ 'don-vi': data.unitId, ky: data.period.id } as never}
          >
            {t('registers.import')}
          </Link>
        ) : null}
        <a
          className="button button--secondary button--small"
          href={`/api/registers/${data.id}/export.xlsx${fileQuery}`}
        >
          {t('registers.export')}
        </a>
      </ButtonRow>
      {data.mayOpen ? (
        <Disclosure label={t('registers.open')}>{(done) => <OpenPeriod data={data} close={done} />}</Disclosure>
      ) : null}
      {data.rows.length === 0 ? (
        <EmptyState title={t('registers.no-rows')}>{t('registers.no-rows-text')}</EmptyState>
      ) : (
        <Table
          caption={t('registers.rows')}
          hideCaption
          rows={data.rows.map((row) => ({ ...row, key: row.entryId ?? row.unitId }))}
          rowKey={(row) => row.key}
          columns={[
            {
              id: 'unit',
              label: t('registers.unit'),
              rowHead: true,
              cell: (row) => (
                <>
                  <span className="register-unit">{row.unitName}</span>
                  {row.former ? (
                    <span className="hint">
                      {t(`registers.former.${row.former.how}`, {
                        unit: row.former.unitName,
                        day: showDay(row.former.since),
                      })}
                      {row.mayEnter
                        ? ''
                        : `. ${t(`registers.former-who.${row.former.how}`, { unit: row.former.unitName })}`}
                    </span>
                  ) : null}
                </>
              ),
            },
            {
              id: 'state',
              label: t('registers.state'),
              cell: (row) => (
                <>
                  <Tag tone={stateTone(row)}>{stateText(t, row)}</Tag>
                  {row.removed ? <Tag tone="amber">{t('registers.removed')}</Tag> : null}
                  {row.changedAt ? <span className="hint">{showShortInstant(row.changedAt)}</span> : null}
                </>
              ),
            },
            {
              id: 'do',
              label: t('registers.do'),
              cell: (row) =>
                row.mayEnter || row.entryId ? (
                  <span className="no-print">
                    {row.mayEnter ? (
                      <Button
                        type="button"
                        look="link"
                        aria-label={`${t(row.entryId === null ? 'registers.enter' : 'registers.change')}: ${nameOf(row)}`}
                        onClick={() => setOpened({ kind: 'enter', row })}
                      >
                        {t(row.entryId === null ? 'registers.enter' : 'registers.change')}
                      </Button>
                    ) : null}{' '}
                    {row.entryId ? (
                      <Button
                        type="button"
                        look="link"
                        aria-label={`${t('registers.history')}: ${nameOf(row)}`}
                        onClick={() => setOpened({ kind: 'history', row })}
                      >
                        {t('registers.history')}
                      </Button>
                    ) : null}
                  </span>
                ) : null,
            },
            ...data.fields.map((field) => ({
              id: field.key,
              label: fieldTitle(field.label, field.unit),
              numeric: field.type === 'number' || field.type === 'percent',
              cell: (row: RegisterRow) => <Cell row={row} field={field} open={data.results} />,
            })),
          ]}
        />
      )}
      <Pager page={page} total={data.total} pageSize={data.pageSize} onPage={onPage} />
      {opened ? (
        <Suspense>
          <Dialog title={opened.kind === 'enter' ? data.name : t('registers.history')} onClose={close}>
            {opened.kind === 'enter' ? <EntryForm data={data} row={opened.row} close={close} /> : null}
            {opened.kind === 'history' && opened.row?.entryId ? (
              <EntryHistory entryId={opened.row.entryId} fields={data.fields} />
            ) : null}
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}

/** What counts, and beside it what was corrected after the closing. */
function Cell({ row, field, open }: { row: RegisterRow; field: RegisterFieldView; open: readonly string[] }) {
  const t = useTranslate();
  const text = (values: RegisterRow['values']): string => showValue(field, values?.[field.key]);
  const counted = text(row.values);
  const corrected = row.corrected ? text(row.corrected) : counted;
  const words = field.type === 'result' ? <ResultLink value={row.values?.[field.key]} open={open} /> : counted;
  const shown = counted.length > LONG ? <span className="register-text">{words}</span> : words;
  if (corrected === counted) return shown;
  return (
    <>
      {shown}
      <span className="hint">{t('registers.corrected-to', { value: corrected })}</span>
    </>
  );
}

/** What stands beside the figures: parents that differ from their children, and periods opened again. */
function Beside({ data }: { data: RegisterPageType }) {
  const t = useTranslate();
  return (
    <>
      {data.differences.length > 0 ? (
        <Table
          caption={t('registers.differences')}
          rows={data.differences.map((row) => ({ ...row, key: `${row.unitName} ${row.measureName}` }))}
          rowKey={(row) => row.key}
          columns={[
            { id: 'unit', label: t('registers.unit'), rowHead: true, cell: (row) => row.unitName },
            { id: 'measure', label: t('registers.measure'), cell: (row) => row.measureName },
            { id: 'own', label: t('registers.own'), numeric: true, cell: (row) => row.own.toLocaleString('vi-VN') },
            {
              id: 'below',
              label: t('registers.below'),
              numeric: true,
              cell: (row) => row.below.toLocaleString('vi-VN'),
            },
          ]}
        />
      ) : null}
      {data.openings.length > 0 ? (
        <Table
          caption={t('registers.openings')}
          rows={data.openings}
          rowKey={(row) => row.at}
          columns={[
            { id: 'unit', label: t('registers.unit'), rowHead: true, cell: (row) => row.unitName },
            { id: 'until', label: t('registers.until'), cell: (row) => showDay(row.untilDay) },
            { id: 'reason', label: t('registers.reason'), cell: (row) => row.reason },
            { id: 'by', label: t('registers.by'), cell: (row) => row.by },
            { id: 'at', label: t('registers.at'), cell: (row) => showShortInstant(row.at) },
          ]}
        />
      ) : null}
    </>
  );
}
