import os from 'node:os';

/** One figure. `ratio` = value ÷ baseline where there is a baseline; `limit` is what it must reach or stay under. */
export type Result = {
  readonly id: string;
  readonly unit: string;
  readonly value: number;
  readonly baseline?: number | undefined;
  readonly ratio?: number | undefined;
  readonly limit?: number | undefined;
  readonly pass: boolean;
  /** Beside the figure: 95th percentile and throughput where the value is something else. */
  readonly p95Ms?: number;
  readonly perSecond?: number;
  readonly skipped?: string;
};

export type Machine = {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
};

export function machineOf(postgres: string): Machine {
  return {
    cpus: os.availableParallelism(),
    memoryGiB: Math.round((os.totalmem() / 1024 ** 3) * 10) / 10,
    node: process.version,
    postgres,
  };
}
