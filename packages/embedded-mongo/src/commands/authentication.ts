import { Binary, type Doc, doc, int, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { MECHANISM, ScramConversation, type ScramUser } from '../wire/scram.ts';
import type { Command, Connection } from './command.ts';

const noUsers = (): MongoError =>
  new MongoError(
    'AuthenticationFailed',
    'this database was started without a user: leave the credentials out of the URL',
  );

function payloadOf(command: Doc): Buffer {
  const payload = command.get('payload');
  if (!(payload instanceof Binary))
    throw new MongoError('TypeMismatch', "BSON field 'payload' is the wrong type, expected type 'binData'");
  return Buffer.from(payload.buffer.subarray(0, payload.position));
}

/** Begins a conversation: the reply of saslStart, also given inside of hello. */
function start(command: Doc, user: ScramUser, connection: Connection): Doc {
  if (command.get('mechanism') !== MECHANISM)
    throw new MongoError(
      'MechanismUnavailable',
      `Received authentication for mechanism ${String(command.get('mechanism'))} which is not enabled`,
    );
  if (connection.isAuthenticated) throw new MongoError('ProtocolError', 'this connection is authenticated already');
  const options = command.get('options');
  const skipsEnd = isDoc(options) && options.get('skipEmptyExchange') === true;
  const conversation = new ScramConversation(user, payloadOf(command), skipsEnd);
  connection.conversation = conversation;
  return doc({ conversationId: int(conversation.id), done: false, payload: new Binary(conversation.first()) });
}

const saslStart: Command = {
  fields: ['mechanism', 'payload', 'autoAuthorize', 'options'],
  beforeAuthentication: true,
  run: (command, { user, connection }) => {
    if (!user) throw noUsers();
    return start(command, user, connection);
  },
};

const saslContinue: Command = {
  fields: ['conversationId', 'payload'],
  beforeAuthentication: true,
  run: (command, { connection }) => {
    const { conversation } = connection;
    if (!conversation || Number(String(command.get('conversationId'))) !== conversation.id)
      throw new MongoError('ProtocolError', 'No SASL session state found');
    connection.conversation = undefined;
    const payload = conversation.next(payloadOf(command));
    if (conversation.isDone) connection.isAuthenticated = true;
    else connection.conversation = conversation;
    return doc({ conversationId: int(conversation.id), done: conversation.isDone, payload: new Binary(payload) });
  },
};

const logout: Command = {
  fields: [],
  beforeAuthentication: true,
  run: (_command, { user, connection }) => {
    connection.isAuthenticated = user === undefined;
    connection.conversation = undefined;
    return new Map();
  },
};

/** What hello says about authentication: the mechanisms of a user, and the answer to a first message sent along. */
export function authenticationInHello(hello: Doc, user: ScramUser | undefined, connection: Connection): Doc {
  const asked = hello.get('saslSupportedMechs');
  const speculative = hello.get('speculativeAuthenticate');
  if (!user) {
    if (asked !== undefined || speculative !== undefined) throw noUsers();
    return new Map();
  }
  const reply: Doc = new Map();
  if (typeof asked === 'string') reply.set('saslSupportedMechs', [MECHANISM] satisfies Value[]);
  if (isDoc(speculative)) {
    const answer = speculativeAnswer(speculative, user, connection);
    if (answer) reply.set('speculativeAuthenticate', answer);
  }
  return reply;
}

/** A first message that cannot be answered is left unanswered: the client then asks by saslStart. */
function speculativeAnswer(command: Doc, user: ScramUser, connection: Connection): Doc | undefined {
  try {
    return start(command, user, connection);
  } catch (error) {
    if (error instanceof MongoError) return undefined;
    throw error;
  }
}

export const AUTHENTICATION: Readonly<Record<string, Command>> = { saslStart, saslContinue, logout };
