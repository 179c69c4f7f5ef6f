import crypto from 'node:crypto';
import { canonicalJson } from './rules/canonical-json.ts';

/** The fixed fields of an entry: what the chain protects for ever. Personal data is in here only as a salted digest. */
export type FixedFields = {
  readonly id: string;
  readonly chainId: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly assurance: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  /** SHA-256 in hex, or null where the entry never had an erasable part. */
  readonly payloadDigest: string | null;
};

/** Hash before the first link of every chain: 64 zeros. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 (hex) over the canonical JSON array of the fixed fields, in the order written here; instants as UTC milliseconds. */
export function entryHash(fields: FixedFields): string {
  const document = [
    'motcua-audit-1',
    fields.id,
    fields.chainId,
    fields.occurredAt.getTime(),
    fields.recordedAt.getTime(),
    fields.actor,
    fields.assurance,
    fields.action,
    fields.objectType,
    fields.objectId,
    fields.payloadDigest,
  ];
  return crypto.hash('sha256', JSON.stringify(document), 'hex');
}

/** SHA-256 (hex) that binds an entry to its place: chain, number and the link before. */
export function linkHash(chainId: string, seq: number, prevHash: string, ofEntry: string): string {
  return crypto.hash('sha256', JSON.stringify(['motcua-link-1', chainId, seq, prevHash, ofEntry]), 'hex');
}

/**
 * Salted SHA-256 (hex) of the erasable part. The salt (16 random bytes, hex) is erased with the part: without it a
 * digest of twelve digits could be found by trying all of them.
 */
export function payloadDigest(saltHex: string, address: string | null, payload: unknown): string {
  return crypto.hash('sha256', `${saltHex}\n${canonicalJson({ address, payload })}`, 'hex');
}

/** A fresh salt, 16 bytes in hex. */
export function newSalt(): string {
  return crypto.randomBytes(16).toString('hex');
}
