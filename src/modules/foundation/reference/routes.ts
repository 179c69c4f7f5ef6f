import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { loadCatalogues } from './catalogues.ts';
import * as contract from './contract.ts';
import type { RegimeEntry, RegimeTable } from './rules/regime.ts';
import { listUnverified } from './unverified.ts';

/** Binds the endpoints that show content: regimes, code lists, what nobody has verified. */
export function registerReferenceRoutes(app: HttpApp, regimes: RegimeTable): void {
  const catalogues = loadCatalogues();
  const rows = Object.entries(regimes).flatMap(([aspect, entries]) =>
    (entries as readonly RegimeEntry[]).map((e) => ({
      ...e,
      aspect,
      validTo: e.validTo ?? null,
      note: e.note ?? null,
    })),
  );
  app.handle(contract.listRegimes, async () => ({ rows }));
  app.handle(contract.listUnverifiedContent, async () => {
    const items = listUnverified();
    return { rows: [...items], total: items.length };
  });
  app.handle(contract.getCatalogue, async ({ params }) => {
    const found = catalogues.get(params.id);
    if (!found) throw new AppError('row/missing');
    return found;
  });
}
