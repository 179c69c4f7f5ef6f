import type { PortalPageOptions } from './page-reply.ts';
import type { PageContext } from './rules/page-context.ts';
import type { PortalService } from './service.ts';

/** What the identity module tells of its sign-in page. */
export type SignInQuestion = {
  readonly startHref: string;
  readonly providerName: string;
  readonly problem: string | null;
};

/** Draws the citizens' sign-in page with the portal's head and foot. */
export function createSignInPage(service: PortalService, options: PortalPageOptions) {
  return (question: SignInQuestion): string => {
    const site = service.site();
    const ctx: PageContext = {
      assets: options.assets,
      path: '/',
      siteName: site.name,
      banners: site.banners,
      contact: site.contact,
      display: {},
    };
    return options.render('sign-in', question, ctx);
  };
}
