import { defaultDeleteFilter, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { FIELDS_ORIGIN } from './fields-binding.ts';

/**
 * One undo over the text and the fields, of this person's own changes in this page. A row that somebody else has
 * written into since is not taken away with the undo of its adding.
 */
export function createUndo(body: Y.XmlFragment, fields: Y.Map<unknown>): Y.UndoManager {
  const manager = new Y.UndoManager(body, {
    trackedOrigins: new Set([ySyncPluginKey, FIELDS_ORIGIN]),
    deleteFilter: (item) => defaultDeleteFilter(item, new Set(['paragraph'])) && !hasForeignValues(item),
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
  });
  manager.addToScope(fields);
  return manager;
}

function hasForeignValues(item: Y.Item): boolean {
  if (!(item.content instanceof Y.ContentType) || !(item.content.type instanceof Y.Map)) return false;
  const entries = [...item.content.type._map.values()];
  return entries.some((entry) => entry !== null && !entry.deleted && entry.id.client !== item.id.client);
}
