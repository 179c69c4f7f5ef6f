import { formatNumberVi } from '../../../core/text/numbers.ts';
import { dayOf, formatDay, parseInstant } from '../../../core/time/index.ts';
import type { ApologiesView, ApologyRow } from '../../../modules/onestop/portal/rules/apology-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { SelectField } from '../../shared/design/field.tsx';
import { Pagination } from '../../shared/design/pagination.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { type Column, Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { listHref } from '../list-href.ts';

/** Every apology issued: which dossier, which promise, which date now. Nobody's name, no words about anybody. */
export function ApologiesPage({ props, ctx }: { props: ApologiesView; ctx: PageContext }) {
  const t = useTranslate();
  const asked = { 'don-vi': props.unitId, thang: props.month };
  const columns: Column<ApologyRow>[] = [
    {
      id: 'code',
      label: t('portal.apologies.code'),
      rowHead: true,
      cell: (row) => (
        <>
          <span className="code">{row.code}</span>
          <span className="line">{row.procedureName}</span>
        </>
      ),
    },
    { id: 'unit', label: t('portal.apologies.unit'), cell: (row) => row.unitName },
    { id: 'due', label: t('portal.apologies.due'), cell: (row) => day(row.dueOriginal) },
    {
      id: 'now',
      label: t('portal.apologies.now'),
      cell: (row) =>
        row.finishedAt
          ? t('portal.apologies.finished', { day: day(row.finishedAt) })
          : row.newDueAt
            ? day(row.newDueAt)
            : t('portal.apologies.open'),
    },
    { id: 'reason', label: t('portal.apologies.reason'), cell: (row) => row.reasonName },
    { id: 'issued', label: t('portal.apologies.issued'), cell: (row) => day(row.issuedAt) },
  ];
  return (
    <Layout ctx={ctx} title={t('portal.apologies.title')}>
      <h1>{t('portal.apologies.title')}</h1>
      <p className="lead">{t('portal.apologies.lead')}</p>
      <form method="get" action="/xin-loi" className="filters no-print">
        <SelectField
          id="don-vi"
          name="don-vi"
          label={t('portal.apologies.unit')}
          value={props.unitId}
          options={[
            { value: '', label: t('portal.apologies.all-units') },
            ...props.units.map((unit) => ({ value: unit.id, label: unit.name })),
          ]}
        />
        <SelectField
          id="thang"
          name="thang"
          label={t('portal.board.month')}
          value={props.month}
          options={[
            { value: '', label: t('portal.apologies.all-months') },
            ...props.months.map((month) => ({ value: month.value, label: month.text })),
          ]}
        />
        <Button look="secondary">{t('portal.board.show')}</Button>
      </form>
      {props.total === 0 ? (
        <EmptyState title={t('portal.apologies.none')} />
      ) : (
        <>
          <p aria-live="polite">{t('portal.apologies.count', { total: formatNumberVi(props.total) })}</p>
          <Table
            caption={t('portal.apologies.title')}
            hideCaption
            columns={columns}
            rows={props.rows}
            rowKey={(row) => row.code + row.issuedAt}
          />
          <Pagination
            page={props.page}
            pageCount={props.pageCount}
            hrefFor={(page) => listHref('/xin-loi', asked, page)}
          />
          <p className="no-print">
            <a href={listHref('/xin-loi.csv', asked, 1)}>{t('portal.apologies.csv')}</a>
          </p>
        </>
      )}
      <p className="hint-inline">{t('portal.apologies.explained')}</p>
      <p>
        <a href="/tinh-hinh">{t('portal.board.title')}</a>
      </p>
    </Layout>
  );
}

function day(iso: string): string {
  const at = parseInstant(iso);
  return at ? formatDay(dayOf(at)) : '';
}
