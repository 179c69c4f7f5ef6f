/** One thing looked at. `failed` keeps the system from working rightly; `warning` wants a person's eye. */
export type Finding = {
  /** Stable, for scripts: `database.reachable`. */
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly text: string;
  /** What to do; only where something is to be done. */
  readonly advice?: string;
  /** Of a failure: the data (exit 1) or the surroundings (exit 3). */
  readonly about?: 'data' | 'environment';
};

export const ok = (id: string, text: string): Finding => ({ id, status: 'ok', text });
export const warning = (id: string, text: string, advice: string): Finding => ({ id, status: 'warning', text, advice });
export const failed = (
  id: string,
  text: string,
  advice: string,
  about: 'data' | 'environment' = 'environment',
): Finding => ({
  id,
  status: 'failed',
  text,
  advice,
  about,
});
