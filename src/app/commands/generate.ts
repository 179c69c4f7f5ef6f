import { words } from '../../platform/messages/words.ts';
import { type Command, DataError, UsageError } from './command.ts';
import { openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

/** `motcua generate`: refuses a real installation (contracts §3). */
export const generateCommand: Command = {
  async run(args, io) {
    const options = { ...COMMON, dossiers: { type: 'string' }, seed: { type: 'string' } } as const;
    const { values } = readOptions(args, options);
    const count = readCount('--dossiers', values.dossiers, 10_000_000);
    const seed = values.seed === undefined ? undefined : readCount('--seed', values.seed, 2_147_483_647);
    const { config } = readSettings(values, io);
    const opened = await openInstallation(config);
    try {
      if (!opened.installation.demo) throw new DataError('generate/real-installation', words('cli.generate.real'));
      const { generateDossiers } = await import('../volume/generate.ts');
      const report = await generateDossiers(opened.system, count, seed === undefined ? {} : { seed });
      io.out(
        values.json
          ? JSON.stringify(report)
          : words('cli.generate.done', {
              generated: report.generated,
              open: report.open,
              seconds: Math.round(report.seconds),
            }),
      );
      return 0;
    } finally {
      await opened.close();
    }
  },
};

function readCount(name: string, text: string | undefined, max: number): number {
  if (text === undefined) throw new UsageError(words('cli.generate.no-count', { name }));
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= max)) throw new UsageError(words('cli.generate.count-range', { name, max }));
  return count;
}
