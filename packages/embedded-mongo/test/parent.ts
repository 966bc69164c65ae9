import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.ts';

// A process that starts a database, writes, says so, and then waits to be killed.
const server = await startEmbeddedMongo({ dataDir: process.argv[2] ?? '' });
const client = new MongoClient(server.url);
await client.db('t').collection('x').insertOne({ a: 1 });
process.stdout.write('written\n');
