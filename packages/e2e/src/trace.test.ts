import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { OpenDocument } from './member.ts';
import { createNote, createWorkspace, join as joinAs, open, synced } from './member.ts';
import { startServer } from './server-process.ts';
import { readTrace, replay, traceText } from './trace.ts';
import { until } from './until.ts';

test('two stock clients replay two people’s real typing, and a third reads the same after kill -9', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'concert-trace-'));
  const env = { RATE_LIMITS: 'off' };
  const clients: OpenDocument[] = [];
  let server = await startServer({ dataDir, env });
  try {
    const trace = readTrace();
    const member = await joinAs(server.url, 'author');
    const documentId = await createNote(member, await createWorkspace(member, 'Trace'), 'Friends forever');
    clients.push(open(member, documentId), open(member, documentId));
    await replay(trace, clients);
    for (const client of clients) {
      await until('the whole text arrives', () => traceText(client.doc)?.length === trace.endContent.length);
      expect(traceText(client.doc)?.toString()).toBe(trace.endContent);
    }
    await server.kill();
    for (const client of clients.splice(0)) client.close();
    server = await startServer({ dataDir, env: { ...env, PORT: String(server.port) } });
    const reader = open({ ...member, url: server.url }, documentId);
    clients.push(reader);
    await synced(reader);
    expect(traceText(reader.doc)?.toString()).toBe(trace.endContent);
  } finally {
    for (const client of clients) client.close();
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 300_000);
