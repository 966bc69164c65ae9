import { type Doc, doc, int, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';

/** What went wrong, as a MongoError: anything else is a fault of this server and is said to be one. */
export function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  console.error('embedded-mongo: unexpected error', error);
  return new MongoError('InternalError', error instanceof Error ? error.message : 'unexpected error');
}

export function errorReply(error: MongoError): Doc {
  const reply = doc({ ok: int(0), errmsg: error.message, code: int(error.code), codeName: error.codeName });
  for (const [name, value] of error.details) reply.set(name, value as Value);
  return reply;
}

const MAX_TIME_EXPIRED = 50;

/** One entry of writeErrors. A failure of the storage or of this server, or the end of the time, is not one: it ends the command. */
export function writeError(index: number, error: unknown): Doc {
  if (!(error instanceof MongoError) || error.code === MAX_TIME_EXPIRED) throw error;
  const entry = doc({ index: int(index), code: int(error.code), errmsg: error.message });
  for (const [name, value] of error.details) entry.set(name, value as Value);
  return entry;
}
