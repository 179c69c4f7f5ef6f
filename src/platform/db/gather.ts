/** Writes of several callers that travel in one statement: see `createGatherer`. */
export type GatherOptions<T, R> = {
  /**
   * Writes the items by one statement, all or none, and answers each in order. Called again with a single item where a
   * batch failed, so that nobody pays for another's fault.
   */
  readonly write: (items: readonly T[]) => Promise<readonly R[]>;
  /** True where the error proves that nothing was written, so that writing again cannot double it. */
  readonly mayRepeat: (error: unknown) => boolean;
  /** Two items of one key never travel together (two people acting on one dossier); left out, any may. */
  readonly keyOf?: (item: T) => string;
  /** Batches under way at once; further items wait and make the next batch. */
  readonly atOnce: number;
  /** Items of a batch at most. */
  readonly most: number;
};

type Waiting<T, R> = {
  readonly item: T;
  readonly key: string | undefined;
  resolve(reply: R): void;
  reject(error: unknown): void;
};

/**
 * Group commit of the application: while `atOnce` batches are under way, what comes meanwhile is gathered and written
 * together as soon as one returns. Alone, an item goes at once: nothing ever waits for company. A caller is answered
 * after its batch is committed; a batch that the database refused is written again item by item.
 *
 * @example const write = createGatherer({ write: insertAll, keyOf: (row) => row.id,
 *   mayRepeat: isRefusal, atOnce: 2, most: 32 });
 * // 16 callers at once: two statements leave with one row each, the next with the fourteen that came meanwhile.
 */
export function createGatherer<T, R>(options: GatherOptions<T, R>): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let underWay = 0;

  const alone = async (each: Waiting<T, R>): Promise<void> => {
    try {
      const [reply] = await options.write([each.item]);
      each.resolve(reply as R);
    } catch (error) {
      each.reject(error);
    }
  };

  const together = async (batch: readonly Waiting<T, R>[]): Promise<void> => {
    if (batch.length === 1) {
      for (const each of batch) await alone(each);
      return;
    }
    let replies: readonly R[];
    try {
      replies = await options.write(batch.map((each) => each.item));
    } catch (error) {
      const again = options.mayRepeat(error);
      for (const each of batch) {
        if (again) await alone(each);
        else each.reject(error);
      }
      return;
    }
    batch.forEach((each, index) => {
      each.resolve(replies[index] as R);
    });
  };

  const nextBatch = (): Waiting<T, R>[] => {
    const keys = new Set<string | undefined>();
    const batch: Waiting<T, R>[] = [];
    const left: Waiting<T, R>[] = [];
    for (const each of waiting) {
      const fits = batch.length < options.most && (each.key === undefined || !keys.has(each.key));
      (fits ? batch : left).push(each);
      keys.add(each.key);
    }
    waiting = left;
    return batch;
  };

  const start = (): void => {
    while (waiting.length > 0 && underWay < options.atOnce) {
      underWay++;
      void together(nextBatch()).finally(() => {
        underWay--;
        start();
      });
    }
  };

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, key: options.keyOf?.(item), resolve, reject });
      start();
    });
}

/**
 * A reading whose answer serves everybody who asked: what is asked while one is under way is read by the next, together.
 * Whoever asks is answered by a reading that began after that.
 * @param read is given all the questions it answers, at most `most` of them
 */
export function createSharedReader<T, R>(
  read: (asks: readonly T[]) => Promise<R>,
  most: number,
): (ask: T) => Promise<R> {
  return createGatherer<T, R>({
    write: async (asks) => {
      const found = await read(asks);
      return asks.map(() => found);
    },
    mayRepeat: () => true,
    atOnce: 1,
    most,
  });
}
