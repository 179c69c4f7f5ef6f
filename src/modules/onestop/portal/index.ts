/** The door of `portal`: the citizens' pages, drawn by the renderer that the composition root brings. */
export { type PortalDeps, visitorOf } from './context.ts';
export { createErrorPage, createSendPage, type PageAt, type PortalPageOptions, type SendPage } from './page-reply.ts';
export type * from './ports.ts';
export { registerPortalRoutes } from './routes.ts';
export { readLimits } from './rules/limits.ts';
export type { BannerText, PageContext } from './rules/page-context.ts';
export type { PageName, PortalPages, RenderPage } from './rules/pages.ts';
export { createPortalService, createPortalTimers, type PortalService } from './service.ts';
export { createSignInPage } from './sign-in-page.ts';
