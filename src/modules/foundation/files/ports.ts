import type { Readable } from 'node:stream';

/** Content received into the store but not yet part of it. Either `commit` or `discard` must follow. */
export type StagedBlob = {
  /** SHA-256 of the plain content, lower-case hex. */
  readonly digest: string;
  /** Bytes of the plain content. */
  readonly size: number;
  /** The first bytes, at most 64 KiB: enough to tell the type. */
  readonly head: Buffer;
  /** The last bytes, at most 4 KiB: enough to tell whether it was cut off. */
  readonly tail: Buffer;
  /** Durable when it returns (fsync). Committing what is there already is no error. */
  commit(): Promise<void>;
  discard(): Promise<void>;
};

/** Where contents live, addressed by the SHA-256 of the plain content. Encryption at rest is the adapter's matter. */
export type BlobStore = {
  /** Reads the source to its end, also where it has more than `maxBytes`; nothing is kept then. */
  stage(source: Readable | Buffer, maxBytes: number): Promise<StagedBlob | 'too-large'>;
  /** Undefined where the store has no such content. The stream fails where the content was damaged on disk and that shows. */
  open(digest: string): Promise<Readable | undefined>;
  /** Removing what is not there is no error. */
  remove(digest: string): Promise<void>;
};
