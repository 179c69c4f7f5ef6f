import { addDays, type Day, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { enteredPeriods } from './design-store.ts';
import { beginsPeriod } from './rules/design.ts';
import { periodsUntil } from './rules/period.ts';
import type { Register, RegisterDefinition } from './rules/register.ts';

/** Periods looked through for figures that were entered already. */
const PERIODS = 400;

/** Why a version cannot begin on its day, in words; undefined where it can. Figures that were entered keep their version. */
export async function dayFault(
  db: Db,
  register: RegisterDefinition,
  before: Register | null,
  today: Day,
): Promise<string | undefined> {
  const { validFrom, frequency } = register;
  if (!beginsPeriod(register, validFrom))
    return words('designer.first-day', { frequency: words(`registers.frequency.${frequency}`).toLowerCase() });
  if (!before) return undefined;
  if (validFrom <= before.validFrom) return words('designer.after-version', { day: formatDay(before.validFrom) });
  if (before.validTo !== undefined && validFrom > before.validTo)
    return words('designer.ended', { day: formatDay(before.validTo) });
  const period = await enteredFrom(db, before, validFrom, today);
  return period && words('designer.entered', { period });
}

/** Why a register cannot end with a day, in words; undefined where it can. */
export async function endFault(db: Db, register: Register, lastDay: Day, today: Day): Promise<string | undefined> {
  if (lastDay < (register.earlier?.at(-1) ?? register).validFrom)
    return words('designer.end-before', { day: formatDay(register.validFrom) });
  const period = await enteredFrom(db, register, addDays(lastDay, 1), today);
  return period && words('designer.entered-after', { period });
}

/** The name of a period beginning on a day or later in which somebody has entered figures. */
async function enteredFrom(db: Db, register: Register, day: Day, today: Day): Promise<string | undefined> {
  const later = periodsUntil(register, today, PERIODS).filter((period) => period.from >= day);
  const entered = await enteredPeriods(
    db,
    register.id,
    later.map((period) => period.id),
  );
  return later.find((period) => entered.includes(period.id))?.name;
}
