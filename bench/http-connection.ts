import net from 'node:net';

export type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Answered = { readonly status: number; readonly body: Buffer; readonly headers: string };

/** One kept-alive HTTP/1.1 connection: one request at a time, as little work of the client's own as possible. */
export type Connection = { ask(request: Asked): Promise<Answered>; close(): void };

export function connect(
  host: string,
  port: number,
  always: Readonly<Record<string, string>> = {},
): Promise<Connection> {
  const socket = net.connect({ host, port, noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve(answer: Answered): void; reject(error: Error): void } | undefined;
  const fail = (error: Error): void => {
    const mine = waiting;
    waiting = undefined;
    mine?.reject(error);
  };
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = takeAnswer(received);
    if (!answer) return;
    received = received.subarray(answer.length);
    const mine = waiting;
    waiting = undefined;
    mine?.resolve(answer.answer);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('connection closed')));
  const fixed = Object.entries({ host: `${host}:${port}`, connection: 'keep-alive', ...always })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const connection: Connection = {
    ask: ({ method, path, body, headers }) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        const text = body === undefined ? '' : JSON.stringify(body);
        const own = Object.entries(headers ?? {})
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('');
        const length =
          body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
        socket.write(`${method} ${path} HTTP/1.1\r\n${fixed}${own}${length}\r\n${text}`);
      }),
    close: () => socket.destroy(),
  };
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(connection));
    socket.once('error', reject);
  });
}

const END = Buffer.from('\r\n\r\n');

/** The first whole answer in the buffer, with its length; undefined where more is to come. */
function takeAnswer(data: Buffer): { answer: Answered; length: number } | undefined {
  const head = data.indexOf(END);
  if (head < 0) return undefined;
  const headers = data.toString('latin1', 0, head);
  const status = Number(headers.slice(9, 12));
  const start = head + 4;
  const declared = /^content-length: (\d+)/im.exec(headers)?.[1];
  if (declared !== undefined || status === 204 || status === 304) {
    const length = Number(declared ?? 0);
    if (data.length < start + length) return undefined;
    return { answer: { status, headers, body: data.subarray(start, start + length) }, length: start + length };
  }
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const line = data.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(data.toString('latin1', at, line), 16);
    if (data.length < line + 2 + size + 2) return undefined;
    if (size === 0) return { answer: { status, headers, body: Buffer.concat(parts) }, length: line + 4 };
    parts.push(data.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}
