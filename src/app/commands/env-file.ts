import fs from 'node:fs';
import { words } from '../../platform/messages/words.ts';
import { DataError } from './command.ts';

/**
 * Text of a settings file that systemd's `EnvironmentFile`, a shell and Node read alike. Undefined values are left
 * out; a name beginning with `#` is written as a comment, to be switched on by hand.
 * @throws DataError where a value cannot be written so that all three agree (line breaks, both kinds of quotes).
 */
export function envFileText(settings: Readonly<Record<string, string | undefined>>, heading: string): string {
  const lines = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${quoted(name, value)}`],
  );
  return `${heading.replace(/^/gm, '# ')}\n${lines.join('\n')}\n`;
}

function quoted(name: string, value: string): string {
  if (/^[\w@%+=:,./?&-]*$/.test(value)) return value;
  if (!/['\n\r]/.test(value)) return `'${value}'`;
  if (!/["\\$`\n\r]/.test(value)) return `"${value}"`;
  throw new DataError('settings/unwritable', words('cli.settings.unwritable', { name }));
}

/** Writes a file only its owner may read (mode 600), whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const temporary = `${file}.new`;
  fs.rmSync(temporary, { force: true });
  fs.writeFileSync(temporary, text, { mode: 0o600, flush: true });
  fs.renameSync(temporary, file);
}
