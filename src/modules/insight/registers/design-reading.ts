import { stringify } from 'yaml';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { isUuid } from '../../../core/ids/uuid.ts';
import { toIso } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { findRegisterOn } from './catalogue.ts';
import { allRegisters } from './content.ts';
import type { RegisterContext } from './context.ts';
import type * as contract from './contract-design.ts';
import * as store from './design-store.ts';
import { staffNames } from './entry-reading.ts';
import type { Register, RegisterDefinition } from './rules/register.ts';

/** A day on which everything published has begun. */
export const EVER = '9999-12-31';

/** The newest published version of a register with those before it, also one that begins later. */
export const newestOf = (db: Db, id: string): Promise<Register | undefined> => findRegisterOn(db, id, EVER);

/** A register as a file would hold it that begins anew: without the versions before it, its end and its doubt. */
export function bare({ earlier: _, validTo: __, ...register }: Register): RegisterDefinition {
  return register;
}

/** Registers of the content, drafts and published versions, by name. */
export async function listDesigns(ctx: RegisterContext): Promise<ReplyOf<typeof contract.listRegisterDesigns>> {
  const [rows, { lastDays }] = await Promise.all([store.listDesigns(ctx.db), store.readBeside(ctx.db)]);
  const by = await namesOf(ctx, rows);
  const ofContent = allRegisters().map((register) => contentLine(register, lastDays));
  const all = [...ofContent, ...rows.map((row) => lineOf(row, lastDays, by))];
  return { rows: all.sort((a, b) => a.name.localeCompare(b.name, 'vi') || (a.registerId < b.registerId ? -1 : 1)) };
}

/**
 * One design with the published version it follows, or a register of the content as it was delivered.
 * @param id of a design, or of a register of the content
 * @throws AppError row/missing
 */
export async function readDesign(
  ctx: RegisterContext,
  id: string,
): Promise<ReplyOf<typeof contract.getRegisterDesign>> {
  if (!isUuid(id)) {
    const register = requireDelivered(id);
    const { lastDays } = await store.readBeside(ctx.db);
    return { ...contentLine(register, lastDays), ...definitionOf(register), before: null };
  }
  const row = await store.findDesign(ctx.db, id);
  if (!row) throw new AppError('row/missing');
  const [{ lastDays }, by] = await Promise.all([store.readBeside(ctx.db), namesOf(ctx, [row])]);
  const before = row.state === 'draft' ? await newestOf(ctx.db, row.registerId) : undefined;
  return { ...lineOf(row, lastDays, by), ...definitionOf(row.definition), before: before ? bare(before) : null };
}

/** A register of the content. @throws AppError row/missing */
export function requireDelivered(id: string): RegisterDefinition {
  const register = allRegisters().find((each) => each.id === id);
  if (!register) throw new AppError('row/missing');
  return register;
}

const definitionOf = (definition: RegisterDefinition) => ({
  definition: { ...definition },
  yaml: stringify(definition, { lineWidth: 0 }),
});

const namesOf = (ctx: RegisterContext, rows: readonly store.Design[]): Promise<(ref: string) => string> =>
  staffNames(
    ctx,
    rows.map((row) => row.changedBy),
  );

const contentLine = (register: RegisterDefinition, lastDays: ReadonlyMap<string, string>) => ({
  id: null,
  version: 1,
  registerId: register.id,
  name: register.name,
  state: 'content' as const,
  validFrom: register.validFrom,
  lastDay: lastDays.get(register.id) ?? register.validTo ?? null,
  changedAt: null,
  changedBy: '',
  digest: null,
});

const lineOf = (row: store.Design, lastDays: ReadonlyMap<string, string>, names: (ref: string) => string) => ({
  id: row.id,
  version: row.version,
  registerId: row.registerId,
  name: row.definition.name,
  state: row.state,
  validFrom: row.validFrom,
  lastDay: lastDays.get(row.registerId) ?? null,
  changedAt: toIso(row.changedAt),
  changedBy: names(row.changedBy),
  digest: row.digest,
});
