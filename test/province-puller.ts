import crypto from 'node:crypto';
import net from 'node:net';

/** What the simulator of a province's system read of a version. */
export type Pulled = {
  readonly seq: number;
  readonly id: string;
  readonly no: number;
  readonly lastNo: number;
  readonly unitName: string;
  readonly state: string;
  readonly document: string;
  readonly digest: string;
};

/** How it decides on a version: take it, send it back, say nothing yet. */
export type Verdict = { readonly status: 'accepted' } | { readonly status: 'returned'; readonly reason: string } | null;

/** How it misbehaves. */
export type Habits = {
  /** Sends every status twice, and reads every page twice. */
  readonly repeats?: boolean;
  /** Milliseconds between reading a version and telling about it. */
  readonly delayMs?: number;
  /** Tells another digest than that of what it read. */
  readonly lies?: boolean;
  /** Hangs up before it has read the answer to a status, then tries again as if nothing had been said. */
  readonly hangsUp?: boolean;
};

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/**
 * A simulator of the system of a province that pulls reports over a socket, by the how-to
 * `docs/how-to/pull-reports.md`: pages since its cursor, each version with its digest checked, status back.
 */
export function createProvincePuller(baseUrl: string, key: string, habits: Habits = {}) {
  let cursor = 0;
  const answers: Answer[] = [];

  async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
    answers.push(answer);
    return answer;
  }

  /** Everything sent since the cursor, each document checked against its digest. @throws Error where one is not what it says */
  async function pull(limit = 2): Promise<Pulled[]> {
    const pulled: Pulled[] = [];
    for (;;) {
      const path = `/api/exchange/reports?after=${cursor}&limit=${limit}`;
      const page = await ask('GET', path);
      if (page.status !== 200) throw new Error(`${page.status} ${JSON.stringify(page.body)}`);
      if (habits.repeats) {
        const again = await ask('GET', path);
        if (JSON.stringify(again.body) !== JSON.stringify(page.body)) throw new Error('the same page twice differs');
      }
      for (const { id, no } of page.body['items'] as { id: string; no: number }[]) {
        const { body } = await ask('GET', `/api/exchange/reports/${id}/versions/${no}`);
        const one = body as unknown as Pulled;
        if (crypto.createHash('sha256').update(one.document).digest('hex') !== one.digest)
          throw new Error(`version ${no} of ${id} is not what its digest says`);
        pulled.push(one);
      }
      cursor = page.body['next'] as number;
      if (page.body['more'] !== true) return pulled;
    }
  }

  /** Tells what became of a version. @returns the last answer */
  async function tell(
    { id, no, digest }: Pulled,
    verdict: { readonly status: 'received' | 'accepted' | 'returned'; readonly reason?: string },
  ): Promise<Answer> {
    if (habits.delayMs) await new Promise((resolve) => setTimeout(resolve, habits.delayMs));
    const path = `/api/exchange/reports/${id}/versions/${no}/status`;
    const body = { ...verdict, digest: habits.lies ? digest.replaceAll(/[0-7]/g, 'f') : digest };
    if (habits.hangsUp) await sendAndHangUp(baseUrl, path, key, body);
    const answer = await ask('POST', path, body);
    return habits.repeats ? ask('POST', path, body) : answer;
  }

  /** One round: pulls what is new, says that it has it, then decides. */
  async function round(decide: (one: Pulled) => Verdict): Promise<{ pulled: Pulled[]; told: Answer[] }> {
    const pulled = await pull();
    const told: Answer[] = [];
    for (const one of pulled) {
      told.push(await tell(one, { status: 'received' }));
      const verdict = decide(one);
      if (verdict) told.push(await tell(one, verdict));
    }
    return { pulled, told };
  }

  return {
    pull,
    tell,
    round,
    ask,
    answers,
    /** Forgets what it has pulled, as after a restore of its own. */
    forget: (): void => {
      cursor = 0;
    },
  };
}

/** Sends a whole request, and closes the socket as soon as the first byte of an answer comes. */
async function sendAndHangUp(baseUrl: string, path: string, key: string, body: object): Promise<void> {
  const { hostname, port } = new URL(baseUrl);
  const text = JSON.stringify(body);
  await new Promise<void>((resolve, reject) => {
    const socket = net.connect(Number(port), hostname);
    socket.on('error', reject);
    socket.on('connect', () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${key}\r\n` +
          `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
    });
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
  });
}
