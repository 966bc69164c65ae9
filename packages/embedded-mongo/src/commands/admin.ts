import { randomUUID } from 'node:crypto';
import { Binary, type Doc, Double, doc, int, Long } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Command, CommandContext } from './command.ts';
import { searchRefused } from './reading.ts';

export const MAX_MESSAGE = 48_000_000;
const VERSION = '7.0.0';

function hello(command: Doc, context: CommandContext): Doc {
  if (command.has('saslSupportedMechs') || command.has('speculativeAuthenticate'))
    throw new MongoError('UserNotFound', 'the embedded database has no users: leave the credentials out of the URL');
  return doc({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: int(16 * 1024 * 1024),
    maxMessageSizeBytes: int(MAX_MESSAGE),
    maxWriteBatchSize: int(100_000),
    localTime: new Date(),
    logicalSessionTimeoutMinutes: int(30),
    connectionId: int(context.connectionId),
    minWireVersion: int(0),
    maxWireVersion: int(21),
    readOnly: false,
  });
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
const helloCommand: Command = { fields: HELLO_FIELDS, run: hello };

const ping: Command = { fields: [], run: () => new Map() };

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

const whatsMyUri: Command = { fields: [], run: () => doc({ you: 'localhost' }) };

const connectionStatus: Command = {
  fields: ['showPrivileges'],
  run: () => doc({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) }),
};

const newSessionId = (): Binary => new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4);

const refuse = (error: () => MongoError): Command => ({
  fields: [],
  run: () => {
    throw error();
  },
});

const profile: Command = {
  fields: ['slowms', 'sampleRate', 'filter'],
  run: () => doc({ was: int(0), slowms: int(100) }),
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
  endSessions: done,
  refreshSessions: done,
  killSessions: done,
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
