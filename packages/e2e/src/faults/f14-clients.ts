import WebSocket from 'ws';
import * as Y from 'yjs';
import { until } from '../until.ts';
import type { Writer } from './crowd.ts';
import { connect, createWriter, write } from './crowd.ts';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import { readStored } from './judge.ts';
import type { Scene } from './scene.ts';
import { closeScene, openScene, pass, recover } from './scene.ts';

/** What a browser keeps of a document: every update, as it comes. */
class LocalCopy {
  readonly #updates: Uint8Array[] = [];

  keep(doc: Y.Doc): void {
    this.#updates.push(Y.encodeStateAsUpdate(doc));
    doc.on('update', (update: Uint8Array) => this.#updates.push(update));
  }

  loadInto(doc: Y.Doc): void {
    Y.applyUpdate(doc, Y.mergeUpdates(this.#updates));
  }
}

/** Ends a tab at once: no word to the server, and no word from it is heard any more. */
function crash(writer: Writer): void {
  const socket: unknown = writer.opened?.provider.ws;
  if (socket instanceof WebSocket) socket.terminate();
  writer.opened?.close();
  writer.opened = null;
}

/** All that a writer wrote, saved or not, stands in the store once. */
async function storedOnce(findings: Findings, { installation }: Scene, writer: Writer, what: string): Promise<void> {
  const text = (await readStored(installation.store.port, [writer.documentId])).get(writer.documentId) ?? '';
  const times = writer.edits.map(({ token }) => text.split(token).length - 1);
  hold(
    findings,
    times.every((count) => count === 1),
    `${what}: every edit stands there once (${times.filter((count) => count !== 1).length} do not)`,
  );
}

/** Somebody writes without a network for a while, as others go on; then all of it follows. */
async function offline(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const [writer] = scene.crowd.writers;
  if (!writer?.opened) return;
  writer.opened.provider.disconnect();
  for (let edit = 0; edit < 500; edit += 1) {
    write(writer);
    if (edit % 50 === 0) await pass(0);
  }
  if (!ground.quick) await pass(60_000);
  writer.opened.provider.connect();
  await recover(ground, findings, scene);
}

/** A tab ends before its words are acknowledged; the next one finds them in what the browser kept. */
async function tabCrash(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const { installation, crowd } = scene;
  const documentId = installation.documents[0] ?? '';
  for (let round = 0; round < (ground.quick ? 2 : 20); round += 1) {
    const copy = new LocalCopy();
    const tab = createWriter(`tab${round}`, documentId);
    copy.keep(tab.doc);
    connect(tab, installation.member);
    await until('the tab is in', () => tab.opened?.provider.synced === true);
    for (let edit = 0; edit < 10; edit += 1) write(tab);
    await pass(ground.random() * 20);
    crash(tab);
    const unsaved = tab.edits.filter(({ acknowledgedAt }) => acknowledgedAt === null).length;
    const next = createWriter(`tab${round}-next`, documentId);
    copy.loadInto(next.doc);
    connect(next, installation.member);
    write(next);
    crowd.writers.push(next);
    await until('the next tab has saved', () => next.edits.every(({ acknowledgedAt }) => acknowledgedAt !== null));
    await storedOnce(findings, scene, tab, `a tab that ended with ${unsaved} edits not saved`);
    tab.doc.destroy();
  }
}

/** Two tabs of one person share what the browser keeps: both bring the same unsaved words along. */
async function twoTabs(findings: Findings, scene: Scene): Promise<void> {
  const { installation, crowd } = scene;
  const documentId = installation.documents[0] ?? '';
  const copy = new LocalCopy();
  const first = createWriter('twin', documentId);
  copy.keep(first.doc);
  for (let edit = 0; edit < 50; edit += 1) write(first);
  const second = createWriter('twin-too', documentId);
  copy.loadInto(second.doc);
  write(second);
  for (const tab of [first, second]) connect(tab, installation.member);
  crowd.writers.push(first, second);
  await crowd.untilSaved();
  await storedOnce(findings, scene, first, 'two tabs with one local copy');
}

/** A browser that has lost its copy keeps what was acknowledged, and no more than that was promised. */
async function wiped(ground: Ground, findings: Findings, scene: Scene): Promise<void> {
  const { installation, crowd } = scene;
  const tab = createWriter('wiped', installation.documents[0] ?? '');
  connect(tab, installation.member);
  await until('the tab is in', () => tab.opened?.provider.synced === true);
  for (let edit = 0; edit < 20; edit += 1) {
    write(tab);
    await pass(ground.random() * 10);
  }
  await until('some is acknowledged', () => tab.edits.some(({ acknowledgedAt }) => acknowledgedAt !== null));
  write(tab);
  crash(tab);
  const saved = tab.edits.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  const [id, text] = [...(await readStored(installation.store.port, [tab.documentId]))][0] ?? [];
  for (const { token } of saved) if (!text?.includes(token)) findings.lost.push(token);
  findings.notes.push(`wiped storage: ${saved.length} of ${tab.edits.length} edits were acknowledged, and are kept`);
  tab.doc.destroy();
  hold(findings, id !== undefined && !crowd.writers.includes(tab), 'the document is read');
}

export const clientFaults: Fault = {
  id: 'F14',
  title: 'browsers go off-line, crash and forget',
  run: async (ground, findings) => {
    const scene = await openScene(ground, findings);
    await offline(ground, findings, scene);
    await tabCrash(ground, findings, scene);
    await twoTabs(findings, scene);
    await wiped(ground, findings, scene);
    await closeScene(scene, findings);
  },
};
