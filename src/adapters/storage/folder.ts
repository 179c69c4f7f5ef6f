import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore, StagedBlob } from '../../modules/foundation/files/ports.ts';
import { createSealing, openSealed } from './encryption.ts';

const HEAD = 64 * 1024;
const TAIL = 4 * 1024;
const DAY_MS = 86_400_000;

export type FolderOptions = {
  /** Made where absent; temporary files live in `<dir>/tmp`, so that the final rename stays on one disk. */
  readonly dir: string;
  /** 32 bytes: new contents are stored encrypted (AES-256-GCM). Contents stored before stay readable either way. */
  readonly key?: Buffer | undefined;
};

/** Content-addressed folder: `ab/cd/<sha256>`, or `<sha256>.enc` where encrypted. */
export function createFolderStore({ dir, key }: FolderOptions): BlobStore {
  const temporary = path.join(dir, 'tmp');
  fs.mkdirSync(temporary, { recursive: true });
  removeOld(temporary);
  const placeOf = (digest: string): string => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
    return path.join(dir, digest.slice(0, 2), digest.slice(2, 4), digest);
  };

  return {
    async stage(source, maxBytes) {
      const file = path.join(temporary, crypto.randomUUID());
      const watch = createWatch(maxBytes);
      // A Buffer goes in as one chunk: Readable.from(buffer) would be fine too, but an array keeps it from being iterated.
      const input = Buffer.isBuffer(source) ? Readable.from([source]) : source;
      const output = fs.createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
      try {
        await (key ? pipeline(input, watch.stream, createSealing(key), output) : pipeline(input, watch.stream, output));
      } catch (error) {
        await fs.promises.rm(file, { force: true });
        throw error;
      }
      if (watch.isTooLarge()) {
        await fs.promises.rm(file, { force: true });
        return 'too-large';
      }
      const seen = watch.result();
      const staged: StagedBlob = {
        ...seen,
        commit: () => moveIn(file, placeOf(seen.digest), key ? '.enc' : ''),
        discard: () => fs.promises.rm(file, { force: true }),
      };
      return staged;
    },

    async open(digest) {
      const place = placeOf(digest);
      if (fs.existsSync(place)) return fs.createReadStream(place);
      if (!fs.existsSync(`${place}.enc`)) return undefined;
      if (!key) throw new Error('this content is encrypted; set MOTCUA_FILES_KEY');
      return openSealed(`${place}.enc`, key);
    },

    async remove(digest) {
      const place = placeOf(digest);
      await fs.promises.rm(place, { force: true });
      await fs.promises.rm(`${place}.enc`, { force: true });
    },
  };
}

/** Counts, hashes and keeps both ends of what flows through. */
function createWatch(maxBytes: number) {
  const hash = crypto.createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      // The rest is read and dropped: a part of a posted form left unread would hold up the parts behind it for ever.
      if (size > maxBytes) return done();
      hash.update(chunk);
      if (head.length < HEAD) head = Buffer.concat([head, chunk.subarray(0, HEAD - head.length)]);
      tail = Buffer.concat([tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
      done(null, chunk);
    },
  });
  return {
    stream,
    isTooLarge: () => size > maxBytes,
    result: () => ({ digest: hash.digest('hex'), size, head, tail: Buffer.from(tail) }),
  };
}

async function moveIn(file: string, place: string, suffix: string): Promise<void> {
  const folder = path.dirname(place);
  if (fs.existsSync(place) || fs.existsSync(`${place}.enc`)) {
    await fs.promises.rm(file, { force: true });
    return;
  }
  const made = await fs.promises.mkdir(folder, { recursive: true });
  await fs.promises.rename(file, place + suffix);
  await syncFolder(folder);
  // New folders are entries of their parents, up to the one that was there before.
  if (!made) return;
  for (let up = folder; up !== path.dirname(made); up = path.dirname(up)) await syncFolder(path.dirname(up));
}

/** A rename is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.promises.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What uploads interrupted by a crash left behind. */
function removeOld(temporary: string): void {
  for (const name of fs.readdirSync(temporary)) {
    const file = path.join(temporary, name);
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat && stat.mtimeMs < Date.now() - DAY_MS) fs.rmSync(file, { force: true });
  }
}
