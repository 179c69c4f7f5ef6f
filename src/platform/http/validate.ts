import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { isStorable, UNSTORABLE_MESSAGE } from '../../core/text/storable.ts';
import { tellShapesInVietnamese } from '../messages/shapes.ts';

tellShapesInVietnamese();

type Failure = { keyword: string; instancePath: string; message: string; schemaPath: string; params: object };

const UNSTORABLE: Failure = {
  keyword: 'encoding',
  instancePath: '',
  message: UNSTORABLE_MESSAGE,
  schemaPath: '',
  params: {},
};

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
            message: e.message,
            schemaPath: e.schemaPath,
            params: e.params,
          }),
        );
      return { error: errors as never };
    };
  };
}
