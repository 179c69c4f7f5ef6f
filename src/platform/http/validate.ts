import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { closestFaults } from '../../core/contract/closest-faults.ts';
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

const failureOf = ({ keyword, instancePath, message, schemaPath, params }: Failure): Failure => ({
  keyword,
  instancePath,
  message,
  schemaPath,
  params,
});

const isBlank = (value: unknown): boolean => typeof value === 'string' && value !== '' && value.trim() === '';
const hasBlank = (value: unknown): boolean =>
  isBlank(value) || (typeof value === 'object' && value !== null && Object.values(value).some(hasBlank));

/** The same with nothing where there are blanks only. */
function withoutBlanks(value: unknown): unknown {
  if (isBlank(value)) return '';
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutBlanks(part)]));
}

/** Texts that must be written and hold blanks only: as good as empty. */
function blanksOf(check: { Errors(value: unknown): readonly Failure[] }, value: unknown): Failure[] {
  return closestFaults(check.Errors(withoutBlanks(value)))
    .filter(({ keyword }) => keyword === 'minLength')
    .map(failureOf);
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
      if (check.Check(converted)) {
        if (!isStorable(converted)) return { error: [UNSTORABLE] as never };
        const blank = httpPart === 'body' && hasBlank(converted) ? blanksOf(check, converted) : [];
        return blank.length > 0 ? { error: blank as never } : { value: converted };
      }
      return { error: closestFaults(check.Errors(converted)).slice(0, 50).map(failureOf) as never };
    };
  };
}
