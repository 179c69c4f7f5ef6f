import { exampleIntake } from '../example-intake.ts';

export type Confirmed = { readonly key: string; readonly id: string; readonly code: string };

export type Load = {
  readonly confirmed: readonly Confirmed[];
  /** Keys of requests that got no answer, or the answer to come again. */
  readonly unanswered: readonly string[];
  /** Answers that are neither 201 nor 503: there should be none. */
  readonly wrong: readonly string[];
};

export type RunningLoad = {
  /** Waits until so many more intakes are confirmed, however slow the machine is. Throws after two minutes. */
  confirms(more: number): Promise<void>;
  stop(): Promise<Load>;
};

export type Desk = { readonly url: string; readonly cookie: string; readonly unitId: string };

/** One intake over HTTP. Undefined where nobody answered. */
export async function postIntake(desk: Desk, key: string): Promise<{ status: number; text: string } | undefined> {
  try {
    const reply = await fetch(`${desk.url}/api/dossiers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: desk.cookie, 'idempotency-key': key },
      body: JSON.stringify(exampleIntake(desk.unitId, key)),
    });
    return { status: reply.status, text: await reply.text() };
  } catch {
    return undefined;
  }
}

/**
 * Clerks taking in dossiers one after the other at several desks, until `stop` says so.
 * @param mark begins every idempotency key and every owner's name.
 */
export function startLoad(desks: readonly Desk[], mark: string, clerksPerDesk = 6): RunningLoad {
  const confirmed: Confirmed[] = [];
  const unanswered: string[] = [];
  const wrong: string[] = [];
  let going = true;
  let next = 0;
  const clerk = async (desk: Desk): Promise<void> => {
    while (going) {
      const key = `${mark}-${next++}`;
      const reply = await postIntake(desk, key);
      if (reply?.status === 201) {
        const { id, code } = JSON.parse(reply.text) as { id: string; code: string };
        confirmed.push({ key, id, code });
      } else if (reply === undefined || reply.status === 503) {
        unanswered.push(key);
        await new Promise((resolve) => setTimeout(resolve, 50));
      } else wrong.push(`${key}: ${reply.status} ${reply.text}`);
    }
  };
  const clerks = desks.flatMap((desk) => Array.from({ length: clerksPerDesk }, () => clerk(desk)));
  return {
    confirms: async (more) => {
      const wanted = confirmed.length + more;
      const begun = performance.now();
      // A wrong answer is for the test to tell, and no reason to wait on.
      while (confirmed.length < wanted && wrong.length === 0) {
        if (performance.now() - begun > 120_000) throw new Error(`${confirmed.length} of ${wanted} intakes confirmed`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    stop: async () => {
      going = false;
      await Promise.all(clerks);
      return { confirmed, unanswered, wrong };
    },
  };
}
