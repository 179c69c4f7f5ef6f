import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { words } from '../../platform/messages/words.ts';
import { DataError, EnvironmentError } from './command.ts';

/** Puts a backup folder into one `.tar` beside it and removes the folder and its (then empty) parent. */
export function packFolder(folder: string, target: string): string {
  const temporary = `${target}.part`;
  const old = process.umask(0o077);
  try {
    runTar(['-cf', temporary, '-C', path.dirname(folder), path.basename(folder)]);
    fs.renameSync(temporary, target);
  } finally {
    process.umask(old);
    fs.rmSync(temporary, { force: true });
    fs.rmSync(path.dirname(folder), { recursive: true, force: true });
  }
  return target;
}

/** Unpacks a `.tar` made by `packFolder` into a new folder below `parent`. @returns the backup's folder. */
export function unpackFolder(file: string, parent: string): string {
  runTar(['-xf', file, '-C', parent, '--no-same-owner'], () => {
    throw new DataError('restore/damaged', words('cli.pack.damaged', { file }));
  });
  const [name, ...more] = fs.readdirSync(parent);
  if (name === undefined) throw new DataError('restore/damaged', words('cli.pack.empty', { file }));
  if (more.length > 0 || !fs.lstatSync(path.join(parent, name)).isDirectory())
    throw new DataError('restore/damaged', words('cli.pack.not-one-folder', { file }));
  return path.join(parent, name);
}

function runTar(args: readonly string[], onFailure?: () => never): void {
  const done = spawnSync('tar', args, { encoding: 'utf8' });
  if (done.error) throw new EnvironmentError(words('cli.pack.no-tar'));
  if (done.status === 0) return;
  onFailure?.();
  throw new EnvironmentError(`tar: ${done.stderr.trim()}`);
}
