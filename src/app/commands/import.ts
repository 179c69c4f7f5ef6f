import { words } from '../../platform/messages/words.ts';
import { type Command, UsageError } from './command.ts';
import { importDossiersFile } from './import-dossiers.ts';
import { importProcedureFiles } from './import-procedures.ts';
import { importUnitsFile } from './import-units.ts';

/** `motcua import units|procedures|dossiers`. */
export const importCommand: Command = {
  async run(args, io) {
    const [what, ...rest] = args;
    switch (what) {
      case 'units':
        return importUnitsFile(rest, io);
      case 'procedures':
        return importProcedureFiles(rest, io);
      case 'dossiers':
        return importDossiersFile(rest, io);
      default:
        throw new UsageError(
          what === undefined ? words('cli.import.no-kind') : words('cli.import.unknown-kind', { kind: what }),
        );
    }
  },
};
