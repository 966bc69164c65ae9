import { type Doc, int, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { checkDatabaseName } from '../storage/catalog.ts';
import { ADMIN } from './admin.ts';
import { COLLECTIONS } from './collections.ts';
import { type Command, type CommandContext, GENERIC_FIELDS } from './command.ts';
import { MODIFYING } from './find-and-modify.ts';
import { INDEXES } from './indexes.ts';
import { READING } from './reading.ts';
import { asMongoError, errorReply } from './replies.ts';
import { WRITING } from './writing.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({ ...READING, ...WRITING, ...MODIFYING, ...COLLECTIONS, ...INDEXES, ...ADMIN }),
);

/** Runs one command and gives its reply; failures become error replies. */
export async function dispatch(command: Doc, context: Omit<CommandContext, 'db'>): Promise<Doc> {
  try {
    const name = command.keys().next().value ?? '';
    const found = COMMANDS.get(name);
    if (!found) throw new MongoError('CommandNotFound', `no such command: '${name}'`);
    const db = command.get('$db');
    if (typeof db !== 'string') throw new MongoError('InvalidNamespace', "the command has no '$db'");
    checkDatabaseName(db);
    if (found.adminOnly && db !== 'admin')
      throw new MongoError('Unauthorized', `${name} may only be run against the admin database.`);
    checkCommand(command, name, found);
    const reply = await found.run(command, { ...context, db });
    reply.set('ok', int(1));
    return reply;
  } catch (error) {
    return errorReply(asMongoError(error));
  }
}

function checkCommand(command: Doc, name: string, found: Command): void {
  refuseTransactions(command, name);
  for (const field of [...command.keys()].slice(1)) {
    if (!found.fields.includes(field) && !GENERIC_FIELDS.includes(field))
      throw new MongoError('UnknownField', `BSON field '${name}.${field}' is an unknown field.`);
  }
  checkReadConcern(command.get('readConcern'));
  checkWriteConcern(command.get('writeConcern'));
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
