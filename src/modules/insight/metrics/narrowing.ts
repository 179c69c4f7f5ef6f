import type { Day } from '../../../core/time/index.ts';
import type { Narrowing } from './narrowing-sql.ts';
import type { MetricsPorts } from './ports.ts';
import type { MetricWhere } from './rules/types.ts';

/** The filters of a request; undefined where it has none. */
export function whereOf({
  field,
  procedureCode,
  channel,
  receivedUnitId,
  stepId,
  staffId,
}: { readonly [K in keyof MetricWhere]?: MetricWhere[K] | undefined }): MetricWhere | undefined {
  const all = { field, procedureCode, channel, receivedUnitId, stepId, staffId };
  const there = Object.entries(all).filter(([, value]) => value !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there);
}

/** The filters of a question as those of a reading; the field is that of the procedure on the day. */
export async function narrowingOf(
  ports: Pick<MetricsPorts, 'fieldsOn'>,
  where: MetricWhere | undefined,
  day: Day,
): Promise<Narrowing> {
  if (where === undefined) return {};
  const { field, procedureCode, receivedUnitId } = where;
  const procedureCodes =
    field === undefined
      ? procedureCode === undefined
        ? undefined
        : [procedureCode]
      : [...(await ports.fieldsOn(day))]
          .filter(([code, one]) => one.code === field && (procedureCode === undefined || procedureCode === code))
          .map(([code]) => code)
          .sort();
  return {
    ...(procedureCodes === undefined ? {} : { procedureCodes }),
    ...(receivedUnitId === undefined ? {} : { receivedUnitIds: [receivedUnitId] }),
  };
}
