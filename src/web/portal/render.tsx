import { renderToStaticMarkup } from 'react-dom/server';
import type { PageContext } from '../../modules/onestop/portal/rules/page-context.ts';
import type { PageName, PortalPages } from '../../modules/onestop/portal/rules/pages.ts';
import { TranslateProvider } from '../shared/i18n/context.tsx';
import type { Translate } from '../shared/i18n/translator.ts';
import { type PageComponent, pages } from './pages.tsx';

/** Renders a page with a given translator; tests use it without a build. */
export function renderHtml<N extends PageName>(t: Translate, name: N, props: PortalPages[N], ctx: PageContext): string {
  const Page: PageComponent<N> = pages[name];
  const body = renderToStaticMarkup(
    <TranslateProvider t={t}>
      <Page props={props} ctx={ctx} />
    </TranslateProvider>,
  );
  return `<!doctype html>${body}`;
}
