import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Locale } from 'typebox/system';
import { Value } from 'typebox/value';

Locale.Set(Locale.vi_VN);

type Failure = { keyword: string; instancePath: string; message: string; schemaPath: string; params: object };

/** An escaped NUL or lone surrogate in JSON text, not preceded by an odd number of backslashes. */
const UNSTORABLE_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;
const UNSTORABLE: Failure = {
  keyword: 'encoding',
  instancePath: '',
  message: 'Có ký tự không hợp lệ. Gõ lại thay vì dán từ tệp hỏng.',
  schemaPath: '',
  params: {},
};

/**
 * False for text that PostgreSQL cannot keep: the character U+0000 and half a surrogate pair, wherever they stand. Both
 * come from broken programs, never from a keyboard, and would otherwise be a bare 500.
 */
export function isStorable(value: unknown): boolean {
  return !UNSTORABLE_TEXT.test(JSON.stringify(value) ?? '');
}

/**
 * TypeBox as Fastify's validator: bodies are taken as they are (a number is no string), path and query parameters are
 * converted from text first. Messages are Vietnamese.
 */
export function createValidatorCompiler(): FastifySchemaCompiler<TSchema> {
  return ({ schema, httpPart }) => {
    const check = Compile(schema);
    return (value: unknown) => {
      const converted: unknown = httpPart === 'body' ? value : Value.Convert(schema, value);
      if (check.Check(converted))
        return isStorable(converted) ? { value: converted } : { error: [UNSTORABLE] as never };
      const errors = check
        .Errors(converted)
        .slice(0, 50)
        .map(
          (e): Failure => ({
            keyword: e.keyword,
            instancePath: e.instancePath,
            message: e.message,
            schemaPath: e.schemaPath,
            params: e.params,
          }),
        );
      return { error: errors as never };
    };
  };
}
