import type { Timer } from '../../../platform/events/timers.ts';
import { createPublicApologyService, type PublicApologyService } from './apology-service.ts';
import { type BrowseService, createBrowseService } from './browse-service.ts';
import type { PortalDeps, Visitor } from './context.ts';
import { createOwnDossierService, type OwnDossierService } from './dossier-service.ts';
import { createDraftService, type DraftService } from './draft-service.ts';
import { createFilingService, type FilingService } from './filing-service.ts';
import { createHeldPostService, type HeldPostService } from './held-post-service.ts';
import { createStartService, type StartService } from './start-service.ts';
import { admitVisitor } from './visit-guard.ts';

/** The portal's use cases. */
export type PortalService = {
  readonly browse: BrowseService;
  readonly drafts: DraftService;
  readonly start: StartService;
  readonly filing: FilingService;
  readonly dossiers: OwnDossierService;
  readonly apologies: PublicApologyService;
  readonly held: HeldPostService;
  /** Lets a guest send answers to a survey. @throws visit/too-many */
  admitSurvey(visitor: Visitor): Promise<void>;
  readonly site: PortalDeps['ports']['place']['site'];
  readonly files: PortalDeps['files'];
};

export function createPortalService(deps: PortalDeps): PortalService {
  const apologies = createPublicApologyService(deps);
  const browse = createBrowseService(deps, apologies);
  const drafts = createDraftService(deps);
  return {
    browse,
    drafts,
    start: createStartService(deps, browse, drafts),
    filing: createFilingService(deps, drafts),
    dossiers: createOwnDossierService(deps, drafts, apologies),
    apologies,
    held: createHeldPostService(deps),
    admitSurvey: (visitor) => admitVisitor(deps, visitor, 'guestSurvey'),
    site: () => deps.ports.place.site(),
    files: deps.files,
  };
}

const HOUR_MS = 3_600_000;

/** Expired drafts and old failed attempts go away by themselves. */
export function createPortalTimers(service: PortalService): readonly Timer[] {
  return [
    { name: 'portal.drafts', everyMs: HOUR_MS, run: () => service.drafts.expireOnce() },
    {
      name: 'portal.follow',
      everyMs: HOUR_MS,
      run: async () => {
        await service.browse.forgetOnce();
        await service.held.forgetExpired();
        return false;
      },
    },
  ];
}
