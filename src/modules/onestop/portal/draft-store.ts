import { type RawBuilder, sql } from 'kysely';
import type { FormValues } from '../../../core/forms/evaluate.ts';
import type { FileValue } from '../../../core/forms/read-file.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { FiledDossier } from './ports.ts';

/** A filing that is being written. */
export type Draft = {
  readonly id: string;
  readonly accountId: string | null;
  readonly procedureCode: string;
  readonly revisionId: string;
  readonly caseId: string | null;
  readonly deskUnitId: string;
  readonly version: number;
  readonly applicant: FormValues;
  readonly answers: FormValues;
  /** Values of an older form revision that the present one does not know. */
  readonly leftover: FormValues;
  readonly resultChoice: FormValues;
  /** Files by component id. */
  readonly papers: Readonly<Record<string, readonly FileValue[]>>;
  readonly visited: readonly string[];
  readonly savedAt: Date;
  readonly submittedAt: Date | null;
  readonly dossierId: string | null;
  readonly dossierCode: string | null;
};

export type NewDraft = Pick<
  Draft,
  'id' | 'accountId' | 'procedureCode' | 'revisionId' | 'caseId' | 'deskUnitId' | 'applicant' | 'answers'
> & {
  readonly secretDigest: Buffer | null;
  readonly at: Date;
  readonly expiresAt: Date;
};

const COLUMNS = sql.raw(`id, account_id "accountId", procedure_code "procedureCode", revision_id "revisionId",
  case_id "caseId", desk_unit_id "deskUnitId", version, applicant, answers, leftover, result_choice "resultChoice",
  papers, visited, saved_at "savedAt", submitted_at "submittedAt", dossier_id "dossierId", dossier_code "dossierCode"`);

export async function insertDraft(db: Db, draft: NewDraft): Promise<void> {
  await sql`insert into portal.draft (id, account_id, secret_digest, procedure_code, revision_id, case_id, desk_unit_id,
      version, applicant, answers, created_at, saved_at, expires_at)
    values (${draft.id}, ${draft.accountId}, ${draft.secretDigest}, ${draft.procedureCode}, ${draft.revisionId},
      ${draft.caseId}, ${draft.deskUnitId}, 1, ${JSON.stringify(draft.applicant)}::jsonb,
      ${JSON.stringify(draft.answers)}::jsonb, ${draft.at}, ${draft.at},
      ${draft.expiresAt})`.execute(db);
}

/** The draft for its owner: the account, or whoever holds the secret. Undefined for anybody else and after expiry. */
export async function findDraft(
  db: Db,
  id: string,
  who: { accountId: string | null; secretDigest: Buffer | null },
  now: Date,
): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`select ${COLUMNS} from portal.draft
    where id = ${id} and expires_at > ${now}
      and (account_id = ${who.accountId}::uuid or secret_digest = ${who.secretDigest}::bytea)`.execute(db);
  return rows[0];
}

/** The draft a secret opens, filed or not. */
export async function findDraftBySecret(db: Db, secretDigest: Buffer, now: Date): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`select ${COLUMNS} from portal.draft
    where secret_digest = ${secretDigest} and expires_at > ${now}`.execute(db);
  return rows[0];
}

/** Whether the secret was given out for the dossier. */
export async function holdsSecret(db: Db, dossierId: string, secretDigest: Buffer): Promise<boolean> {
  const { rows } =
    await sql`select 1 from portal.draft where dossier_id = ${dossierId} and secret_digest = ${secretDigest}`.execute(
      db,
    );
  return rows.length > 0;
}

export async function listDrafts(db: Db, accountId: string, now: Date): Promise<readonly Draft[]> {
  const { rows } = await sql<Draft>`select ${COLUMNS} from portal.draft
    where account_id = ${accountId} and dossier_id is null and expires_at > ${now}
    order by saved_at desc limit 50`.execute(db);
  return rows;
}

export type DraftChange = Partial<
  Pick<Draft, 'revisionId' | 'applicant' | 'answers' | 'leftover' | 'resultChoice' | 'papers' | 'visited'>
>;

/**
 * Saves a draft that still has the version read; autosave keeps the version, buttons raise it.
 * @returns the new version; undefined where somebody else saved meanwhile or it was filed.
 */
export async function saveDraft(
  db: Db,
  draft: Draft,
  change: DraftChange,
  options: { at: Date; expiresAt: Date; raise: boolean },
): Promise<number | undefined> {
  const next = { ...draft, ...change };
  const { rows } = await sql<{ version: number }>`update portal.draft set
      revision_id = ${next.revisionId}, applicant = ${JSON.stringify(next.applicant)}::jsonb,
      answers = ${JSON.stringify(next.answers)}::jsonb, leftover = ${JSON.stringify(next.leftover)}::jsonb,
      result_choice = ${JSON.stringify(next.resultChoice)}::jsonb, papers = ${JSON.stringify(next.papers)}::jsonb,
      visited = ${[...next.visited]}::text[], saved_at = ${options.at}, expires_at = ${options.expiresAt},
      version = version + ${options.raise ? 1 : 0}
    where id = ${draft.id} and version = ${draft.version} and dossier_id is null
    returning version`.execute(db);
  return rows[0]?.version;
}

/**
 * Notes the dossier made of a draft and empties the draft: from now on the dossier holds the personal data. Rides in the
 * statement that makes the dossier, so that there is never a dossier whose draft could be filed again.
 */
export function alsoMarkFiled(id: string, dossier: FiledDossier, expiresAt: Date) {
  return {
    name: 'also_portal_draft',
    insert: (
      guard: RawBuilder<unknown>,
    ): RawBuilder<unknown> => sql`update portal.draft set dossier_id = ${dossier.id}::uuid, dossier_code = ${dossier.code},
      submitted_at = ${dossier.submittedAt}::timestamptz, expires_at = ${expiresAt}::timestamptz, applicant = '{}', answers = '{}',
      leftover = '{}', result_choice = '{}', papers = '{}'
    where id = ${id}::uuid and dossier_id is null and ${guard}`,
  };
}

/** Removes up to `limit` expired drafts. @returns their ids, so that their files can be erased. */
export async function takeExpired(db: Db, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from portal.draft where id in (
      select id from portal.draft where expires_at <= ${now} order by expires_at limit ${limit} for update skip locked)
    returning id`.execute(db);
  return rows.map((row) => row.id);
}
