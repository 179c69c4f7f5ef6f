import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { readFilesKey } from '../../../adapters/storage/encryption.ts';
import { createFolderStore } from '../../../adapters/storage/folder.ts';
import type { Config } from '../../../platform/config/config.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { type Finding, failed, ok } from './finding.ts';

const SAMPLE = 50;

/** The newest contents and some others: are they in the store, whole, and can they be opened with the key we have? */
export async function checkFiles(db: Db, config: Config): Promise<readonly Finding[]> {
  const dir = path.join(config.dataDir, 'files');
  const key = readFilesKey(config.filesKey);
  const { rows } = await sql<{ digest: string; size: number }>`
    (select distinct b.digest, b.size from files.blob b join files.reference r using (digest) where r.erased_at is null
      and r.id in (select id from files.reference where erased_at is null order by id desc limit ${SAMPLE}))
    union (select digest, size from files.blob b where digest >= md5(clock_timestamp()::text)
      and exists (select 1 from files.reference r where r.digest = b.digest and r.erased_at is null) order by digest limit ${SAMPLE})`.execute(
    db,
  );
  if (rows.length === 0) return [ok('files.sample', words('cli.doctor.files-none'))];
  if (!fs.existsSync(dir))
    return [
      failed(
        'files.sample',
        words('cli.doctor.files-no-store', { dir }),
        words('cli.doctor.files-no-store-advice'),
        'data',
      ),
    ];
  const store = createFolderStore({ dir, key });
  const problems: string[] = [];
  for (const { digest, size } of rows) {
    const problem = await read(store, digest, size);
    if (problem) problems.push(`${digest.slice(0, 12)}…: ${problem}`);
  }
  if (problems.length === 0) return [ok('files.sample', words('cli.doctor.files', { count: rows.length }))];
  const text = words('cli.doctor.files-problems', {
    bad: problems.length,
    all: rows.length,
    problems: problems.slice(0, 5).join('; '),
  });
  return [failed('files.sample', text, words('cli.doctor.files-advice'), 'data')];
}

async function read(
  store: ReturnType<typeof createFolderStore>,
  digest: string,
  size: number,
): Promise<string | undefined> {
  try {
    const content = await store.open(digest);
    if (!content) return words('cli.doctor.file-missing');
    let bytes = 0;
    for await (const chunk of content) bytes += (chunk as Buffer).length;
    return bytes === size ? undefined : words('cli.doctor.file-length', { bytes, size });
  } catch (error) {
    return error instanceof Error ? error.message : words('cli.doctor.file-closed');
  }
}
