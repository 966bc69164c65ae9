import type { BodyJson, NodeJson } from './body-json.ts';
import { fileIdOf } from './safe-href.ts';

/** A heading of a text, or the place of a section, whose heading is the label of its kind. */
export type OutlineItem = {
  readonly level: number;
  /** Empty for a section. */
  readonly text: string;
  /** The section it is, or in which it stands. */
  readonly sectionId?: string;
  readonly isSection: boolean;
};

type Visit = { readonly node: NodeJson; readonly sectionId: string | undefined };

/** Every node in the order of the text, with the section around it; without recursion. */
function* visits(root: NodeJson): Generator<Visit> {
  const waiting: Visit[] = [{ node: root, sectionId: undefined }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { node } = visit;
    const sectionId = node.type === 'section' ? String(node.attrs?.sectionId) : visit.sectionId;
    yield { node, sectionId };
    for (const child of [...(node.content ?? [])].reverse()) waiting.push({ node: child, sectionId });
  }
}

/** The nodes whose text is a line of its own. */
const LINES: ReadonlySet<string> = new Set(['paragraph', 'heading', 'codeBlock']);

/** The lines of a node, without marks: one per paragraph, heading or block of code; images give their description. */
function linesOf(root: NodeJson): { line: string; sectionId: string | undefined }[] {
  const lines: { line: string; sectionId: string | undefined }[] = [];
  for (const { node, sectionId } of visits(root)) {
    const last = lines.at(-1);
    if (LINES.has(node.type)) lines.push({ line: '', sectionId });
    else if (node.type === 'image') lines.push({ line: String(node.attrs?.alt ?? ''), sectionId });
    else if (last && node.type === 'text') last.line += node.text ?? '';
    else if (last && node.type === 'hardBreak') last.line += '\n';
    else if (last && node.type === 'mention' && typeof node.attrs?.name === 'string')
      last.line += `@${node.attrs.name}`;
  }
  return lines.filter(({ line }) => line.trim() !== '');
}

/** The text without any form, one line per block: for search, excerpts and comparison. */
export const plainText = (json: NodeJson): string =>
  linesOf(json)
    .map(({ line }) => line)
    .join('\n');

/** Words as people count them: pieces between spaces that hold a letter or a digit. */
export const wordCount = (json: NodeJson): number =>
  plainText(json)
    .split(/\s+/u)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;

/** Sections and headings in order. */
export function outline(json: BodyJson): OutlineItem[] {
  const items: OutlineItem[] = [];
  for (const { node, sectionId } of visits(json)) {
    const around = sectionId === undefined ? {} : { sectionId };
    if (node.type === 'section') items.push({ level: 2, text: '', isSection: true, ...around });
    if (node.type === 'heading')
      items.push({ level: Number(node.attrs?.level ?? 2), text: plainText(node), isSection: false, ...around });
  }
  return items;
}

/** The plain text of each section that is present, by section id; an empty section gives an empty text. */
export function sectionTexts(json: BodyJson): Record<string, string> {
  const texts = new Map<string, string>();
  for (const { node, sectionId } of visits(json)) if (node.type === 'section' && sectionId) texts.set(sectionId, '');
  for (const { line, sectionId } of linesOf(json)) {
    if (sectionId === undefined) continue;
    const before = texts.get(sectionId);
    texts.set(sectionId, before ? `${before}\n${line}` : line);
  }
  return Object.fromEntries(texts);
}

/** The files shown as images, each once. */
export function fileIds(json: BodyJson): string[] {
  const ids = new Set<string>();
  for (const { node } of visits(json)) {
    const id = node.type === 'image' ? fileIdOf(node.attrs?.src) : undefined;
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}
