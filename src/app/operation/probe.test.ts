import { expect, it } from 'vitest';
import { placeOf } from './probe.ts';

it.each([
  ['smtp://nguoi:mat%20khau@mail.example:587/?pool=1', 'smtp://mail.example:587'],
  ['postgres://motcua:bi-mat@127.0.0.1:5432/motcua?sslmode=require', 'postgres://127.0.0.1:5432/motcua'],
  ['bi-mat', 'không đọc được'],
])('shows %j without user and password', (url, shown) => {
  expect(placeOf(url)).toBe(shown);
});
