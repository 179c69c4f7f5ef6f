import { formatNumberVi } from '../../../core/text/numbers.ts';
import type { ProceduresView } from '../../../modules/onestop/portal/rules/browse-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { SelectField } from '../../shared/design/field.tsx';
import { Pagination } from '../../shared/design/pagination.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { listHref } from '../list-href.ts';
import { ProcedureList } from '../procedure-list.tsx';
import { SearchForm } from '../search-form.tsx';

export function ProceduresPage({ props, ctx }: { props: ProceduresView; ctx: PageContext }) {
  const t = useTranslate();
  const asked = { q: props.q, 'linh-vuc': props.fieldCode, cap: props.level };
  return (
    <Layout
      ctx={ctx}
      title={props.q === '' ? t('portal.procedures.title') : t('portal.procedures.title-q', { q: props.q })}
    >
      <h1>{t('portal.procedures.title')}</h1>
      <SearchForm q={props.q} keep={{ 'linh-vuc': props.fieldCode, cap: props.level }} />
      <form method="get" action="/thu-tuc" className="filters" aria-label={t('portal.procedures.filters')}>
        <input type="hidden" name="q" value={props.q} />
        <SelectField
          id="linh-vuc"
          name="linh-vuc"
          label={t('portal.procedures.field')}
          value={props.fieldCode}
          options={withAll(props.fields, t('portal.procedures.all-fields'))}
        />
        <SelectField
          id="cap"
          name="cap"
          label={t('portal.procedures.level')}
          value={props.level}
          options={withAll(props.levels, t('portal.procedures.all-levels'))}
        />
        <Button look="secondary">{t('portal.procedures.filter')}</Button>
      </form>
      {props.total === 0 ? (
        <EmptyState title={t('portal.procedures.none')}>
          <p>{t('portal.procedures.none-text')}</p>
          <p>
            <a href="/thu-tuc">{t('portal.procedures.show-all')}</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <p aria-live="polite">{t('portal.procedures.count', { total: formatNumberVi(props.total) })}</p>
          <ProcedureList rows={props.rows} />
          <Pagination
            page={props.page}
            pageCount={props.pageCount}
            hrefFor={(page) => listHref('/thu-tuc', asked, page)}
          />
        </>
      )}
    </Layout>
  );
}

function withAll(items: readonly { code: string; name: string }[], all: string) {
  return [{ value: '', label: all }, ...items.map((item) => ({ value: item.code, label: item.name }))];
}
