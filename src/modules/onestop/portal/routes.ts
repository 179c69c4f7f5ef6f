import type { HttpApp } from '../../../platform/http/app.ts';
import { registerBrowseRoutes } from './browse-routes.ts';
import { getInstallation } from './contract.ts';
import { registerDossierRoutes } from './dossier-routes.ts';
import { registerFilingRoutes } from './filing-routes.ts';
import { createSendPage, type PortalPageOptions } from './page-reply.ts';
import type { PortalService } from './service.ts';
import { createSessionEnded } from './session-ended.ts';

/** All pages of the portal, and what both faces show on top. */
export function registerPortalRoutes(app: HttpApp, service: PortalService, options: PortalPageOptions): void {
  const send = createSendPage(service, options);
  app.handle(getInstallation, async () => {
    const { name, banners } = service.site();
    return { name, banners: [...banners] };
  });
  registerBrowseRoutes(app, service, options, send);
  const ended = createSessionEnded(service, options, send);
  registerFilingRoutes(app, service, options, send, ended);
  registerDossierRoutes(app, service, send, ended);
}
