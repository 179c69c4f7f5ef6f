import pino from 'pino';

export type Log = pino.Logger;

/**
 * Structured logs, one JSON object a line, on stdout or (`fd` 2) on stderr, for commands whose answer is on stdout.
 * Personal data stays out: bodies are never logged, URLs carry none (contracts §4.12), and the usual suspects are
 * redacted should a caller slip.
 */
export function createLog(level: string, fd: 1 | 2 = 1): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        '*.password',
        'idNumber',
        '*.idNumber',
        'fullName',
        '*.fullName',
        'phone',
        '*.phone',
        'email',
        '*.email',
        // PostgreSQL tells the failing row here: names, numbers, addresses.
        'err.detail',
        'err.where',
        'err.internalQuery',
        'req.headers.cookie',
        'req.headers.authorization',
      ],
      censor: '[ẩn]',
    },
  };
  return fd === 1 ? pino(options) : pino(options, pino.destination({ fd: 2, sync: true }));
}
