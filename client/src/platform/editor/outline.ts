import type { Node } from '@tiptap/pm/model';

/** A heading of a text: a section of the template (`sectionId`) or one that somebody wrote. */
export type OutlineEntry = {
  readonly key: string;
  readonly level: 1 | 2 | 3 | 4;
  readonly text: string;
  readonly sectionId?: string;
  /** Where the heading stands in the text. */
  readonly pos: number;
};

/** The sections and headings of a text, in order. Sections are named by the caller; their text here is empty. */
export function outlineOf(doc: Node): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  doc.descendants((node, pos) => {
    if (node.type.name === 'section') {
      const sectionId = String(node.attrs.sectionId);
      entries.push({ key: `${sectionId} ${pos}`, level: 1, text: '', sectionId, pos });
      return true;
    }
    if (node.type.name === 'heading' && node.textContent.trim() !== '') {
      const level = node.attrs.level === 2 ? 2 : node.attrs.level === 3 ? 3 : 4;
      entries.push({ key: `heading ${pos}`, level, text: node.textContent, pos });
    }
    return false;
  });
  return entries;
}

/** The words of a text, as readers count them. */
export const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
