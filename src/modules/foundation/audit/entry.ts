import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { newSalt, payloadDigest } from './hashing.ts';
import { storable } from './rules/canonical-json.ts';

/** The chain of facts that belong to no authority: sign-ins, settings, imports. */
export const INSTALLATION_CHAIN = 'installation';

/** One act or one reading of personal data, to be recorded in the transaction of the act. */
export type AuditEntry = {
  /** UUIDv7; made from `occurredAt` where absent. */
  readonly id?: string;
  /** Id of the authority's unit, or `INSTALLATION_CHAIN`. */
  readonly chainId: string;
  readonly occurredAt: Date;
  readonly actor: Actor;
  /** `module.verb` in the imperative: `dossier.receive`, `dossier.read`. */
  readonly action: string;
  /** `type` in kebab-case (`dossier`, `unit`); `id` is never personal data. */
  readonly object: { readonly type: string; readonly id: string };
  /** Details, also personal ones; the only part besides the network address that may be erased later. */
  readonly payload?: unknown;
};

/**
 * A row of `audit.entry` with plain JSON values: usable as parameters one by one or inside a `jsonb_to_recordset`.
 * `payload` is JSON text's value (object, array, text …); salt and digest are bytea in PostgreSQL's `\x…` form.
 */
export type AuditRow = {
  readonly id: string;
  readonly chain_id: string;
  readonly occurred_at: string;
  readonly actor: string;
  readonly assurance: string;
  readonly action: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly address: string | null;
  readonly payload: unknown;
  readonly payload_salt: string | null;
  readonly payload_digest: string | null;
};

/** Columns of an insert into `audit.entry`, in the order of `AUDIT_RECORD`. */
export const AUDIT_COLUMNS =
  'id, chain_id, occurred_at, actor, assurance, action, object_type, object_id, address, payload, payload_salt, payload_digest';

/**
 * Column definitions for `jsonb_to_recordset($n::jsonb) as t(AUDIT_RECORD)`, in the order of `AUDIT_COLUMNS`.
 * @example insert into audit.entry (AUDIT_COLUMNS) select AUDIT_COLUMNS from jsonb_to_recordset($1) as t(AUDIT_RECORD)
 */
export const AUDIT_RECORD =
  'id uuid, chain_id text, occurred_at timestamptz, actor text, assurance text, action text, object_type text, object_id text, address text, payload jsonb, payload_salt bytea, payload_digest bytea';

/** Makes the row of an entry, salted and digested, for callers that put the insert into a statement of their own. */
export function auditRow(entry: AuditEntry): AuditRow {
  const { actor } = entry;
  const address = actor.kind === 'system' ? null : actor.address;
  const payload = payloadOf(entry);
  const salt = address === null && payload === null ? null : newSalt();
  return {
    id: entry.id ?? uuidv7(entry.occurredAt),
    chain_id: entry.chainId,
    occurred_at: entry.occurredAt.toISOString(),
    actor: actorRef(actor),
    assurance: actor.assurance,
    action: entry.action,
    object_type: entry.object.type,
    object_id: entry.object.id,
    address,
    payload,
    payload_salt: salt === null ? null : `\\x${salt}`,
    payload_digest: salt === null ? null : `\\x${payloadDigest(salt, address, payload)}`,
  };
}

/** Details of the act; of somebody who acts for absent colleagues at that time also for whom (ids). */
function payloadOf({ actor, payload }: AuditEntry): unknown {
  const told = payload === undefined ? null : storable(payload);
  const actingFor = actor.kind === 'staff' ? (actor.actingFor ?? []).map((acting) => acting.staffId) : [];
  if (actingFor.length === 0) return told;
  if (told === null) return { actingFor };
  return typeof told === 'object' && !Array.isArray(told) ? { ...told, actingFor } : { value: told, actingFor };
}
