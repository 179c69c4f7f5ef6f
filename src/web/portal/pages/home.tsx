import type { HomeView } from '../../../modules/onestop/portal/rules/browse-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { BoardSummary } from '../board-summary.tsx';
import { Layout } from '../layout.tsx';
import { ProcedureList } from '../procedure-list.tsx';
import { SearchForm } from '../search-form.tsx';

export function HomePage({ props, ctx }: { props: HomeView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.home.title')}>
      <h1>{t('portal.home.heading')}</h1>
      <SearchForm q="" big />

      <section className="two-columns" aria-label={t('portal.home.quick')}>
        <div>
          <h2>{t('portal.home.follow')}</h2>
          <p>{t('portal.home.follow-text')}</p>
          <form method="post" action="/tra-cuu" className="inline-form">
            <label className="label" htmlFor="home-code">
              {t('portal.tracking.code')}
            </label>
            <input id="home-code" name="ma" className="input input--code" autoComplete="off" maxLength={60} />
            <Button look="secondary">{t('portal.home.follow-submit')}</Button>
          </form>
        </div>
        <div>
          <h2>{t('portal.home.board')}</h2>
          {props.board ? (
            <BoardSummary month={props.board.month} figures={props.board.figures} />
          ) : (
            <p>{t('portal.home.board-none')}</p>
          )}
          <p>
            <a href="/tinh-hinh">{t('portal.home.board-more')}</a>
          </p>
        </div>
      </section>

      <h2>{t('portal.home.popular')}</h2>
      <ProcedureList rows={props.popular} />

      <h2>{t('portal.home.fields')}</h2>
      <ul className="columns">
        {props.fields.map((field) => (
          <li key={field.code}>
            <a href={`/thu-tuc?linh-vuc=${encodeURIComponent(field.code)}`}>{field.name}</a>{' '}
            <span className="hint-inline">({field.count})</span>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
