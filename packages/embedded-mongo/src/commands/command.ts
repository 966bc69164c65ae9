import { compileExpression } from '../aggregate/expression.ts';
import { FlatDoc } from '../bson/flat.ts';
import { Binary, type Doc, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collation, parseCollation, SIMPLE } from '../query/collation.ts';
import type { Execution } from '../query/execution.ts';
import { wholeNumber } from '../query/leaf.ts';
import type { Store } from '../storage/store.ts';
import type { ScramConversation, ScramUser } from '../wire/scram.ts';
import type { Asker, Cursors } from './cursors.ts';

/** What all commands of a server share. */
export type ServerContext = {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly startedAt: Date;
  /** The one user, when authentication is asked for. */
  readonly user?: ScramUser | undefined;
};

/** One client's socket. */
export type Connection = {
  readonly id: number;
  /** Whether commands are answered: at once without a user, else after its password was proved. */
  isAuthenticated: boolean;
  conversation: ScramConversation | undefined;
};

/** What a command runs with. */
export type CommandContext = ServerContext & {
  readonly db: string;
  readonly connection: Connection;
  readonly asker: Asker;
  readonly execution: Execution;
};

/** The reply without `ok`. */
export type Reply = Doc;

export type Command = {
  /** Fields that the command knows, besides its own name and the ones every command may carry. */
  readonly fields: readonly string[];
  readonly adminOnly?: boolean;
  /** Answered before a client has proved who it is. */
  readonly beforeAuthentication?: boolean;
  run(command: Doc, context: CommandContext): Reply | Promise<Reply>;
};

/** The session a command belongs to, as text. */
export function sessionOf(lsid: Value | undefined): string | undefined {
  if (lsid === undefined) return undefined;
  const id = isDoc(lsid) ? lsid.get('id') : undefined;
  if (!(id instanceof Binary) || id.sub_type !== 4)
    throw new MongoError('TypeMismatch', "BSON field 'lsid.id' is the wrong type, expected type 'binData (UUID)'");
  return Buffer.from(id.buffer.subarray(0, id.position)).toString('hex');
}

/** Fields that every command may carry; those with a meaning are checked by the dispatcher. */
export const GENERIC_FIELDS: ReadonlySet<string> = new Set([
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'stmtId',
  'comment',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  '$configServerState',
  'allowImplicitCollectionCreation',
  '$oplogQueryData',
  '$queryOptions',
  '$replData',
  'rawData',
  'databaseVersion',
  'shardVersion',
  'tracking_info',
  'coordinator',
  'maxTimeMSOpOnly',
  'clientOperationKey',
]);

const wrongType = (name: string, type: string): MongoError =>
  new MongoError('TypeMismatch', `BSON field '${name}' is the wrong type, expected type '${type}'`);

/** Readers of command fields: the value, or undefined when absent; MongoDB's error when it has another type. */
export function textField(command: Doc, name: string): string | undefined {
  const value = command.get(name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, 'string');
}

export function docField(command: Doc, name: string): Doc | undefined {
  const value = command.get(name);
  if (value === undefined || isDoc(value)) return value;
  throw wrongType(name, 'object');
}

export function arrayField(command: Doc, name: string): Value[] | undefined {
  const value = command.get(name);
  if (value === undefined || Array.isArray(value)) return value;
  throw wrongType(name, 'array');
}

export function docsField(command: Doc, name: string): Doc[] {
  const values = command.get(name);
  if (values === undefined) throw new MongoError(40414, `BSON field '${name}' is missing but a required field`);
  if (!Array.isArray(values)) throw wrongType(name, 'array');
  return values.map((value) => {
    if (!isDoc(value)) throw wrongType(name, 'object');
    return value;
  });
}

/** The documents of an insert: decoded, or as they came. */
export function insertedField(command: Doc, name: string): (Doc | FlatDoc)[] {
  const values = command.get(name);
  if (!Array.isArray(values) || !values.some((value) => value instanceof FlatDoc)) return docsField(command, name);
  return values.map((value) => {
    if (!isDoc(value) && !(value instanceof FlatDoc)) throw wrongType(name, 'object');
    return value;
  });
}

export function flag(command: Doc, name: string): boolean | undefined {
  const value = command.get(name);
  if (value === undefined || typeof value === 'boolean') return value;
  if (isNumeric(value)) return Number(value.toString()) !== 0;
  throw wrongType(name, 'bool');
}

/** A whole number that must not be negative. */
export function countField(command: Doc, name: string): number | undefined {
  const value = command.get(name);
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw wrongType(name, 'long');
  const number = wholeNumber(value);
  if (number === undefined) throw new MongoError('FailedToParse', `BSON field '${name}' must be a whole number`);
  if (number < 0) throw new MongoError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return number;
}

/** The collection a command names, e.g. {find: 'things'}. */
export function collectionName(command: Doc): string {
  const [name, value] = command.entries().next().value ?? ['', null];
  if (typeof value !== 'string')
    throw new MongoError('InvalidNamespace', `collection name has invalid type for ${name}`);
  if (value === '')
    throw new MongoError('InvalidNamespace', `Invalid namespace specified for ${name}: the name is empty`);
  return value;
}

export function collationField(command: Doc): { collation?: Collation } {
  const spec = command.get('collation');
  return spec === undefined ? {} : { collation: parseCollation(spec) };
}

const variablesOf = new WeakMap<Doc, Map<string, Value>>();

/**
 * The variables of a command: those of `let`, which are constant expressions that see the ones before them, and the
 * time of $$NOW, which stays the same all through the command.
 */
export function letField(command: Doc): { variables: Map<string, Value> } {
  const known = variablesOf.get(command);
  if (known) return { variables: known };
  const variables = new Map<string, Value>([['NOW', new Date()]]);
  for (const [name, expression] of docField(command, 'let') ?? []) {
    if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name))
      throw new MongoError('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
    if (readsFields(expression))
      throw new MongoError(4890500, `Command let Expression tried to access a field, but this is not allowed: ${name}`);
    const value = compileExpression(expression)({ root: new Map(), variables, collation: SIMPLE });
    if (value !== undefined) variables.set(name, value);
  }
  variablesOf.set(command, variables);
  return { variables };
}

/** Whether an expression reads from a document. */
function readsFields(expression: Value): boolean {
  if (typeof expression === 'string') return /^\$($|[^$]|\$(ROOT|CURRENT)\b)/.test(expression);
  if (Array.isArray(expression)) return expression.some(readsFields);
  return isDoc(expression) && !expression.has('$literal') && [...expression.values()].some(readsFields);
}

export function hintField(command: Doc): Value | undefined {
  const hint = command.get('hint');
  return isDoc(hint) && hint.size === 0 ? undefined : hint;
}

/** Refuses fields that are not in the list, as MongoDB does with 40415. */
export function checkFields(document: Doc, known: readonly string[], where: string): void {
  for (const name of document.keys())
    if (!known.includes(name))
      throw new MongoError('UnknownField', `BSON field '${where}.${name}' is an unknown field.`);
}
