import Type from 'typebox';
import { Value } from 'typebox/value';
import { expect, it } from 'vitest';
import { tellShapesInVietnamese } from './shapes.ts';

it('tells what is wrong with data in words, by the place', () => {
  tellShapesInVietnamese();
  const Row = Type.Object(
    {
      number: Type.Number({ minimum: 0, exclusiveMaximum: 10 }),
      whole: Type.Integer({ maximum: 9, exclusiveMinimum: 1 }),
      text: Type.String({ minLength: 1, maxLength: 3, pattern: '^[a-z]*$' }),
      code: Type.String({ minLength: 2 }),
      list: Type.Array(Type.Boolean(), { minItems: 2, maxItems: 3, uniqueItems: true }),
      one: Type.Union([Type.Literal('a'), Type.Null()]),
      group: Type.Object({ there: Type.String() }),
    },
    { additionalProperties: false },
  );
  const said = (data: unknown): string[] =>
    Value.Errors(Row, data).map((error) => `${error.instancePath} ${error.message}`);
  const right = { number: 1, whole: 2, text: 'a', code: 'ab', list: [true, false], one: 'a', group: { there: '' } };
  const wrong = {
    number: -1,
    whole: 1.5,
    text: '',
    code: 'a',
    list: [true],
    one: 'b',
    group: { there: 1 },
    other: 1,
  };
  expect(said(right)).toEqual([]);
  expect(said('chữ')).toEqual([' phải là một nhóm mục']);
  expect(said(wrong)).toEqual(
    expect.arrayContaining([
      '/number không được nhỏ hơn 0',
      '/whole phải là một số nguyên',
      '/text chưa điền',
      '/code cần ít nhất 2 ký tự',
      '/list cần ít nhất 2 mục',
      '/one không thuộc các giá trị cho phép',
      '/group/there phải là chữ',
      '/other không có mục này',
      ' có mục không dùng tới (other)',
    ]),
  );
  expect(said({ number: 10, whole: 1, text: 'ABCD', code: 'ab', list: [true, true, true, true], group: {} })).toEqual(
    expect.arrayContaining([
      '/number phải nhỏ hơn 10',
      '/whole phải lớn hơn 1',
      '/text dài quá 3 ký tự',
      '/text không đúng dạng',
      '/list nhiều quá 3 mục',
      '/list có mục lặp lại',
      '/group thiếu there',
      ' thiếu one',
    ]),
  );
  expect(said({ ...right, number: 'ba', whole: 10, list: [1, 2] })).toEqual([
    '/number phải là một số',
    '/whole không được lớn hơn 9',
    '/list/0 phải là true hoặc false',
    '/list/1 phải là true hoặc false',
  ]);
  const Long = Type.Object({ text: Type.String({ maxLength: 2000 }), number: Type.Number({ maximum: 1e12 }) });
  expect(Value.Errors(Long, { text: 'x'.repeat(2001), number: 1e13 }).map((error) => error.message)).toEqual([
    'dài quá 2.000 ký tự',
    'không được lớn hơn 1.000.000.000.000',
  ]);
});
