import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { registersOn } from './catalogue.ts';
import type { RegisterPorts } from './ports.ts';
import { type RegisterPeriod, registerPeriod, versionWith } from './rules/period.ts';
import type { Register, RegisterDefinition } from './rules/register.ts';

/** What every use case of the module is given. */
export type RegisterContext = { readonly db: Pool; readonly clock: Clock; readonly ports: RegisterPorts };

export const READ = 'registers.read';
export const ENTER = 'registers.enter';
export const EDIT = 'registers.edit';

const seenBy = new WeakMap<object, ReadonlySet<string>>();
const NOBODY: ReadonlySet<string> = new Set();

/** Units whose entries somebody may see: what they read, enter for, or open again. */
export function visibleUnits(actor: Actor): ReadonlySet<string> {
  if (actor.kind !== 'staff') return NOBODY;
  const key = actor.unitsByPermission;
  const seen = seenBy.get(key) ?? new Set([READ, ENTER, EDIT].flatMap((permission) => unitsFor(actor, permission)));
  seenBy.set(key, seen);
  return seen;
}

/** @throws AppError registers/unknown */
export async function requireRegister(ctx: { readonly db: Db }, id: string, today: Day): Promise<Register> {
  const registers = await registersOn(ctx.db, today);
  const register = registers.find((each) => each.id === id);
  if (!register) throw unknownRegister(registers);
  return register;
}

/** The refusal that names the registers there are. */
export const unknownRegister = (registers: readonly Register[]): AppError =>
  new AppError('registers/unknown', { params: { known: registers.map((each) => each.id).join(', ') } });

/** @throws AppError registers/period where the register has no such period, registers/future where it has not begun */
export function requirePeriod(register: Register, id: string, today: string): RegisterPeriod {
  const period = registerPeriod(register, id);
  if (!period) throw new AppError('registers/period', { params: { period: id, name: register.name } });
  if (period.from > today) throw new AppError('registers/future', { params: { period: period.name } });
  return period;
}

/**
 * A register in one of its periods, as it was when the period began.
 * @throws AppError registers/unknown, registers/period, registers/future
 */
export async function requirePlace(
  ctx: Pick<RegisterContext, 'db'>,
  id: string,
  periodId: string,
  today: Day,
): Promise<{ readonly register: RegisterDefinition; readonly period: RegisterPeriod }> {
  const register = await requireRegister(ctx, id, today);
  const period = requirePeriod(register, periodId, today);
  return { register: versionWith(register, period.id) ?? register, period };
}
