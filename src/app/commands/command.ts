/** 0 done · 1 data errors, told one by one · 2 wrong usage · 3 environment (no database, no rights, no space). */
export type ExitCode = 0 | 1 | 2 | 3;

/** Where a command writes: the answer on stdout, everything else on stderr. */
export type Io = {
  /** One line of the answer. */
  out(line: string): void;
  /** One line for people beside the answer: progress, warnings, advice. */
  note(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves a path as the person typed it: npm changes the working folder to the project's. */
  path(typed: string): string;
  readonly interactive: boolean;
};

export type Command = {
  run(args: readonly string[], io: Io): Promise<ExitCode>;
};

/** The command was called wrongly: exit 2. The message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The machine lacks something: database, rights, disk space. Exit 3. The message says what to do. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** The data given are wrong: exit 1. `code` is stable, for scripts. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
