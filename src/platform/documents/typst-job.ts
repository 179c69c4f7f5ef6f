/** What crosses the border of the process; plain data only. */
export type TypstJob = {
  readonly id: number;
  readonly template: string;
  /** File name → Typst source that the template may `#import`. */
  readonly sources: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly data: string;
  readonly title: string;
  readonly createdAtSeconds: number;
};

export type TypstReply =
  | {
      readonly id: number;
      readonly ok: true;
      readonly pdf: Uint8Array;
      readonly pages: number;
      readonly unprintable: readonly string[];
      /** Resident size of the process after the job. */
      readonly memoryMib: number;
    }
  | { readonly id: number; readonly ok: false; readonly problems: readonly string[] };
