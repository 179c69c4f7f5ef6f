import type { Day } from '../../../core/time/index.ts';
import type { ProcedureDefinition } from './rules/definition.ts';

export type RevisionStatus = 'draft' | 'published' | 'discarded';
export type RevisionOrigin = 'content' | 'national' | 'editor';

/** A revision without its content: what lists show. */
export type RevisionHead = {
  readonly id: string;
  readonly code: string;
  readonly revision: string;
  readonly name: string;
  readonly status: RevisionStatus;
  readonly version: number;
  readonly fieldCode: string;
  readonly fieldName: string;
  readonly levels: readonly string[];
  readonly onlineLevel: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly verified: boolean;
  readonly origin: RevisionOrigin;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
};
export type RevisionRow = RevisionHead & { readonly definition: ProcedureDefinition; readonly digest: string };

/** Columns of a head, in the order of `headOf`. */
export const HEAD = [
  'id',
  'code',
  'revision',
  'name',
  'status',
  'version',
  'field_code',
  'field_name',
  'levels',
  'online_level',
  'valid_from',
  'valid_to',
  'verified',
  'origin',
  'created_at',
  'created_by',
  'published_at',
  'published_by',
] as const;

type HeadColumns = {
  id: string;
  code: string;
  revision: string;
  name: string;
  status: string;
  version: number;
  field_code: string;
  field_name: string;
  levels: string[];
  online_level: string;
  valid_from: string;
  valid_to: string | null;
  verified: boolean;
  origin: string;
  created_at: Date;
  created_by: string;
  published_at: Date | null;
  published_by: string | null;
};

/** A row as the rest of the module knows it. */
export function headOf(row: HeadColumns): RevisionHead {
  return {
    id: row.id,
    code: row.code,
    revision: row.revision,
    name: row.name,
    status: row.status as RevisionStatus,
    version: row.version,
    fieldCode: row.field_code,
    fieldName: row.field_name,
    levels: row.levels,
    onlineLevel: row.online_level,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    verified: row.verified,
    origin: row.origin as RevisionOrigin,
    createdAt: row.created_at,
    createdBy: row.created_by,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
  };
}
