import { MongoAPIError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Whether a write was refused because a unique index already holds its value (MongoDB's code 11000). */
export const isDuplicate = (error: unknown): boolean => codeOf(error) === 11_000;

/**
 * What a server answers that is there and cannot serve now: shutting down, no longer or not yet primary, interrupted by
 * one of these, out of disk (MongoDB's `error_codes.yml`).
 */
const NOT_NOW: ReadonlySet<unknown> = new Set([64, 91, 189, 10107, 11600, 11602, 13435, 13436, 14031]);

/** Whether an operation failed because the database is away, not because of what it was asked. */
export const isAway = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  (error instanceof MongoAPIError && error.name === 'MongoNotConnectedError') ||
  (error instanceof MongoServerError && NOT_NOW.has(error.code));
