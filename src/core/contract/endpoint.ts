import type { Static, TSchema } from 'typebox';

/**
 * Who may call an endpoint. `public`: anybody; `citizen`/`staff`: signed in as such; a permission: staff holding it
 * for at least one unit (the service then narrows to the units concerned). `own-account`: staff at their own account, the
 * only thing left to a session that is held back (`StaffActor.heldBack`).
 */
export type Access = 'public' | 'citizen' | 'staff' | 'own-account' | { readonly permission: string };

/** One endpoint, declared once: validation, server types, OpenAPI and the typed client follow from it. */
export type Endpoint<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `:name` parameters, under `/api/`. */
  readonly path: string;
  /** One line in Vietnamese for the OpenAPI document. */
  readonly summary: string;
  readonly access: Access;
  /** Tag in OpenAPI: the module's name. */
  readonly module: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly reply: R;
  /** HTTP status of success; default 200. */
  readonly status?: number;
};

export type AnyEndpoint = Endpoint<TSchema, TSchema, TSchema, TSchema>;
type Of<S> = S extends TSchema ? Static<S> : undefined;
export type ParamsOf<E> = E extends { readonly params: infer S } ? Of<S> : undefined;
export type QueryOf<E> = E extends { readonly query: infer S } ? Of<S> : undefined;
export type BodyOf<E> = E extends { readonly body: infer S } ? Of<S> : undefined;
export type ReplyOf<E> = E extends { readonly reply: infer S } ? Of<S> : undefined;

/** Declares an endpoint and keeps its exact types. See any module's `contract.ts`. */
export function endpoint<
  const E extends Partial<AnyEndpoint> &
    Pick<AnyEndpoint, 'id' | 'module' | 'method' | 'path' | 'summary' | 'access' | 'reply'>,
>(declaration: E): E {
  return declaration;
}
