import { type AuditVerdict, verifyAudit } from '../../modules/foundation/audit/index.ts';
import { words } from '../../platform/messages/words.ts';
import { type Command, DataError, type Io } from './command.ts';
import { noteRun } from './note-run.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readJson } from './read-input.ts';
import { readSettings } from './settings.ts';

/** Prints a verdict for people. */
export function printVerdict(verdict: AuditVerdict, io: Io): void {
  const { chains, entries, unsealed } = verdict;
  const outcome = verdict.ok ? words('cli.verify-audit.whole') : words('cli.verify-audit.broken');
  io.out(words('cli.verify-audit.verdict', { outcome, entries, chains, unsealed }));
  for (const { chainId, seq, entryId, why } of verdict.broken) {
    io.out(
      words('cli.verify-audit.record', {
        chain: chainId ?? '?',
        seq: seq ?? '?',
        entry: entryId ?? '?',
        says: words(`cli.verify-audit.why-${why}`),
        why,
      }),
    );
  }
}

/** `motcua verify-audit`: exit 1 where a record is broken. */
export const verifyAuditCommand: Command = {
  async run(args, io) {
    const { values } = readOptions(args, { ...COMMON, anchors: { type: 'string' } });
    const anchors = values.anchors === undefined ? [] : readAnchors(await readJson(io, values.anchors));
    const { config } = readSettings(values, io);
    const database = await openDatabase(config);
    try {
      const verdict = await verifyAudit(database.db, anchors);
      const detail = words('cli.verify-audit.run', { entries: verdict.entries, chains: verdict.chains });
      await noteRun(database.db, { kind: 'verify-audit', ok: verdict.ok, detail }, io);
      if (values.json) io.out(JSON.stringify(verdict));
      else printVerdict(verdict, io);
      return verdict.ok ? 0 : 1;
    } finally {
      await database.close();
    }
  },
};

function readAnchors(json: unknown): AuditVerdict['heads'] {
  const list = typeof json === 'object' && json !== null && 'heads' in json ? json.heads : json;
  if (Array.isArray(list) && list.every(isAnchor)) return list;
  throw new DataError('anchors/invalid', words('cli.verify-audit.anchors'));
}

function isAnchor(value: unknown): value is AuditVerdict['heads'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { chainId, seq, hash } = value as Record<string, unknown>;
  return typeof chainId === 'string' && Number.isInteger(seq) && typeof hash === 'string';
}
