/** As much of JSON Schema as our contracts use. */
export type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
};

/** What stands wherever a day is asked for. */
export const SAMPLE_DAY = '2026-11-20';
export const UNKNOWN_ID = '01999999-9999-7999-8999-999999999999';

function text(schema: Schema, filler: string): string {
  if (schema.format === 'uuid' || schema.pattern?.includes('[0-9a-f]{8}-')) return UNKNOWN_ID;
  if (schema.pattern?.includes('\\d{4}-\\d{2}-\\d{2}')) return SAMPLE_DAY;
  return filler.padEnd(schema.minLength ?? 1, 'x');
}

/**
 * A value that fits the schema, all optional members included, ids unknown.
 * @param filler text put wherever free text is asked for
 */
export function sampleOf(schema: Schema, filler = 'thử'): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.allOf ?? [];
  if (first) return sampleOf(first, filler);
  switch (schema.type) {
    case 'string':
      return text(schema, filler);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(schema.items ?? {}, filler));
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, sampleOf(part, filler)]),
      );
    default:
      return filler;
  }
}
