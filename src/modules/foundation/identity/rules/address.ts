import { isIP } from 'node:net';

/**
 * The address under which failed attempts are counted. IPv4 counts whole; IPv6 by its first 64 bits, since one
 * subscriber owns them all; IPv4 written as IPv6 (`::ffff:10.0.0.7`) counts as IPv4. Anything else is kept as text.
 * @example addressKey('2001:db8:1:2:3::9') // '2001:db8:1:2::/64'
 */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.split('%')[0] ?? address;
  if (isIP(bare) !== 6) return bare.slice(0, 100);
  const [head = '', tail] = bare.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  // A dotted tail stands for two groups; it lies in the last 64 bits and only counts for the gap.
  const rightSize = right.length + (right.at(-1)?.includes('.') ? 1 : 0);
  const gap = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - rightSize)).fill('0');
  const groups = [...left, ...gap, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
