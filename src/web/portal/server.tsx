import catalogue from 'virtual:messages/portal';
import { createTranslator } from '../shared/i18n/translator.ts';
import type { PageContext } from './page-context.ts';
import type { PageName, PortalPages } from './pages.tsx';
import { renderHtml } from './render.tsx';

const t = createTranslator(catalogue);

/** HTML of a whole page, doctype included. Pure: the same name, props and context give the same text. */
export function renderPage<N extends PageName>(name: N, props: PortalPages[N], ctx: PageContext): string {
  return renderHtml(t, name, props, ctx);
}
