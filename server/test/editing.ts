import * as Y from 'yjs';
import { type TestApp, type TestPerson, until } from './harness.ts';

/** A stock client on a document, once it holds the text. */
export async function synced(person: TestPerson, documentId: string, params?: Record<string, string>) {
  const open = person.open(documentId, params);
  await until('the text is open', () => open.provider.synced);
  return open;
}

/** The close codes with which a stock client's sockets end, as they come. */
export function closesOf(open: ReturnType<TestPerson['open']>): number[] {
  const codes: number[] = [];
  open.provider.on('connection-close', (event) => {
    if (event !== null) codes.push(event.code);
  });
  return codes;
}

/** The text `test` of a document, by which tests try what they may write. */
export const textOf = (doc: Y.Doc): string => doc.getText('test').toString();

/** The same as it is stored now. */
export async function storedText(app: TestApp, documentId: string): Promise<string> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await app.app.platform.rooms.read(documentId)).update);
  return textOf(doc);
}
