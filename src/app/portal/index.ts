import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createOidcProvider } from '../../adapters/oidc/client.ts';
import { registerCitizenSignInRoutes, SIGN_IN_PROBLEMS, startPath } from '../../modules/foundation/identity/index.ts';
import { registerIndexPages } from '../../modules/insight/indices/index.ts';
import { registerSurveyPages } from '../../modules/insight/surveys/index.ts';
import {
  createErrorPage,
  createPortalService,
  createPortalTimers,
  createSendPage,
  createSignInPage,
  type PortalPageOptions,
  type RenderPage,
  registerPortalRoutes,
} from '../../modules/onestop/portal/index.ts';
import type { Timer } from '../../platform/events/timers.ts';
import type { HttpApp } from '../../platform/http/app.ts';
import { setErrorPage } from '../../platform/http/problem.ts';
import { findInstallation, type Installation } from '../installation.ts';
import { DIST } from '../static.ts';
import type { System } from '../system.ts';
import { createBoardPort } from './board.ts';
import { createCataloguePort } from './catalogue.ts';
import { createDossierPort } from './dossiers.ts';
import { createPlacePort } from './place.ts';

async function loadPages(): Promise<{ render: RenderPage; assets: PortalPageOptions['assets'] }> {
  const bundle = path.join(DIST, 'portal/server/server.js');
  if (!fs.existsSync(bundle)) throw new Error('Chưa dựng trang cho người dân: chạy npm run build.');
  const { renderPage } = (await import(pathToFileURL(bundle).href)) as { renderPage: RenderPage };
  return {
    render: renderPage,
    assets: JSON.parse(fs.readFileSync(path.join(DIST, 'portal/assets.json'), 'utf8')) as PortalPageOptions['assets'],
  };
}

/** The citizens' side: pages, sign-in by the national identity, error pages. @returns its timers. */
export async function registerPortal(app: HttpApp, system: System, secure: boolean): Promise<readonly Timer[]> {
  const { config } = system;
  let installation: Installation | undefined = await findInstallation(system.db);
  const service = createPortalService({
    db: system.db,
    clock: system.clock,
    files: system.files,
    ports: {
      catalogue: createCataloguePort(system.procedures, system.readDb),
      place: createPlacePort(system.organisation, config, () => installation),
      dossiers: createDossierPort({
        dossiers: system.dossiers,
        files: system.files,
        renderer: system.renderer,
        publicUrl: config.publicUrl,
      }),
      board: createBoardPort(system),
      apologies: {
        list: (query) => system.apologies.listPublic(query),
        ofDossier: (code) => system.apologies.shownFor(code),
      },
    },
  });
  const pages: PortalPageOptions = { ...(await loadPages()), secure };
  registerPortalRoutes(app, service, pages);
  registerSurveyPages(app, { surveys: system.surveys, portal: service, send: createSendPage(service, pages) });
  registerIndexPages(app, { indices: system.indices, send: createSendPage(service, pages) });
  setErrorPage(createErrorPage(service, pages));
  if (config.oidcIssuer) {
    const draw = createSignInPage(service, pages);
    registerCitizenSignInRoutes(app, system.identity, {
      publicUrl: config.publicUrl,
      secure,
      provider: createOidcProvider({
        issuer: config.oidcIssuer,
        clientId: config.oidcClientId,
        clientSecret: config.oidcClientSecret,
        name: config.demo ? 'Tài khoản định danh (giả lập)' : 'Tài khoản định danh điện tử (VNeID)',
      }),
      renderPage: ({ returnTo, providerName, problem }) =>
        draw({ startHref: startPath(returnTo), providerName, problem: problem ? SIGN_IN_PROBLEMS[problem] : null }),
    });
  }
  // The name of the authority may be changed by the administrator while we run.
  const refresh: Timer = {
    name: 'portal.installation',
    everyMs: 60_000,
    run: async () => {
      installation = (await findInstallation(system.db)) ?? installation;
      return false;
    },
  };
  return [...createPortalTimers(service), refresh];
}
