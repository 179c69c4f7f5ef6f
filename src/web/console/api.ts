import type { TSchema } from 'typebox';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf } from '../../core/contract/endpoint.ts';
import { ApiError } from './api-error.ts';

/** The part of an endpoint's declaration a call needs. */
export type Declared = {
  readonly method: string;
  readonly path: string;
  readonly reply: TSchema;
};

type Part<Name extends string, T> = T extends undefined
  ? { readonly [N in Name]?: undefined }
  : { readonly [N in Name]: T };

/** What a call needs, from the endpoint's own declaration: parts it does not declare cannot be given. */
export type CallInput<E> = Part<'params', ParamsOf<E>> & Part<'query', QueryOf<E>> & Part<'body', BodyOf<E>>;

export interface CallOptions {
  /** Same key twice → one effect. Make it when the person opens the form, not when she presses the button. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** False for calls that must not open the sign-in dialog (the question "who am I" itself). */
  askSignIn?: boolean;
}

/** Opens the sign-in dialog over the present screen; true once signed in, false when given up. */
export type AskSignIn = () => Promise<boolean>;

let askSignIn: AskSignIn | undefined;
let networkText = 'network';
let fileChangedText = 'file-changed';

/** The shell plugs in its dialog and its texts; without them a 401 is an error like any other. */
export function configureApi(options: { askSignIn?: AskSignIn; networkText?: string; fileChangedText?: string }): void {
  askSignIn = options.askSignIn;
  networkText = options.networkText ?? networkText;
  fileChangedText = options.fileChangedText ?? fileChangedText;
}

/**
 * Calls an endpoint declared in a module's contract; input and reply are typed from it.
 *
 *     const page = await call(listDossiers, { query: { page: 1 } });
 *
 * After a 401 the sign-in dialog opens above the screen, so nothing typed is lost, and the same request is sent
 * again. @throws ApiError for every refusal, with code `network` when no answer came, `file-changed` when a file to be sent is
 * another one than was chosen.
 */
export async function call<const E extends Declared>(
  endpoint: E,
  input: CallInput<E>,
  options: CallOptions = {},
): Promise<ReplyOf<E>> {
  const request = toRequest(endpoint, input as unknown as LooseInput, options);
  return (await read(await sendSignedIn(request.url, request.init, options.askSignIn))) as ReplyOf<E>;
}

/**
 * A file the interface makes, with the name it gives it; asks for sign-in like `call`. @throws ApiError like `call`: a refusal
 * is told on the screen, where the browser would leave the screen for it or save nothing without a word.
 */
export async function fetchFile(url: string): Promise<{ readonly name: string; readonly blob: Blob }> {
  const response = await sendSignedIn(url, { credentials: 'same-origin' });
  if (!response.ok) await read(response);
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return { name: named ?? new URL(response.url).pathname.split('/').at(-1) ?? '', blob: await response.blob() };
}

async function sendSignedIn(url: string, init: RequestInit, ask = true): Promise<Response> {
  const first = await send(url, init);
  return first.status === 401 && askSignIn && ask && (await askSignIn()) ? send(url, init) : first;
}

interface LooseInput {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
}

/** Address and init of the request; exported for tests. Empty query members are left out. */
export function toRequest(endpoint: Declared, input: LooseInput, options: CallOptions = {}) {
  const path = endpoint.path.replaceAll(/(?<=\/):(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const headers: Record<string, string> = { accept: 'application/json' };
  if (input.body !== undefined && !(input.body instanceof FormData)) headers['content-type'] = 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' };
  if (input.body !== undefined) init.body = input.body instanceof FormData ? input.body : JSON.stringify(input.body);
  if (options.signal) init.signal = options.signal;
  const search = query.toString();
  return { url: search === '' ? path : `${path}?${search}`, init };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    if (init.body instanceof FormData && (await isAnyUnreadable(init.body)))
      throw new ApiError(0, { code: 'file-changed' }, fileChangedText);
    throw new ApiError(0, {}, networkText);
  }
}

/** Browsers refuse to read a file that was saved again since it was chosen, and fail the request like a broken line. */
async function isAnyUnreadable(body: FormData): Promise<boolean> {
  const files = [...body.values()].filter((value) => typeof value !== 'string');
  const read = await Promise.allSettled(files.map((file) => file.slice(0, 1).arrayBuffer()));
  return read.some((one) => one.status === 'rejected');
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  const body = parseJson(text);
  if (response.ok && body !== undefined) return body;
  throw new ApiError(response.status, isRecord(body) ? body : {}, networkText);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
