import { isUuid } from '../../../core/ids/uuid.ts';
import { toCsv } from '../../../core/text/csv.ts';
import { dayOf, formatDay, parseInstant, toIso } from '../../../core/time/index.ts';
import { type PortalDeps, today } from './context.ts';
import type { ApologiesView, ApologyRow, OwnApology } from './rules/apology-views.ts';
import { monthsBack } from './rules/months.ts';

/** As many as a telephone shows in a handful of turns. */
const PAGE_SIZE = 20;
/** Longest file; a year of a province is far below it. */
const CSV_ROWS = 5000;

export type ApologyQuery = { readonly unitId: string; readonly month: string; readonly page: number };

export type PublicApologyService = ReturnType<typeof createPublicApologyService>;

/** The public list of apologies, and the words of one for those who follow a dossier. */
export function createPublicApologyService(deps: PortalDeps) {
  const { ports } = deps;

  // What was typed into the address and is no unit or month filters nothing.
  const read = (query: ApologyQuery, offset: number, limit: number) =>
    ports.apologies.list({
      unitId: isUuid(query.unitId) ? query.unitId : undefined,
      month: isMonth(query.month) ? query.month : undefined,
      offset,
      limit,
    });

  return {
    async list(query: ApologyQuery): Promise<ApologiesView> {
      const found = await read(query, (query.page - 1) * PAGE_SIZE, PAGE_SIZE);
      const current = today(deps).slice(0, 7);
      return {
        unitId: found.units.some((unit) => unit.id === query.unitId) ? query.unitId : '',
        month: isMonth(query.month) ? query.month : '',
        page: query.page,
        pageCount: Math.max(1, Math.ceil(found.total / PAGE_SIZE)),
        total: found.total,
        rows: found.rows.map(rowOf),
        units: found.units,
        months: monthsBack(current, found.firstMonth ?? current).map((value) => ({
          value,
          text: `${value.slice(5, 7)}/${value.slice(0, 4)}`,
        })),
      };
    },

    async csv(query: ApologyQuery): Promise<string> {
      const found = await read(query, 0, CSV_ROWS);
      const day = (iso: string | null): string => {
        const at = parseInstant(iso);
        return at ? formatDay(dayOf(at)) : '';
      };
      return toCsv<ApologyRow>(
        [
          { label: 'Mã hồ sơ', value: (row) => row.code },
          { label: 'Thủ tục', value: (row) => row.procedureName },
          { label: 'Cơ quan giải quyết', value: (row) => row.unitName },
          { label: 'Ngày xin lỗi', value: (row) => day(row.issuedAt) },
          { label: 'Hẹn trả ban đầu', value: (row) => day(row.dueOriginal) },
          { label: 'Hẹn lại', value: (row) => day(row.newDueAt) },
          { label: 'Đã giải quyết xong', value: (row) => day(row.finishedAt) },
          { label: 'Nhóm lý do', value: (row) => row.reasonName },
        ],
        found.rows.map(rowOf),
      );
    },

    /** @param owner false for somebody with code and second fact: the office's own words may name people. */
    async ofDossier(code: string, owner: boolean): Promise<readonly OwnApology[]> {
      const rows = await ports.apologies.ofDossier(code);
      return rows.map((row) => ({
        number: row.number,
        issuedAt: toIso(row.issuedAt),
        text: row.text,
        reasonName: row.reasonName,
        reason: owner ? row.reason : '',
      }));
    },
  };
}

const isMonth = (text: string): boolean => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text);

type Found = Awaited<ReturnType<PortalDeps['ports']['apologies']['list']>>['rows'][number];
function rowOf(row: Found): ApologyRow {
  return {
    ...row,
    issuedAt: toIso(row.issuedAt),
    dueOriginal: toIso(row.dueOriginal),
    newDueAt: row.newDueAt && toIso(row.newDueAt),
    finishedAt: row.finishedAt && toIso(row.finishedAt),
  };
}
