import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = fs.readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');

const PAIR = /--([\w-]+): var\(--if-light, (#[0-9a-f]{6})\) var\(--if-dark, (#[0-9a-f]{6})\);/g;
const pairs = [...css.matchAll(PAIR)];
const light = Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
const dark = Object.fromEntries(pairs.map(([, name = '', , value = '']) => [name, value]));

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const channel = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
  return ((x ?? 0) + 0.05) / ((y ?? 0) + 0.05);
}

const texts: [string, string[]][] = [
  ['ink', ['paper', 'surface', 'surface-strong', 'blue-soft', 'green-soft', 'amber-soft', 'red-soft', 'focus-halo']],
  ['ink-muted', ['paper', 'surface', 'surface-strong']],
  ['link', ['paper', 'surface', 'blue-soft', 'amber-soft', 'red-soft', 'green-soft']],
  ['link-hover', ['paper', 'surface']],
  ['on-primary', ['primary', 'primary-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['green', ['paper', 'surface', 'green-soft']],
  ['amber', ['paper', 'surface', 'amber-soft']],
  ['red', ['paper', 'surface', 'red-soft']],
  ['blue', ['paper', 'surface', 'blue-soft']],
  ['grey', ['paper', 'surface', 'grey-soft']],
  ['primary', ['paper']],
  // Examples in empty fields.
  ['line-strong', ['paper']],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, theme) => {
  it.each(texts.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
    'keeps %s on %s at 4.5:1 or better',
    (text, ground) => {
      expect(contrast(theme[text] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('draws the borders of controls and the focus ring at 3:1 or better', () => {
    for (const line of ['line-strong', 'focus']) {
      expect(contrast(theme[line] ?? '', theme.paper ?? '')).toBeGreaterThanOrEqual(3);
    }
  });
});

it('names every colour once, in both themes', () => {
  const root = css.slice(0, css.indexOf('@media'));
  const names = [...root.matchAll(/--([\w-]+): [^;]*#/g)].map((match) => match[1]);
  expect(names).toEqual(pairs.map((pair) => pair[1]));
  expect(new Set(names).size).toBe(names.length);
});
