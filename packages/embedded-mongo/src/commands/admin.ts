import { randomUUID } from 'node:crypto';
import { Binary, type Doc, Double, doc, int, isNumeric, Long } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { SUPPORT } from '../support/table.ts';
import { authenticationInHello } from './authentication.ts';
import { type Command, type CommandContext, sessionOf } from './command.ts';
import { searchRefused } from './reading.ts';

export const MAX_MESSAGE = 48_000_000;
export const VERSION = '7.0.0';

function hello(command: Doc, context: CommandContext): Doc {
  const authentication = authenticationInHello(command, context.user, context.connection);
  return new Map([
    ...doc({
      helloOk: true,
      ismaster: true,
      isWritablePrimary: true,
      maxBsonObjectSize: int(16 * 1024 * 1024),
      maxMessageSizeBytes: int(MAX_MESSAGE),
      maxWriteBatchSize: int(100_000),
      localTime: new Date(),
      logicalSessionTimeoutMinutes: int(30),
      connectionId: int(context.connection.id),
      minWireVersion: int(0),
      maxWireVersion: int(21),
      readOnly: false,
    }),
    ...authentication,
  ]);
}

const HELLO_FIELDS = [
  'helloOk',
  'client',
  'compression',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'topologyVersion',
  'maxAwaitTimeMS',
  'loadBalanced',
  'backpressure',
  'internalClient',
];
const helloCommand: Command = { fields: HELLO_FIELDS, beforeAuthentication: true, run: hello };

const ping: Command = { fields: [], beforeAuthentication: true, run: () => new Map() };

const buildInfo: Command = {
  fields: [],
  run: () =>
    doc({
      version: VERSION,
      versionArray: [7, 0, 0, 0].map(int),
      gitVersion: 'embedded',
      modules: ['embedded'],
      javascriptEngine: 'none',
      bits: int(64),
      debug: false,
      maxBsonObjectSize: int(16 * 1024 * 1024),
      storageEngines: ['embedded'],
    }),
};

const serverStatus: Command = {
  fields: [
    'repl',
    'metrics',
    'locks',
    'wiredTiger',
    'tcmalloc',
    'opcounters',
    'network',
    'connections',
    'sharding',
    'mem',
  ],
  run: (_command, context) => {
    const uptime = (Date.now() - context.startedAt.getTime()) / 1000;
    return doc({
      host: 'localhost',
      version: VERSION,
      process: 'embedded-mongo',
      pid: Long.fromNumber(process.pid),
      uptime: new Double(Math.floor(uptime)),
      localTime: new Date(),
      mem: doc({ resident: int(Math.round(process.memoryUsage().rss / 1048576)) }),
      cursors: doc({ open: int(context.cursors.size) }),
      storageEngine: doc({ name: 'embedded' }),
    });
  },
};

const done: Command = { fields: [], run: () => new Map() };

const whatsMyUri: Command = { fields: [], beforeAuthentication: true, run: () => doc({ you: 'localhost' }) };

const connectionStatus: Command = {
  fields: ['showPrivileges'],
  beforeAuthentication: true,
  run: (_command, { user, connection }) => {
    const users = user && connection.isAuthenticated ? [doc({ user: user.name, db: 'admin' })] : [];
    return doc({ authInfo: doc({ authenticatedUsers: users, authenticatedUserRoles: [] }) });
  },
};

/** Sessions hold nothing but their cursors, which end with them. */
const endSessions: Command = {
  fields: [],
  run: (command, context) => {
    const [name = '', ids] = [...command][0] ?? [];
    if (!Array.isArray(ids))
      throw new MongoError('TypeMismatch', `BSON field '${name}' is the wrong type, expected type 'array'`);
    const sessions = new Set<string>();
    for (const id of ids) {
      const session = sessionOf(id);
      if (session !== undefined) sessions.add(session);
    }
    context.cursors.closeSessions(sessions);
    return new Map();
  },
};

const listCommands: Command = {
  fields: [],
  beforeAuthentication: true,
  run: () => {
    const commands: Doc = new Map();
    for (const [name, { kind }] of SUPPORT.commands) if (kind !== 'refused') commands.set(name, new Map());
    return doc({ commands });
  },
};

const newSessionId = (): Binary => new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4);

const refuse = (error: () => MongoError): Command => ({
  fields: [],
  run: () => {
    throw error();
  },
});

/** There is no profiler: its level is 0 and stays so. */
const profile: Command = {
  fields: ['slowms', 'sampleRate', 'filter'],
  run: (command) => {
    const level = command.get('profile');
    if (!isNumeric(level))
      throw new MongoError('TypeMismatch', "BSON field 'profile.profile' is the wrong type, expected type 'int'");
    if (![0, -1].includes(Number(level.toString()))) throw notSupported('the profiler');
    if (command.has('filter')) throw notSupported('a filter of the profiler');
    return doc({ was: int(0), slowms: int(100), sampleRate: new Double(1) });
  },
};

const getParameter: Command = {
  fields: ['allParameters'],
  run: (command) => {
    const wanted = command.has('featureCompatibilityVersion');
    if (!wanted) throw new MongoError('InvalidOptions', 'no option found to get');
    return doc({ featureCompatibilityVersion: doc({ version: '7.0' }) });
  },
};

const search = refuse(searchRefused);

export const ADMIN: Readonly<Record<string, Command>> = {
  hello: helloCommand,
  isMaster: helloCommand,
  ismaster: helloCommand,
  ping,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  whatsmyuri: whatsMyUri,
  connectionStatus,
  profile,
  getParameter: { ...getParameter, fields: ['allParameters', 'featureCompatibilityVersion'] },
  // Sessions are accepted and hold nothing: there are no transactions to keep.
  startSession: { fields: [], run: () => doc({ id: doc({ id: newSessionId() }), timeoutMinutes: int(30) }) },
  endSessions,
  refreshSessions: done,
  killSessions: endSessions,
  listCommands,
  commitTransaction: refuse(
    () =>
      new MongoError(
        'NoSuchTransaction',
        'there is no transaction to commit; the embedded database has none, set MONGODB_URL to use them',
      ),
  ),
  abortTransaction: refuse(() => new MongoError('NoSuchTransaction', 'there is no transaction to abort')),
  createSearchIndexes: { ...search, fields: ['indexes'] },
  updateSearchIndex: { ...search, fields: ['name', 'id', 'definition'] },
  dropSearchIndex: { ...search, fields: ['name', 'id'] },
  listSearchIndexes: { ...search, fields: ['name', 'id'] },
};
