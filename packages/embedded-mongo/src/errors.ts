/** MongoDB's error codes that this server answers with, by name (the numbers are part of the protocol). */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  FailedToParse: 9,
  UserNotFound: 11,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  ProtocolError: 17,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  CannotCreateIndex: 67,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  CommandNotFound: 59,
  ImmutableField: 66,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  NoReplicationEnabled: 76,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  DocumentValidationFailure: 121,
  ExceededMemoryLimit: 146,
  CommandNotSupported: 115,
  CommandNotSupportedOnView: 166,
  InvalidIndexSpecificationOption: 197,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  ConversionFailure: 241,
  DataCorruptionDetected: 246,
  NoSuchTransaction: 251,
  OperationNotSupportedInTransaction: 263,
  CannotBackfillArray: 163,
  EmptyFieldName: 56,
  IndexBuildAborted: 276,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  MechanismUnavailable: 334,
  NotImplemented: 238,
  UnknownField: 40415,
  DuplicateKey: 11000,
  BSONObjectTooLarge: 10334,
  OutOfDiskSpace: 14031,
  InterruptedAtShutdown: 11600,
} as const;

export type CodeName = keyof typeof CODES;

/**
 * A failure that the client is told with MongoDB's own code. `numbered` makes one for the errors that have a number
 * and no name (MongoDB then says `Location<number>`).
 */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;
  /** Further fields of the reply, e.g. keyPattern and keyValue of a duplicate key. */
  readonly details: ReadonlyMap<string, unknown>;

  constructor(codeName: CodeName | number, message: string, details: ReadonlyMap<string, unknown> = new Map()) {
    super(message);
    this.name = 'MongoError';
    this.code = typeof codeName === 'number' ? codeName : CODES[codeName];
    this.codeName = typeof codeName === 'number' ? `Location${codeName}` : codeName;
    this.details = details;
  }
}

/** The refusal of something MongoDB has and this server does not (yet): never a silently different result. */
export function notSupported(what: string): MongoError {
  return new MongoError(
    'NotImplemented',
    `${what} is not supported by the embedded database; set MONGODB_URL to use it`,
  );
}
