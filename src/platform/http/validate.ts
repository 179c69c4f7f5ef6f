import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Locale } from 'typebox/system';
import { Value } from 'typebox/value';
import { isStorable, UNSTORABLE_MESSAGE } from '../../core/text/storable.ts';
import { words } from '../messages/words.ts';

Locale.Set(Locale.vi_VN);

type Failure = { keyword: string; instancePath: string; message: string; schemaPath: string; params: object };

const UNSTORABLE: Failure = {
  keyword: 'encoding',
  instancePath: '',
  message: UNSTORABLE_MESSAGE,
  schemaPath: '',
  params: {},
};

/** A text that had to be there and is empty: “at least 1 character” tells nobody what to do. */
function isBlank({ keyword, params }: { keyword: string; params: object }): boolean {
  return keyword === 'minLength' && 'limit' in params && params.limit === 1;
}

/**
 * TypeBox as Fastify's validator: bodies are taken as they are (a number is no string), path and query parameters are
 * converted from text first. Messages are Vietnamese.
 */
export function createValidatorCompiler(): FastifySchemaCompiler<TSchema> {
  return ({ schema, httpPart }) => {
    let compiled: ReturnType<typeof Compile<TSchema>> | undefined;
    return (value: unknown) => {
      // At the first request of its route: of some hundred routes a process serves a few all day.
      compiled ??= Compile(schema);
      const check = compiled;
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
            message: isBlank(e) ? words('server.http.blank') : e.message,
            schemaPath: e.schemaPath,
            params: e.params,
          }),
        );
      return { error: errors as never };
    };
  };
}
