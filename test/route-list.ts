import type { DemoApp } from './demo-app.ts';
import { type Schema, sampleOf, UNKNOWN_ID } from './schema-sample.ts';

export type Route = { readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly path: string };

/** Every route Fastify really answers, read from its own tree: what was registered past `handle` and `page` shows too. */
export function answeredRoutes(demo: DemoApp): readonly Route[] {
  const found: Route[] = [];
  const parents: string[] = [];
  for (const line of demo.app.fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│├└─\s]*)(\S*) \(([A-Z, ]+)\)/u.exec(line);
    if (!match) continue;
    const [, indent = '', part = '', methods = ''] = match;
    const depth = indent.length / 4;
    parents.length = depth;
    parents[depth] = `${parents[depth - 1] ?? ''}${part}`.replace(/^\/\//, '/');
    for (const method of methods.split(', ')) {
      if (method !== 'HEAD' && method !== 'OPTIONS')
        found.push({ method: method as Route['method'], path: parents[depth] ?? '' });
    }
  }
  return found;
}

type Operation = {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};

const PARAMS: Readonly<Record<string, string>> = {
  code: '9.999999',
  kind: 'RECEIPT.pdf',
  step: 'giay-to',
  seq: '1',
  '*': 'x',
};

/** Address of a route with its parameters filled in: unknown ids unless `given` names others. */
export function addressOf(path: string, given: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:(\w+)|\*/g, (whole, name: string | undefined) => {
    const key = name ?? whole;
    return encodeURIComponent(given[key] ?? PARAMS[key] ?? UNKNOWN_ID);
  });
}

/** Query and body of an endpoint that pass its validation, from the OpenAPI document; nothing for pages. */
export function wellFormed(demo: DemoApp, route: Route, filler?: string): { query: string; body: unknown } {
  const document = demo.app.fastify.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
  const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
  const query = new URLSearchParams();
  for (const parameter of operation?.parameters ?? []) {
    if (parameter.in === 'query') query.set(parameter.name, String(sampleOf(parameter.schema, filler)));
  }
  const schema = operation?.requestBody?.content['application/json']?.schema;
  return { query: query.size > 0 ? `?${query}` : '', body: schema ? sampleOf(schema, filler) : undefined };
}
