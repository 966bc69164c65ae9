import { type DestinationStream, type Logger, pino } from 'pino';
import { hideSecrets, redact } from './redact.ts';

export type Log = Logger;

/** The arguments of a log call with a message that is always ours: the library would take an error's own, unread. */
function withCleanText([first, second]: readonly unknown[]): [object, string?] {
  if (typeof first === 'string') return [{}, hideSecrets(first)];
  const fields = first instanceof Error ? { err: first } : typeof first === 'object' && first !== null ? first : {};
  if (typeof second === 'string') return [fields, hideSecrets(second)];
  return 'err' in fields && fields.err instanceof Error ? [fields, hideSecrets(fields.err.message)] : [fields];
}

const same = (value: unknown): unknown => value;

/**
 * JSON lines on stderr, one per event, so that stdout carries the ready line alone. Whatever is logged passes `redact`:
 * secrets and addresses of people never reach a line.
 */
export const createLog = (level: string, destination: DestinationStream = pino.destination(2)): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors are described by `redact`, not by the serializer that copies all that hangs on them.
      serializers: { err: same },
      formatters: { log: redact, level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, withCleanText(args));
        },
      },
    },
    destination,
  );
