import { MAX_DOCUMENT_BYTES } from '@concert/domain/documents/size.ts';
import { defaultLimits } from '@concert/sync';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

test('[D9] [check 25] a document says how big it is and may be: what the engine stores, and where it refuses', async () => {
  expect(MAX_DOCUMENT_BYTES).toBe(defaultLimits.documentBytes);
  const { workspaceId } = cast;
  const { id } = await cast.editor.api.documents.create({ workspaceId, kind: 'note', title: 'Grows', locale: 'en' });
  const before = await cast.viewer.api.documents.get({ id });
  expect(before.maxBytes).toBe(MAX_DOCUMENT_BYTES);
  const open = cast.editor.open(id);
  await until('the text is open', () => open.provider.synced);
  open.doc.getText('appendix').insert(0, 'x'.repeat(300_000));
  const grown = await until('its size is told', async () => {
    const detail = await cast.viewer.api.documents.get({ id });
    return detail.byteSize > before.byteSize ? detail : undefined;
  });
  expect(grown.byteSize).toBe((await app.app.platform.rooms.read(id)).update.length);
  open.close();
});
