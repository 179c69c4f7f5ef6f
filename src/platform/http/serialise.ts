import fastJson from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';

/**
 * Fastify's own way of writing replies: only what the contract declares leaves. Each writer is made at the first reply of
 * its route, not at the start: of some 250 routes a process serves a few all day.
 */
export function createSerialiserCompiler(): FastifySerializerCompiler<unknown> {
  return ({ schema }) => {
    let write: ((reply: unknown) => string) | undefined;
    return (reply) => {
      write ??= fastJson(schema as Parameters<typeof fastJson>[0]);
      return write(reply);
    };
  };
}
