/**
 * UUIDv7 made from the instant of the fact (contracts §4.1), so that tables can be partitioned by id range (time).
 * Within one process and one millisecond ids keep growing (12-bit counter in rand_a); across processes the remaining
 * 62 random bits keep them apart.
 */
let lastMs = -1;
let counter = 0;

// Random bytes are drawn 400 ids at a time: the call costs more than the bytes.
const SIZE = 10;
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

/**
 * @param at instant the id stands for; its millisecond is the first 48 bits. Instants before 1970 are clamped to 0.
 * @returns 36-character lower-case UUID, version 7. Example: `uuidv7(new Date('2023-08-31T01:00:00Z'))` begins `018a49`.
 */
export function uuidv7(at: Date): string {
  const ms = Math.max(0, at.getTime());
  const random = takeRandom();
  if (ms === lastMs) counter = (counter + 1) & 0xfff;
  else {
    lastMs = ms;
    counter = (((random[0] ?? 0) << 8) | (random[1] ?? 0)) & 0x7ff;
  }
  const time = ms.toString(16).padStart(12, '0');
  const randA = counter.toString(16).padStart(3, '0');
  const variant = (((random[2] ?? 0) & 0x3f) | 0x80).toString(16).padStart(2, '0');
  let tail = '';
  for (let i = 3; i < 10; i++) tail += (random[i] ?? 0).toString(16).padStart(2, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randA}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`;
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
