import catalogue from 'virtual:messages/portal';
import type { RenderPage } from '../../modules/onestop/portal/rules/pages.ts';
import { createTranslator } from '../shared/i18n/translator.ts';
import { renderHtml } from './render.tsx';

const t = createTranslator(catalogue);

/** HTML of a whole page, doctype included. Pure: the same name, props and context give the same text. */
export const renderPage: RenderPage = (name, props, ctx) => renderHtml(t, name, props, ctx);
