import type { Readable } from 'node:stream';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { type CheckedUpload, checkUpload, type UploadOptions } from './check-upload.ts';
import type { BlobStore } from './ports.ts';
import {
  changeHold,
  changeOwner,
  type FileOwner,
  type FileReference,
  findByIds,
  findByOwner,
  insertReference,
  markErased,
  type StoredReference,
  takeUnused,
  touchBlob,
} from './store.ts';

export type OpenedFile = { readonly reference: FileReference; readonly content: Readable };

/**
 * Files by reference. This module knows no rights: **the module that owns the object decides who may see or change
 * its files, and calls this only afterwards.** `createdBy` is taken from the actor.
 */
export type FilesService = {
  /** Takes an upload in and checks it. Then `attach` it inside the owner's transaction, or `discard` it. */
  checkUpload(source: Readable | Buffer, options: UploadOptions): Promise<CheckedUpload>;
  /** Makes the checked upload a file of the owner. The content is durable before the transaction can commit. */
  attach(trx: Db, actor: Actor, upload: CheckedUpload, owner: FileOwner, kind: string): Promise<FileReference>;
  /** As `attach`, for a document made by the system itself. */
  attachMade(
    trx: Db,
    actor: Actor,
    made: { content: Buffer; name: string; mime: string },
    owner: FileOwner,
    kind: string,
  ): Promise<FileReference>;
  /** A second reference to a content the caller may already read: reuse of a result, copies for a child dossier. */
  reuse(trx: Db, actor: Actor, id: string, owner: FileOwner, kind: string): Promise<FileReference>;
  /** Hands files over, all or none, e.g. from a draft to the dossier made from it. @throws row/missing */
  move(trx: Db, ids: readonly string[], from: FileOwner, to: FileOwner): Promise<void>;
  listOf(db: Db, owner: FileOwner): Promise<readonly FileReference[]>;
  /** The reference with its owner, for the owner's check. @throws row/missing */
  getReference(id: string): Promise<FileReference>;
  /** Opens the content. @throws row/missing also where the content was erased. */
  openReference(id: string): Promise<OpenedFile>;
  setLegalHold(trx: Db, owner: FileOwner, hold: boolean): Promise<void>;
  /** Lawful erasure of one file; false where it is held, erased already or missing. The content goes with its last reference, a day later. */
  erase(trx: Db, id: string): Promise<boolean>;
  /** Removes contents without a live reference that nobody used for a day. @returns how many. */
  sweepOnce(): Promise<number>;
};

const DAY_MS = 86_400_000;
const SWEEP = 100;

export type FilesDeps = { readonly db: Pool; readonly store: BlobStore; readonly clock: Clock };

export function createFilesService({ db, store, clock }: FilesDeps): FilesService {
  const add = async (trx: Db, actor: Actor, { commit, ...file }: NewFile): Promise<FileReference> => {
    const createdAt = clock.now();
    const reference: StoredReference = {
      ...file,
      id: uuidv7(createdAt),
      createdBy: actorRef(actor),
      createdAt,
      legalHold: false,
      scanStatus: 'not-scanned',
    };
    // The row first: it locks the sweeper out while the content moves in. Real time: a shifted business clock must not
    // make a fresh content look a year old.
    await touchBlob(trx, { digest: file.digest, size: file.size, mime: file.mime, at: new Date() });
    await commit?.();
    await insertReference(trx, reference);
    return shown(reference);
  };
  const get = async (id: string): Promise<StoredReference> => {
    const [reference] = isUuid(id) ? await findByIds(db, [id]) : [];
    if (!reference) throw new AppError('row/missing');
    return reference;
  };

  return {
    checkUpload: (source, options) => checkUpload(store, source, options),
    attach: (trx, actor, { name, mime, staged }, owner, kind) =>
      add(trx, actor, { name, mime, owner, kind, digest: staged.digest, size: staged.size, commit: staged.commit }),
    async attachMade(trx, actor, { content, name, mime }, owner, kind) {
      const staged = await store.stage(content, content.length);
      if (staged === 'too-large') throw new Error('a content is never larger than itself');
      const { digest, size, commit } = staged;
      return add(trx, actor, { name, mime, owner, kind, digest, size, commit });
    },
    async reuse(trx, actor, id, owner, kind) {
      const { digest, size, name, mime } = await get(id);
      return add(trx, actor, { name, mime, owner, kind, digest, size });
    },
    async move(trx, ids, from, to) {
      const wanted = new Set(ids);
      const moved = [...wanted].every(isUuid) ? await changeOwner(trx, [...wanted], from, to) : [];
      if (moved.length !== wanted.size) throw new AppError('row/missing');
    },
    listOf: async (trx, owner) => (await findByOwner(trx, owner)).map(shown),
    getReference: async (id) => shown(await get(id)),
    async openReference(id) {
      const reference = await get(id);
      const content = await store.open(reference.digest);
      if (!content) throw new Error(`content of file ${id} is missing from the store`);
      return { reference: shown(reference), content };
    },
    setLegalHold: changeHold,
    erase: (trx, id) => markErased(trx, id, clock.now()),
    sweepOnce: () =>
      db.transaction().execute(async (trx) => {
        const digests = await takeUnused(trx, new Date(Date.now() - DAY_MS), SWEEP);
        for (const digest of digests) await store.remove(digest);
        return digests.length;
      }),
  };
}

/** Sweeps once an hour. */
export function createFilesTimers(service: FilesService): readonly Timer[] {
  return [{ name: 'files.sweep', everyMs: 3_600_000, run: async () => (await service.sweepOnce()) === SWEEP }];
}

type NewFile = Pick<StoredReference, 'name' | 'mime' | 'owner' | 'kind' | 'digest' | 'size'> & {
  readonly commit?: () => Promise<void>;
};

/** Without the digest, which never leaves this module. */
function shown({ digest: _, ...reference }: StoredReference): FileReference {
  return reference;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
