import { type Actor, holds } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { registersOn } from './catalogue.ts';
import { ENTER, type RegisterContext, requirePlace, visibleUnits } from './context.ts';
import type * as contract from './contract.ts';
import type { RegisterResult } from './ports.ts';
import { registerPeriod, versionWith } from './rules/period.ts';
import type { RegisterDefinition, RegisterValue, RegisterValues } from './rules/register.ts';
import { mentionOf, readResult, resultFields, writeResult } from './rules/result.ts';
import type { ValueFinding } from './rules/values.ts';
import { versionsOf } from './rules/versions.ts';
import * as store from './store.ts';
import { treeDay, unitsBelow } from './units.ts';

/** Results offered at once; who looks for another one types more of its name. */
const OFFERED = 60;
const MENTIONS = 200;

/** A line about to be written: `reach` are the units whose results it may refer to, `known` what stands there now. */
export type ResultLine = {
  readonly values: RegisterValues;
  readonly reach: ReadonlySet<string>;
  readonly known: store.Entry | undefined;
};
type Settled =
  | { readonly ok: true; readonly values: RegisterValues }
  | { readonly ok: false; readonly findings: readonly ValueFinding[] };

/**
 * Lines with each result they refer to in words, or what is wrong, by field. What a line refers to already stays as it
 * was entered, though the result is gone by now or the actor may not read it; anything else has to be a result the actor
 * may read, of the line's unit or one below it. All lines ask once.
 */
export async function settleResults(
  ctx: RegisterContext,
  actor: Actor,
  register: RegisterDefinition,
  lines: readonly ResultLine[],
): Promise<readonly Settled[]> {
  const fields = resultFields(register);
  if (fields.length === 0) return lines.map(({ values }) => ({ ok: true, values }));
  const fresh = lines.flatMap((line) =>
    fields.flatMap(({ key }) => {
      const code = readResult(line.values[key])?.code;
      return code === undefined || keptAs(line, key, code) !== undefined ? [] : [code];
    }),
  );
  const found = await findResults(ctx, actor, fresh);
  return lines.map((line) => {
    const findings: ValueFinding[] = [];
    const values: Record<string, RegisterValue> = { ...line.values };
    for (const { key, label } of fields) {
      const code = readResult(values[key])?.code;
      if (code === undefined) continue;
      const kept = keptAs(line, key, code);
      const result = found.get(code);
      if (kept !== undefined) values[key] = kept;
      else if (!result) findings.push({ key, message: words('registers.result.unknown', { field: label }) });
      else if (!line.reach.has(result.unitId))
        findings.push({ key, message: words('registers.result.other-unit', { field: label, result: result.label }) });
      else values[key] = writeResult(result);
    }
    return findings.length > 0 ? { ok: false, findings } : { ok: true, values };
  });
}

function keptAs({ known }: ResultLine, key: string, code: string): string | undefined {
  const held = [known?.current?.[key], known?.counted?.[key]];
  const same = held.find((value) => readResult(value)?.code === code);
  return typeof same === 'string' ? same : undefined;
}

async function findResults(
  ctx: RegisterContext,
  actor: Actor,
  codes: readonly string[],
): Promise<ReadonlyMap<string, RegisterResult>> {
  const asked = [...new Set(codes)];
  return asked.length === 0 || !ctx.ports.results ? new Map() : ctx.ports.results.find(actor, asked);
}

/** Of the results these values refer to, the codes of those that are there and the actor may open. */
export async function openResults(
  ctx: RegisterContext,
  actor: Actor,
  register: RegisterDefinition,
  values: readonly (Readonly<Record<string, RegisterValue>> | null)[],
): Promise<string[]> {
  const fields = resultFields(register);
  const codes = values.flatMap((one) => fields.flatMap(({ key }) => readResult(one?.[key])?.code ?? []));
  return [...(await findResults(ctx, actor, codes)).keys()];
}

/** Results of some units the actor may read, to be copied into a workbook. */
export async function offeredResults(
  ctx: RegisterContext,
  actor: Actor,
  unitIds: readonly string[],
  q = '',
): Promise<readonly RegisterResult[]> {
  return ctx.ports.results ? ctx.ports.results.choices(actor, unitIds, q, OFFERED) : [];
}

/** What a line of a unit may refer to, the newest first of each kind. @throws AppError row/missing */
export async function listResults(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  { unitId, periodId, q = '' }: QueryOf<typeof contract.listRegisterResults>,
): Promise<ReplyOf<typeof contract.listRegisterResults>> {
  const today = dayOf(ctx.clock.now());
  const { period } = await requirePlace(ctx, registerId, periodId, today);
  if (!holds(actor, ENTER, unitId)) throw new AppError('row/missing');
  const directory = await ctx.ports.directory();
  const found = await offeredResults(ctx, actor, unitsBelow(directory, unitId, treeDay(period, today)), q);
  return { rows: found.map(({ code, label }) => ({ code, label })) };
}

/** Lines of all registers that refer to a result (`target:<id>`) or to one of many (`index:<round>:`), newest period first. */
export async function listMentions(
  ctx: RegisterContext,
  actor: Actor,
  { of }: QueryOf<typeof contract.listRegisterMentions>,
): Promise<ReplyOf<typeof contract.listRegisterMentions>> {
  const today = dayOf(ctx.clock.now());
  const registers = new Map((await registersOn(ctx.db, today)).map((each) => [each.id, each]));
  const referring = [...registers.values()]
    .filter((each) => versionsOf(each).some((version) => resultFields(version).length > 0))
    .map((each) => each.id);
  const entries = await store.listReferring(ctx.db, referring, [...visibleUnits(actor)], of, MENTIONS);
  const directory = await ctx.ports.directory();
  const rows = entries.flatMap((entry) => {
    const book = registers.get(entry.registerId);
    const register = book && versionWith(book, entry.periodId);
    const period = register && registerPeriod(register, entry.periodId);
    const values = entry.current;
    if (!register || !period || !values) return [];
    return resultFields(register).flatMap((field) => {
      const result = readResult(values[field.key]);
      if (!result?.code.startsWith(of)) return [];
      return [
        {
          entryId: entry.id,
          registerId: register.id,
          periodId: period.id,
          unitId: entry.unitId,
          unitName: unitNameOn(directory, entry.unitId, treeDay(period, today)),
          line: String(values[register.lineKey?.[0] ?? ''] ?? ''),
          code: result.code,
          label: result.label,
          name: field.mentionedAs ?? field.label,
          text: mentionOf(register, values),
        },
      ];
    });
  });
  return { rows };
}
