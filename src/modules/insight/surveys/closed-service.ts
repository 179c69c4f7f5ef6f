import type { ClosedSurveysView } from '../../onestop/portal/rules/survey-views.ts';
import type { SurveyContext } from './context.ts';
import { figure } from './page-views.ts';
import type { SurveyResults } from './rules/result-document.ts';
import { listClosedSurveys } from './store.ts';

const PAGE_SIZE = 20;

/**
 * The public list of closed surveys of the installation. What an address asks for in another form than ours counts as
 * not asked; a page after the last is the last.
 */
export async function listClosed(
  ctx: SurveyContext,
  query: Readonly<Record<string, unknown>>,
): Promise<ClosedSurveysView> {
  const q = typeof query['q'] === 'string' ? query['q'].trim().slice(0, 200) : '';
  const asked =
    typeof query['trang'] === 'string' && /^[1-9]\d{0,4}$/.test(query['trang']) ? Number(query['trang']) : 1;
  const found = (page: number) => listClosedSurveys(ctx.db, q, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
  const first = await found(asked);
  const pageCount = Math.max(1, Math.ceil(first.total / PAGE_SIZE));
  const page = Math.min(asked, pageCount);
  const { rows, total } = page === asked ? first : await found(page);
  return {
    q,
    page,
    pageCount,
    total,
    rows: rows.map(({ code, closedOn, results }) => {
      const frozen = JSON.parse(results) as SurveyResults;
      return {
        code,
        name: frozen.name,
        unitName: frozen.unitName,
        finished: { from: frozen.finishedFrom, to: frozen.finishedTo },
        closedOn,
        overall: figure('', '', frozen.overall),
      };
    }),
  };
}
