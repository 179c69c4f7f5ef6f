import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, errorText } from '../errors/app-error.ts';
import { ERRORS, type ErrorCode } from '../errors/registry.ts';
import { words } from '../messages/words.ts';

/** The body of every failed API call (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly fields?: readonly { path: string; code: string; message: string }[];
  readonly [extra: string]: unknown;
};

function problemOf(error: AppError, request: FastifyRequest): Problem {
  return {
    type: `urn:motcua:${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    code: error.code,
    detail: errorText(error.code, error.details.params),
    requestId: request.id,
    ...(error.details.fields ? { fields: [...error.details.fields] } : {}),
    ...error.details.extra,
  };
}

/** HTML, or another address of ours the browser is sent to; undefined: the problem itself is answered. */
export type ErrorAnswer = string | { readonly goTo: string } | undefined;
/** Pages answer errors as pages: the portal sets this. */
export type ErrorPage = (error: AppError | undefined, request: FastifyRequest) => Promise<ErrorAnswer>;

let errorPage: ErrorPage | undefined;
/** Lets the composition root plug in the portal's error page for what a person opens in a browser. */
export function setErrorPage(page: ErrorPage | undefined): void {
  errorPage = page;
}

function known(error: FastifyError): AppError | undefined {
  if (error instanceof AppError) return error;
  // An address that cannot be one of ours leads nowhere: the same answer as for a row that is missing.
  if (error.validation && error.validationContext === 'params') return new AppError('row/missing');
  if (error.validation) {
    const fields = error.validation.map((v) => ({
      path: `${error.validationContext ?? 'body'}${v.instancePath ?? ''}`.replaceAll('/', '.'),
      code: v.keyword ?? 'invalid',
      message: v.message ?? '',
    }));
    return new AppError('request/invalid', { fields });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY')
    return new AppError('request/invalid', { fields: [{ path: 'body', code: 'json', message: words('shapes.json') }] });
  const byCode: Partial<Record<string, ErrorCode>> = {
    FST_ERR_CTP_BODY_TOO_LARGE: 'request/too-large',
    FST_REQ_FILE_TOO_LARGE: 'request/too-large',
    FST_FILES_LIMIT: 'request/too-large',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request/unsupported-media',
    FST_INVALID_MULTIPART_CONTENT_TYPE: 'request/unsupported-media',
  };
  const code = byCode[error.code ?? ''];
  if (code) return new AppError(code, { params: { limit: '25 MB' } });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new AppError('request/invalid');
  return undefined;
}

/**
 * Whether a person reads the answer in a tab of a browser. Below `/api/` that is a file or a list opened as an address: scripts
 * and programs ask there too and want the problem itself. Browsers tell how they ask over https only.
 */
function isReadByPerson(request: FastifyRequest): boolean {
  if (!(request.headers.accept ?? '').includes('text/html')) return false;
  if (!request.url.startsWith('/api/')) return true;
  const mode = request.headers['sec-fetch-mode'];
  return request.method === 'GET' && (mode === undefined || mode === 'navigate');
}

async function answer(error: AppError | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const status = error?.status ?? 500;
  if (error && status === 429) {
    const { seconds, minutes } = error.details.params ?? {};
    const wait = typeof seconds === 'number' ? seconds : typeof minutes === 'number' ? minutes * 60 : undefined;
    if (wait !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(wait))));
  }
  if (errorPage && isReadByPerson(request)) {
    const shown = await errorPage(error, request).catch(() => undefined);
    if (typeof shown === 'string') {
      await reply.status(status).type('text/html; charset=utf-8').send(shown);
      return;
    }
    if (shown) {
      await reply.header('cache-control', 'no-store').redirect(shown.goTo, 303);
      return;
    }
  }
  const problem: Problem = error
    ? problemOf(error, request)
    : {
        type: 'urn:motcua:bug',
        title: 'Internal error',
        status: 500,
        code: 'bug',
        detail: words('server.http.bug'),
        requestId: request.id,
      };
  await reply.status(status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problem);
}

/** An address that is no text at all (`%zz`): Fastify knows no route for it and asks no hook. */
export async function answerBadAddress(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await answer(new AppError('row/missing'), request, reply);
}

/** Database faults that go away by themselves (restart, failover): told as 503 so that clients try again. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
  'EPIPE',
  'ETIMEDOUT',
  '58P01',
  '58000',
]);

export function installErrorHandlers(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const expected = known(error);
    if (expected) return answer(expected, request, reply);
    if (
      PASSING.has(error.code ?? '') ||
      /Connection terminated|connection error|Connection ended|timeout exceeded when trying to connect/.test(
        error.message,
      )
    ) {
      request.log.error({ err: error }, 'database out of reach');
      return answer(new AppError('service/unavailable'), request, reply);
    }
    request.log.error({ err: error, route: request.routeOptions.url }, 'bug');
    return answer(undefined, request, reply);
  });
  app.setNotFoundHandler(async (request, reply) => answer(new AppError('row/missing'), request, reply));
}
