/**
 * UUIDv7 made from the instant of the fact (contracts §4.1), so that tables can be partitioned by id range (time).
 * Within one process ids of one millisecond keep growing, whatever instants come between: one counter of 26 bits for all of
 * them stands behind the time (rand_a and the head of rand_b), so “the newest first” is the order of the acts also where
 * many fall on one instant. Across processes the other 48 random bits keep ids apart.
 */
const COUNTER_BITS = 26;
const LOW_BITS = 14;
// Begun in the lower half: it does not wrap before 33 million ids.
let counter = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> (33 - COUNTER_BITS);

// Random bytes are drawn 400 ids at a time: the call costs more than the bytes.
const SIZE = 6;
const pool = new Uint8Array(400 * SIZE);
let used = pool.length;
function takeRandom(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += SIZE;
  return pool.subarray(used - SIZE, used);
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/**
 * @param at instant the id stands for; its millisecond is the first 48 bits. Instants before 1970 are clamped to 0.
 * @returns 36-character lower-case UUID, version 7. Example: `uuidv7(new Date('2023-08-31T01:00:00Z'))` begins `018a49`.
 */
export function uuidv7(at: Date): string {
  counter = (counter + 1) % 2 ** COUNTER_BITS;
  const time = hex(Math.max(0, at.getTime()), 12);
  const high = hex(counter >>> LOW_BITS, 3);
  const low = hex(0x8000 | (counter & (2 ** LOW_BITS - 1)), 4);
  let tail = '';
  for (const byte of takeRandom()) tail += hex(byte, 2);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${low}-${tail}`;
}

/** The instant an id was made from (millisecond precision), or undefined where the text is no UUIDv7. */
export function instantOfUuid(id: string): Date | undefined {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)) return undefined;
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** Smallest possible id of an instant: the inclusive lower bound of an id range, e.g. for partitions and paging. */
export function uuidFloor(at: Date): string {
  const time = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** Whether a text has the shape of a UUID, in either case: what has not cannot be the id of a row. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
