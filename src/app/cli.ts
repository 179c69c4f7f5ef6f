import path from 'node:path';
import { words } from '../platform/messages/words.ts';
import { COMMANDS, overview } from './commands/catalogue.ts';
import type { ExitCode, Io } from './commands/command.ts';

/** Runs one command and leaves its exit code in `process.exitCode`; `serve` goes on in the background. */
export async function main(argv: readonly string[]): Promise<void> {
  // `motcua due … | head` closes the pipe early: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await runCli(argv, processIo());
}

/** The same with its surroundings given, for tests. */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.note : io.out)(overview());
    return name === undefined ? 2 : 0;
  }
  const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!listed) {
    io.note(words('cli.overview.no-command', { name, overview: overview() }));
    return 2;
  }
  const command = await listed();
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (options.includes('--help') || options.includes('-h')) {
    io.out(words(`cli.${name}.usage`));
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    const { explain } = await import('./commands/explain.ts');
    const { exit, code, message } = explain(error, name);
    if (options.includes('--json')) io.out(JSON.stringify({ error: { code, message } }));
    io.note(message);
    if (exit === 2) io.note(words('cli.overview.see', { name }));
    return exit;
  }
}

function processIo(): Io {
  const { env } = process;
  // npm runs a script in the project's folder; INIT_CWD is where the person is.
  const from = env['npm_lifecycle_event'] === 'motcua' ? (env['INIT_CWD'] ?? process.cwd()) : process.cwd();
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    env,
    path: (typed) => path.resolve(from, typed),
    interactive: process.stdin.isTTY === true,
  };
}
