import {
  type Icon,
  IconBlockquote,
  IconCode,
  IconH1,
  IconH2,
  IconH3,
  IconLetterT,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconPhoto,
  IconSeparatorHorizontal,
  IconTable,
} from '@tabler/icons-react';
import type { ChainedCommands, Editor } from '@tiptap/core';

export const BLOCK_IDS = [
  'text',
  'heading2',
  'heading3',
  'heading4',
  'bullets',
  'numbers',
  'tasks',
  'quote',
  'code',
  'table',
  'divider',
  'image',
] as const;
export type BlockId = (typeof BLOCK_IDS)[number];

/** A kind of block as menus offer it. */
export type Block = {
  readonly id: BlockId;
  readonly icon: Icon;
  /** The present block can become one of these; otherwise it is only ever inserted. */
  readonly turnsInto: boolean;
  readonly isActive?: (editor: Editor) => boolean;
  /** Undefined for what a dialog makes (an image). */
  readonly run?: (chain: ChainedCommands) => ChainedCommands;
  /** As the help shows it: `Mod` is Ctrl, or ⌘ on a Mac. */
  readonly shortcut?: string;
  /** What to type at the start of a line instead. */
  readonly typed?: string;
};

const headingLevel = (level: 2 | 3 | 4) => ({
  turnsInto: true,
  isActive: (editor: Editor) => editor.isActive('heading', { level }),
  run: (chain: ChainedCommands) => chain.setNode('heading', { level }),
  shortcut: `Mod+Alt+${level}`,
  typed: `${'#'.repeat(level)} `,
});

export const BLOCKS: readonly Block[] = [
  {
    id: 'text',
    icon: IconLetterT,
    turnsInto: true,
    isActive: (editor) =>
      editor.isActive('paragraph') &&
      !editor.isActive('listItem') &&
      !editor.isActive('taskItem') &&
      !editor.isActive('blockquote'),
    run: (chain) => chain.clearNodes(),
    shortcut: 'Mod+Alt+0',
  },
  { id: 'heading2', icon: IconH1, ...headingLevel(2) },
  { id: 'heading3', icon: IconH2, ...headingLevel(3) },
  { id: 'heading4', icon: IconH3, ...headingLevel(4) },
  {
    id: 'bullets',
    icon: IconList,
    turnsInto: true,
    isActive: (editor) => editor.isActive('bulletList'),
    run: (chain) => chain.toggleBulletList(),
    shortcut: 'Mod+Shift+8',
    typed: '- ',
  },
  {
    id: 'numbers',
    icon: IconListNumbers,
    turnsInto: true,
    isActive: (editor) => editor.isActive('orderedList'),
    run: (chain) => chain.toggleOrderedList(),
    shortcut: 'Mod+Shift+7',
    typed: '1. ',
  },
  {
    id: 'tasks',
    icon: IconListCheck,
    turnsInto: true,
    isActive: (editor) => editor.isActive('taskList'),
    run: (chain) => chain.toggleTaskList(),
    shortcut: 'Mod+Shift+9',
    typed: '[] ',
  },
  {
    id: 'quote',
    icon: IconBlockquote,
    turnsInto: true,
    isActive: (editor) => editor.isActive('blockquote'),
    run: (chain) => chain.toggleBlockquote(),
    shortcut: 'Mod+Shift+B',
    typed: '> ',
  },
  {
    id: 'code',
    icon: IconCode,
    turnsInto: true,
    isActive: (editor) => editor.isActive('codeBlock'),
    run: (chain) => chain.toggleCodeBlock(),
    shortcut: 'Mod+Alt+C',
    typed: '``` ',
  },
  {
    id: 'table',
    icon: IconTable,
    turnsInto: false,
    run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  },
  {
    id: 'divider',
    icon: IconSeparatorHorizontal,
    turnsInto: false,
    run: (chain) => chain.setHorizontalRule(),
    typed: '---',
  },
  { id: 'image', icon: IconPhoto, turnsInto: false },
];

/** What a menu searches in: the name of a block and further words for it, all in the reader's language. */
export type Named = { readonly label: string; readonly words: string };

/**
 * The entries that a query asks for: each of its words begins a word of the name or of the further words, whatever
 * the accents. Entries whose name begins with the query come first.
 */
export function filterNamed<Entry extends Named>(entries: readonly Entry[], query: string): Entry[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...entries];
  const rank = ({ label }: Entry) => (fold(label).startsWith(wanted.join(' ')) ? 0 : 1);
  return entries
    .filter((entry) => {
      const words = fold(`${entry.label} ${entry.words}`).split(/[^\p{L}\p{N}]+/u);
      return wanted.every((want) => words.some((word) => word.startsWith(want)));
    })
    .sort((a, b) => rank(a) - rank(b));
}

export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');
