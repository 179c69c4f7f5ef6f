import type { HttpApp } from '../../../platform/http/app.ts';
import type { SendPage } from '../../onestop/portal/index.ts';
import type { PublishedIndexView } from '../../onestop/portal/rules/index-views.ts';
import type { IndexService } from './service.ts';

/** What everybody may read: results that were published here. What others published is for comparing, inside only. */
export async function publishedIndices(indices: Pick<IndexService, 'league'>): Promise<PublishedIndexView> {
  const { tables } = await indices.league({});
  return {
    tables: tables
      .filter((table) => !table.imported)
      .sort((a, b) => b.year - a.year || a.name.localeCompare(b.name, 'vi'))
      .map(({ id, name, owner, year, max, population, source, verified, rows }) => ({
        ...{ id, name, owner, year, max, population, source, verified },
        rows: rows.map((row, n) => ({
          id: row.unitId ?? String(n),
          unitName: row.unitName,
          total: row.total,
          percent: row.percent,
          band: row.band,
          rank: row.rank,
          change: row.change?.difference ?? null,
        })),
      })),
  };
}

/** The page of published indices for citizens: without an account, without script, drawn by the portal. */
export function registerIndexPages(
  app: HttpApp,
  { indices, send }: { readonly indices: Pick<IndexService, 'league'>; readonly send: SendPage },
): void {
  app.page({ method: 'GET', access: 'public', path: '/chi-so' }, async (at) =>
    send(at, 'indices', await publishedIndices(indices)),
  );
}
