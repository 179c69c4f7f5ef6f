import { fork } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './app-process.ts';
import type { Load, Measured } from './jobs.ts';

/** Runs a load in a process of its own. @throws Error where it could not even connect. */
export function putLoad(load: Load): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(ROOT, 'bench/load-process.ts'), { execPath: process.execPath });
    let measured: Measured | undefined;
    child.on('message', (message) => {
      measured = message as Measured;
    });
    child.on('exit', () => (measured ? resolve(measured) : reject(new Error('the load process failed'))));
    child.send(load);
  });
}
