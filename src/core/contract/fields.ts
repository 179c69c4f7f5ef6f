import Type from 'typebox';
import { isDay } from '../time/index.ts';

/** What many endpoints share. Names are those the contracts use. */

/** Id of a row, a UUID. */
export const Id = Type.String({ format: 'uuid' });

/** An instant in a reply, ISO 8601 with the offset of Vietnam. */
export const Instant = Type.String({ description: 'ISO 8601, +07:00' });

/** No act of this system, nor anything it counts, lies outside; later days could not even be counted on from. */
const [FIRST, LAST] = ['1900-01-01', '2199-12-31'];

/** Whether a text is a day that exists, of a year somebody means: 2025-02-30 is none, nor is 9999-12-31. */
export const isMeantDay = (text: string): boolean => isDay(text) && text >= FIRST && text <= LAST;

/** A day that exists, `YYYY-MM-DD`: 2025-02-30 has the shape but is refused, as is a year nobody means. */
export const Day = Type.Refine(
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  isMeantDay,
  () => 'Ngày không có trong lịch, hoặc năm ngoài khoảng 1900–2199.',
);

/** Something or nothing. */
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
