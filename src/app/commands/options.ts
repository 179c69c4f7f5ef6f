import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { words } from '../../platform/messages/words.ts';
import { UsageError } from './command.ts';

/** Options every command takes. `--help` is handled before the command runs. */
export const COMMON = {
  json: { type: 'boolean' },
  'data-dir': { type: 'string' },
  era: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

const SAYS: Readonly<Record<string, (text: string) => string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: (text) => words('cli.options.unknown', { option: /'(.*?)'/.exec(text)?.[1] ?? '' }),
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (text) =>
    words('cli.options.value', { option: /'(.*?)'/.exec(text)?.[1] ?? text }),
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: (text) =>
    words('cli.options.surplus', { option: /'(.*?)'/.exec(text)?.[1] ?? '' }),
};

/**
 * Reads options strictly: an unknown or doubtful one is an error.
 * @throws UsageError
 */
export function readOptions<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  positionals: { readonly min: number; readonly max: number; readonly what: string } = { min: 0, max: 0, what: '' },
) {
  const parsed = parse(args, options);
  const count = parsed.positionals.length;
  if (count < positionals.min) throw new UsageError(words('cli.options.missing', { what: positionals.what }));
  if (count > positionals.max)
    throw new UsageError(words('cli.options.surplus', { option: parsed.positionals[positionals.max] ?? '' }));
  return parsed;
}

function parse<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error) || typeof error.code !== 'string') throw error;
    throw new UsageError(SAYS[error.code]?.(error.message) ?? error.message);
  }
}
