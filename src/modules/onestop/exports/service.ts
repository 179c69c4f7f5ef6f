import type { Actor, StaffActor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { formatNumberVi } from '../../../core/text/numbers.ts';
import { dayOf, formatDay, formatInstant } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import { isDuplicate, type Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import type { DossierRowType, listDossiers } from '../dossiers/contract.ts';
import type { DossierService } from '../dossiers/index.ts';
import { columnsOf } from './columns.ts';
import type * as contract from './contract.ts';
import { type ColumnId, isColumnId, MOST_ROWS, USUAL } from './rules/column-ids.ts';
import { deleteTemplate, findOwn, findTemplates, insertTemplate, type TemplateDraft, updateTemplate } from './store.ts';

export type ExportContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly list: DossierService['list'];
  readonly unitNames: (ids: readonly string[], day: string) => Promise<ReadonlyMap<string, string>>;
};

type ListQuery = Omit<QueryOf<typeof listDossiers>, 'cursor' | 'limit'>;

export type ExportService = {
  templates(actor: Actor): Promise<ReplyOf<typeof contract.listExportTemplates>>;
  /** @throws AppError exports/name-taken, exports/too-many, row/missing (a unit that is not the person's) */
  create(actor: Actor, draft: BodyOf<typeof contract.createExportTemplate>): Promise<{ id: string }>;
  /** @throws AppError exports/name-taken, row/stale, row/missing */
  change(actor: Actor, id: string, draft: BodyOf<typeof contract.changeExportTemplate>): Promise<{ version: number }>;
  /** @throws AppError row/missing */
  remove(actor: Actor, id: string): Promise<void>;
  /**
   * All dossiers of a list as a workbook, newest first, in the columns given; the trail has every name that is in it.
   * @param columns usual ones where none are given; those unknown are left out
   * @throws AppError exports/too-many-rows: nothing is cut off silently
   */
  workbook(actor: Actor, query: ListQuery, columns: readonly string[]): Promise<Uint8Array>;
};

/** Rows of one reading, as the list gives them. */
const PAGE = 200;
const MOST_TEMPLATES = 50;

function staffOf(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new AppError('row/missing');
  return actor;
}

export function createExportService(ctx: ExportContext, most = MOST_ROWS): ExportService {
  /** A template is shared with units one works for. */
  const checked = ({ unitIds }: StaffActor, { name, columns, unitId }: TemplateDraft): TemplateDraft => {
    if (unitId !== null && !unitIds.includes(unitId)) throw new AppError('row/missing');
    return { name: name.trim(), columns, unitId };
  };
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isDuplicate(error, 'template_name')) throw new AppError('exports/name-taken');
      throw error;
    }
  };

  return {
    async templates(actor) {
      const { accountId, unitIds } = staffOf(actor);
      const found = await findTemplates(ctx.db, accountId, unitIds);
      const names = await ctx.unitNames([...new Set(found.flatMap((one) => one.unitId ?? []))], dayOf(ctx.clock.now()));
      return {
        rows: found.map(({ accountId: maker, columns, ...one }) => ({
          ...one,
          columns: columns.filter(isColumnId),
          unitName: one.unitId === null ? null : (names.get(one.unitId) ?? null),
          mine: maker === accountId,
        })),
      };
    },
    async create(actor, draft) {
      const staff = staffOf(actor);
      const id = uuidv7(ctx.clock.now());
      const wanted = checked(staff, draft);
      const made = await named(() =>
        insertTemplate(ctx.db, id, staff.accountId, wanted, ctx.clock.now(), MOST_TEMPLATES),
      );
      if (!made) throw new AppError('exports/too-many', { params: { most: MOST_TEMPLATES } });
      return { id };
    },
    async change(actor, id, { version, ...draft }) {
      const staff = staffOf(actor);
      const own = await findOwn(ctx.db, staff.accountId, id);
      if (!own) throw new AppError('row/missing');
      const wanted = checked(staff, draft);
      const saved = await named(() => updateTemplate(ctx.db, { id, version }, wanted, ctx.clock.now()));
      if (!saved) throw new AppError('row/stale', { extra: { version: own.version } });
      return { version: version + 1 };
    },
    async remove(actor, id) {
      const own = await findOwn(ctx.db, staffOf(actor).accountId, id);
      if (!own) throw new AppError('row/missing');
      await deleteTemplate(ctx.db, id);
    },
    async workbook(actor, query, columns) {
      const wanted = columns.filter(isColumnId);
      const shown = columnsOf(wanted.length > 0 ? [...new Set(wanted)] : USUAL);
      const rows: DossierRowType[] = [];
      let cursor: string | undefined;
      do {
        const page = await ctx.list(actor, { ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
        rows.push(...page.rows);
        cursor = page.nextCursor ?? undefined;
        if (rows.length > most || (rows.length === most && cursor !== undefined))
          throw new AppError('exports/too-many-rows', { params: { most: formatNumberVi(most) } });
      } while (cursor !== undefined);
      const unitName = query.unitId
        ? (await ctx.unitNames([query.unitId], dayOf(ctx.clock.now()))).get(query.unitId)
        : undefined;
      const [from, to] = [query.from, query.to].map((day) => (day === undefined ? '…' : formatDay(day)));
      return writeSheets([
        {
          name: words('console.dossiers.title'),
          notes: [
            words('console.dossiers.title'),
            ...(unitName === undefined ? [] : [unitName]),
            ...(query.from === undefined && query.to === undefined
              ? []
              : [words('console.export.days', { from: from ?? '', to: to ?? '' })]),
            words('console.export.made', { when: formatInstant(ctx.clock.now()), count: formatNumberVi(rows.length) }),
          ],
          columns: shown.map(({ title, width, format }) => ({ title, width, format })),
          rows: rows.map((row) => shown.map((column) => column.value(row))),
        },
      ]);
    },
  };
}

/** Columns as they stand in an address, `code,owner,due`. */
export const columnsIn = (text: unknown): readonly ColumnId[] =>
  typeof text === 'string' ? text.split(',').filter(isColumnId) : [];
