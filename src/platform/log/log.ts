import pino from 'pino';

export type Log = pino.Logger;

/**
 * Structured logs on stdout, one JSON object a line. Personal data stays out: bodies are never logged, URLs carry none
 * (contracts §4.12), and the usual suspects are redacted should a caller slip.
 */
export function createLog(level: string): Log {
  return pino({
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
        'req.headers.cookie',
        'req.headers.authorization',
      ],
      censor: '[ẩn]',
    },
  });
}
