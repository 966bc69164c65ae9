import { type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines on stderr, so that stdout carries the ready line alone; secrets never reach a line. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'req.headers.cookie',
          'req.headers.authorization',
          'res.headers["set-cookie"]',
          '*.password',
          '*.token',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination(2),
  );
}
