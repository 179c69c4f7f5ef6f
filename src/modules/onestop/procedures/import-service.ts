import crypto from 'node:crypto';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Clock } from '../../../platform/config/config.ts';
import { type Db, isDuplicate, type Pool } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { readProcedureContent } from './content.ts';
import { addDraft, definitionDigest, publishDraft } from './edit-service.ts';
import { findImport, insertImport } from './import-store.ts';
import { type CatalogueUnits, requireProcedurePermission } from './permission.ts';
import { interpretNational, type NationalCounts } from './rules/national.ts';
import type { Finding, KeptText } from './rules/national-read.ts';
import { findByName, findDigest } from './store.ts';

/** What became of one file of the national portal; the shape the command line prints. */
export type ImportedFile =
  | {
      readonly file: string;
      readonly ok: true;
      readonly code: string;
      readonly name: string;
      /** `created`: a new draft; `unchanged`: this very file was imported before. */
      readonly state: 'created' | 'unchanged';
      readonly revisionId: string;
      readonly counts: NationalCounts;
      readonly keptAsText: readonly KeptText[];
      readonly findings: readonly Finding[];
    }
  | { readonly file: string; readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

export type ContentReport = {
  readonly published: number;
  readonly unchanged: number;
  /** Revisions whose content differs from what is in force here: kept as drafts, for a person to look at. */
  readonly changed: readonly string[];
  readonly problems: readonly string[];
};

export type ProcedureImport = {
  /** Files of the national portal, unchanged; each in a transaction of its own, one bad file does not stop the rest. */
  importNational(
    actor: Actor,
    files: readonly { readonly name: string; readonly text: string }[],
  ): Promise<ImportedFile[]>;
  /** Loads `content/procedures`; a second run makes nothing. */
  loadContent(): Promise<ContentReport>;
};

const sha256 = (text: string): string => crypto.createHash('sha256').update(text).digest('hex');
const LOADER: Actor = { kind: 'system', name: 'content', assurance: 'system' };

async function importOne(
  db: Pool,
  actor: Actor,
  file: { name: string; text: string },
  at: Date,
): Promise<ImportedFile> {
  let json: unknown;
  try {
    json = JSON.parse(file.text.replace(/^\uFEFF/, ''));
  } catch {
    const message = words('server.procedure.not-json');
    return { file: file.name, ok: false, error: { code: 'import/not-json', message } };
  }
  const reading = interpretNational(json);
  if (!reading.ok) return { file: file.name, ok: false, error: { code: reading.code, message: reading.message } };
  const { definition, counts, keptAsText, findings } = reading;
  const digest = sha256(file.text);
  const done = {
    file: file.name,
    ok: true,
    code: definition.code,
    name: definition.name,
    counts,
    keptAsText,
    findings,
  } as const;
  const save = (trx: Db): Promise<ImportedFile> =>
    saveImport(trx, { actor, file, reading: done, definition, digest, at });
  try {
    return await db.transaction().execute(save);
  } catch (error) {
    // Two imports of one file at once: the other one has made it.
    if (!isDuplicate(error)) throw error;
    return db.transaction().execute(save);
  }
}

type Saving = {
  readonly actor: Actor;
  readonly file: { readonly name: string; readonly text: string };
  readonly reading: Omit<Extract<ImportedFile, { ok: true }>, 'state' | 'revisionId'>;
  readonly definition: Parameters<typeof addDraft>[2];
  readonly digest: string;
  readonly at: Date;
};

async function saveImport(trx: Db, { actor, file, reading, definition, digest, at }: Saving): Promise<ImportedFile> {
  const before = await findImport(trx, digest);
  if (before) return { ...reading, state: 'unchanged', revisionId: before.revisionId };
  const taken = await findByName(trx, definition.code, definition.revision);
  const named = taken ? { ...definition, revision: `${definition.revision}.${digest.slice(0, 8)}` } : definition;
  const revisionId = await addDraft(trx, actor, named, 'national', at);
  const { counts, keptAsText, findings } = reading;
  const report = { counts, keptAsText, findings };
  const id = uuidv7(at);
  await insertImport(trx, {
    id,
    code: definition.code,
    revisionId,
    fileName: file.name,
    digest,
    raw: file.text,
    report,
    at,
    by: actorRef(actor),
  });
  return { ...reading, state: 'created', revisionId };
}

/** Imports: the national portal's files and our own content. */
export function createProcedureImport(deps: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly catalogueUnits: CatalogueUnits;
  readonly onPublished: () => void;
  /** Folder of content; the repository's own by default. */
  readonly contentDir?: string | undefined;
}): ProcedureImport {
  const { db, clock } = deps;
  return {
    async importNational(actor, files) {
      await requireProcedurePermission(deps.catalogueUnits, actor, 'procedure.edit');
      const reports: ImportedFile[] = [];
      for (const file of files) reports.push(await importOne(db, actor, file, clock.now()));
      return reports;
    },
    async loadContent() {
      const content = readProcedureContent(deps.contentDir);
      const report = { published: 0, unchanged: 0, changed: [] as string[] };
      const oldestFirst = [...content.definitions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
      for (const definition of oldestFirst) {
        await db.transaction().execute(async (trx) => {
          const at = clock.now();
          const digest = definitionDigest(definition);
          if (await findDigest(trx, definition.code, digest)) {
            report.unchanged++;
            return;
          }
          if (await findByName(trx, definition.code, definition.revision)) {
            // Published revisions do not change: what the new program brings waits as a draft beside it.
            const revision = `${definition.revision}.${digest.slice(0, 8)}`;
            if (!(await findByName(trx, definition.code, revision)))
              await addDraft(trx, LOADER, { ...definition, revision }, 'content', at);
            report.changed.push(`${definition.code} ${definition.revision}`);
            return;
          }
          const id = await addDraft(trx, LOADER, definition, 'content', at);
          await publishDraft(trx, LOADER, id, 1, at);
          report.published++;
        });
      }
      deps.onPublished();
      return { ...report, problems: content.problems.map(({ file, path, message }) => `${file} ${path}: ${message}`) };
    },
  };
}
