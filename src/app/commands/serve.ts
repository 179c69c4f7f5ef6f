import { createLog } from '../../platform/log/log.ts';
import { type Command, EnvironmentError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings, requireOwner } from './settings.ts';

/** `motcua serve`: returns when it listens; the process goes on until it is told to stop. */
export const serveCommand: Command = {
  async run(args, io) {
    const options = { ...COMMON, host: { type: 'string' }, port: { type: 'string' } } as const;
    const { values } = readOptions(args, options);
    const given = {
      ...io.env,
      ...(values.host === undefined ? {} : { MOTCUA_HOST: values.host }),
      ...(values.port === undefined ? {} : { MOTCUA_PORT: values.port }),
    };
    const { config } = readSettings(values, { ...io, env: given });
    requireOwner(config.dataDir);
    const { serve } = await import('../server.ts');
    try {
      await serve(config, createLog(config.logLevel));
    } catch (error) {
      // Whatever keeps a server from starting is a matter of the machine; codes keep their own explanation.
      if (!(error instanceof Error) || 'code' in error) throw error;
      throw new EnvironmentError(error.message);
    }
    return 0;
  },
};
