import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { AppError, errorText } from './app-error.ts';
import { ERRORS, type ErrorCode } from './registry.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const texts = parse(fs.readFileSync(path.join(ROOT, 'content/messages/errors.vi.yaml'), 'utf8')) as Record<
  string,
  string
>;

describe('texts of errors', () => {
  test('there is one for every code, and none without a code', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(ERRORS).sort());
  });

  test('every place is filled by somebody who throws the error', () => {
    const sources = fs
      .readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^web\/|errors\/registry/.test(file))
      .map((file) => fs.readFileSync(path.join(ROOT, 'src', file), 'utf8'));
    const unfilled = Object.entries(texts).flatMap(([key, text]) => {
      const throwing = sources.filter((source) => source.includes(`'${key}'`));
      if (throwing.length === 0) return [];
      return [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, place = '']) => {
        const named = new RegExp(`\\b${place}\\b`);
        return throwing.some((source) => named.test(source)) ? [] : [`${key} ${place}`];
      });
    });
    expect(unfilled).toEqual([]);
  });

  test('places are filled; a place without a value is empty', () => {
    expect(errorText('request/too-many', { seconds: 7 })).toContain('7');
    expect(errorText('request/too-many')).not.toContain('{{');
    expect(new AppError('row/missing').status).toBe(404);
    expect(errorText('no/such-code' as ErrorCode)).toBe('errors.no/such-code');
  });
});
