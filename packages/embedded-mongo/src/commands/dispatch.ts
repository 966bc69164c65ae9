import { type Doc, int, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { Execution } from '../query/execution.ts';
import { checkDatabaseName } from '../storage/catalog.ts';
import { refuseKnown } from '../support/refuse.ts';
import { SUPPORT } from '../support/table.ts';
import { ADMIN } from './admin.ts';
import { AUTHENTICATION } from './authentication.ts';
import { COLLECTIONS } from './collections.ts';
import { type Command, type Connection, GENERIC_FIELDS, type ServerContext, sessionOf } from './command.ts';
import { COUNTING } from './counting.ts';
import { EXPLAIN } from './explain.ts';
import { MODIFYING } from './find-and-modify.ts';
import { INDEXES } from './indexes.ts';
import { READING } from './reading.ts';
import { asMongoError, errorReply } from './replies.ts';
import { WRITING } from './writing.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...READING,
    ...COUNTING,
    ...WRITING,
    ...MODIFYING,
    ...COLLECTIONS,
    ...INDEXES,
    ...EXPLAIN,
    ...AUTHENTICATION,
    ...ADMIN,
  }),
);

/** The names of all commands that are built. */
export const commandNames = (): string[] => [...COMMANDS.keys()];

/** Runs one command and gives its reply; failures become error replies. */
export async function dispatch(command: Doc, server: ServerContext, connection: Connection): Promise<Doc> {
  try {
    const name = command.keys().next().value ?? '';
    const found = commandOf(name);
    const db = command.get('$db');
    if (typeof db !== 'string') throw new MongoError('InvalidNamespace', "the command has no '$db'");
    checkDatabaseName(db);
    if (!connection.isAuthenticated && !found.beforeAuthentication)
      throw new MongoError('Unauthorized', `Command ${name} requires authentication`);
    if (found.adminOnly && db !== 'admin')
      throw new MongoError('Unauthorized', `${name} may only be run against the admin database.`);
    checkCommand(command, name, found);
    const asker = { connectionId: connection.id, session: sessionOf(command.get('lsid')) };
    const execution = new Execution(maxTimeOf(command));
    const reply = await found.run(command, { ...server, db, connection, asker, execution });
    reply.set('ok', int(1));
    return reply;
  } catch (error) {
    return errorReply(asMongoError(error));
  }
}

function commandOf(name: string): Command {
  const found = COMMANDS.get(name);
  if (found) return found;
  const known = SUPPORT.commands.get(name);
  if (known?.kind === 'refused' && known.code !== 59) refuseKnown('commands', name);
  throw new MongoError('CommandNotFound', `no such command: '${name}'`);
}

function checkCommand(command: Doc, name: string, found: Command): void {
  refuseTransactions(command, name);
  for (const field of command.keys()) {
    if (field !== name && !found.fields.includes(field) && !GENERIC_FIELDS.has(field))
      throw new MongoError('UnknownField', `BSON field '${name}.${field}' is an unknown field.`);
  }
  checkApiVersion(command);
  checkReadConcern(command.get('readConcern'));
  checkWriteConcern(command.get('writeConcern'));
}

const MAX_INT = 2147483647;

/** The milliseconds a command may take; 0 without a limit. */
function maxTimeOf(command: Doc): number {
  const value = command.get('maxTimeMS');
  if (value === undefined) return 0;
  if (!isNumeric(value)) throw new MongoError('BadValue', 'maxTimeMS must be a number');
  const ms = Number(value.toString());
  if (!Number.isInteger(ms)) throw new MongoError('BadValue', 'maxTimeMS has non-integral value');
  if (ms < 0 || ms > MAX_INT) throw new MongoError('BadValue', `${ms} value for maxTimeMS is out of range`);
  return ms;
}

function checkApiVersion(command: Doc): void {
  const version = command.get('apiVersion');
  if (version !== undefined && version !== '1')
    throw new MongoError(322, `API version must be "1", got: ${String(version)}`);
  if (version === undefined && (command.has('apiStrict') || command.has('apiDeprecationErrors')))
    throw new MongoError(4886600, 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
}

function refuseTransactions(command: Doc, name: string): void {
  if (name === 'commitTransaction' || name === 'abortTransaction') return;
  if (command.get('autocommit') !== undefined || command.has('txnNumber') || command.has('startTransaction'))
    throw new MongoError(
      'OperationNotSupportedInTransaction',
      'the embedded database has no transactions; set MONGODB_URL to a replica set to use them',
    );
}

function checkReadConcern(concern: Value | undefined): void {
  if (concern === undefined) return;
  if (!isDoc(concern))
    throw new MongoError('TypeMismatch', "BSON field 'readConcern' is the wrong type, expected type 'object'");
  const level = concern.get('level');
  if (level !== undefined && !['local', 'majority', 'available', 'linearizable'].includes(String(level)))
    throw new MongoError(
      level === 'snapshot' ? 'InvalidOptions' : 'BadValue',
      `read concern level ${String(level)} is not supported`,
    );
  for (const name of concern.keys())
    if (!['level', 'provenance'].includes(name))
      throw new MongoError('InvalidOptions', `the read concern option ${name} is not supported`);
}

// Every write is durable before it is answered, so 0, 1, majority and j all get at least what they ask for.
function checkWriteConcern(concern: Value | undefined): void {
  if (concern === undefined) return;
  if (!isDoc(concern))
    throw new MongoError('TypeMismatch', "BSON field 'writeConcern' is the wrong type, expected type 'object'");
  const w = concern.get('w');
  const accepted = w === undefined || w === 'majority' || (isNumeric(w) && [0, 1].includes(Number(w.toString())));
  if (!accepted) throw new MongoError('BadValue', `cannot use 'w' ${String(w)} when a host is not replicated`);
  for (const name of concern.keys())
    if (!['w', 'j', 'wtimeout', 'fsync', 'provenance', 'wtimeoutMS'].includes(name))
      throw new MongoError('FailedToParse', `unrecognized write concern field: ${name}`);
}
