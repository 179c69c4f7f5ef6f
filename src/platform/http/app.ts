import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { type Actor, holds } from '../../core/access/actor.ts';
import type { Access, AnyEndpoint, BodyOf, ParamsOf, QueryOf, ReplyOf } from '../../core/contract/endpoint.ts';
import { AppError } from '../errors/app-error.ts';
import type { Log } from '../log/log.ts';
import { isCrossSite } from './cross-site.ts';
import { answerBadAddress, installErrorHandlers } from './problem.ts';
import { securityHeaders } from './security-headers.ts';
import { createSerialiserCompiler } from './serialise.ts';
import { createValidatorCompiler } from './validate.ts';

/** Turns a session cookie into an actor; the identity module provides it. Never throws for a bad cookie: guest. */
export type Authenticate = (token: string | undefined, address: string) => Promise<Actor>;

export type HandlerInput<E> = {
  readonly actor: Actor;
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** `Idempotency-Key` of the request, if any. */
  readonly idempotencyKey: string | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** A page or file route outside `/api/`: portal pages, PDFs, uploads. Access is declared here as well. */
export type PageRoute = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly access: Access;
  /** Largest body in bytes; default 1 MiB. */
  readonly bodyLimit?: number;
};

export type HttpApp = {
  readonly fastify: FastifyInstance;
  /** Registers one declared endpoint. The reply is shaped by its schema: unknown members are dropped. */
  handle<const E extends { readonly reply: TSchema }>(
    endpoint: E,
    run: (input: HandlerInput<E>) => Promise<ReplyOf<E>>,
  ): void;
  page(
    route: PageRoute,
    run: (input: { actor: Actor; request: FastifyRequest; reply: FastifyReply }) => Promise<unknown>,
  ): void;
  /** Every route registered, for the test that walks every route as every role. */
  readonly routes: readonly { method: string; path: string; access: Access }[];
};

export const SESSION_COOKIE = 'motcua_session';

function checkAccess(access: Access, actor: Actor): void {
  if (access === 'public') return;
  if (actor.kind === 'staff' && actor.heldBack !== undefined && access !== 'own-account')
    throw new AppError(actor.heldBack === 'password' ? 'access/change-password' : 'access/enrol-totp');
  if (access === 'citizen' || access === 'staff' || access === 'own-account') {
    if (actor.kind === 'guest') throw new AppError('access/sign-in');
    if (actor.kind !== (access === 'own-account' ? 'staff' : access)) throw new AppError('access/forbidden');
    return;
  }
  if (actor.kind === 'guest') throw new AppError('access/sign-in');
  if (!holds(actor, access.permission)) throw new AppError('access/forbidden');
}

/** The same bytes, as Fastify wants them. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

export type HttpOptions = {
  readonly log: Log;
  readonly authenticate: Authenticate;
  readonly trustProxy: boolean;
  readonly secure: boolean;
  /** Extra origins of forms (`form-action`), e.g. the national portal. */
  readonly formTargets?: readonly string[];
};

/** Builds the HTTP application: security headers, cookies, validation, problem+json, access on every route. */
export async function createHttpApp(options: HttpOptions): Promise<HttpApp> {
  const security = await securityHeaders({ secure: options.secure, formTargets: options.formTargets ?? [] });
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy, ours: the address it adds is the last of the list. Earlier ones are whatever the client wrote there,
    // and lock-outs count by address.
    trustProxy: options.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    // Whole request: 25 MiB over a poor line. Without it a body sent a byte a minute holds a connection for ever.
    requestTimeout: 300_000,
    bodyLimit: 1024 * 1024,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, request, reply) => {
      void answerBadAddress(request, reply.headers(security));
    },
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(createValidatorCompiler() as never);
  app.setSerializerCompiler(createSerialiserCompiler() as never);
  const routes: { method: string; path: string; access: Access }[] = [];
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 1024 * 1024 });
  await app.register(multipart, { limits: { fileSize: 25 * 1024 * 1024, files: 20, fields: 500, fieldSize: 200_000 } });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(security);
  });
  // Encoded once: otherwise a text is walked through to count its bytes and again to write them. `TextEncoder` is twice as
  // fast as `Buffer.from` on Vietnamese.
  const encoder = new TextEncoder();
  app.addHook('onSend', (_request, _reply, payload, done) => {
    done(null, typeof payload === 'string' && payload.length > 2000 ? bufferOf(encoder.encode(payload)) : payload);
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Một Cửa', version: '1', description: 'Giao diện lập trình của hệ thống Một Cửa' },
    },
  });
  installErrorHandlers(app);
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request) => {
    if (isCrossSite(request)) throw new AppError('request/cross-site');
    const access = (request.routeOptions.config as { access?: Access }).access;
    // The API document and unknown addresses have no access rule; every route of ours declares one.
    if (access === undefined) return;
    const token = request.cookies[SESSION_COOKIE];
    const actor = await options.authenticate(token, request.ip);
    (request as { actor?: Actor }).actor = actor;
    checkAccess(access, actor);
  });
  const actorOf = (request: FastifyRequest): Actor => (request as unknown as { actor: Actor }).actor;

  return {
    fastify: app,
    routes,
    handle(declared, run) {
      const e = declared as unknown as AnyEndpoint;
      routes.push({ method: e.method, path: e.path, access: e.access });
      app.route({
        method: e.method,
        url: e.path,
        config: { access: e.access } as never,
        schema: {
          operationId: e.id,
          summary: e.summary,
          tags: [e.module],
          ...(e.params ? { params: e.params } : {}),
          ...(e.query ? { querystring: e.query } : {}),
          ...(e.body ? { body: e.body } : {}),
          response: { [e.status ?? 200]: e.reply },
        },
        handler: async (request, reply) => {
          const key = request.headers['idempotency-key'];
          const result = await run({
            actor: actorOf(request),
            params: request.params as never,
            query: request.query as never,
            body: request.body as never,
            idempotencyKey: typeof key === 'string' && key.length > 0 ? key.slice(0, 200) : undefined,
            request,
            reply,
          });
          if (reply.sent) return reply;
          return reply.status(e.status ?? 200).send(result as Static<TSchema>);
        },
      });
    },
    page(route, run) {
      routes.push({ method: route.method, path: route.path, access: route.access });
      app.route({
        method: route.method,
        url: route.path,
        config: { access: route.access } as never,
        schema: { hide: true } as never,
        ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
        handler: async (request, reply) => {
          const result = await run({ actor: actorOf(request), request, reply });
          return reply.sent ? reply : result;
        },
      });
    },
  };
}
