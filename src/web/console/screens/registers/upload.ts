import Type from 'typebox';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { call, type Declared } from '../../api.ts';

/** Sends a file to an endpoint that takes one; texts go before it, as the server reads them in that order. */
export function uploadCall<const E extends Declared>(endpoint: E) {
  const declared = { ...endpoint, body: Type.Unknown() };
  return (
    params: { readonly id: string },
    file: File,
    more: {
      readonly query?: object;
      readonly texts?: Readonly<Record<string, string>>;
      readonly idempotencyKey?: string;
    } = {},
  ): Promise<ReplyOf<E>> => {
    const body = new FormData();
    for (const [name, text] of Object.entries(more.texts ?? {})) body.append(name, text);
    body.append('file', file, file.name);
    const input = { params, body, ...(more.query ? { query: more.query } : {}) };
    const options = more.idempotencyKey ? { idempotencyKey: more.idempotencyKey } : {};
    return call(declared, input as never, options) as Promise<ReplyOf<E>>;
  };
}
