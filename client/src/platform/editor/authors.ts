import { type Written, writtenInText } from '@concert/editor/authorship.ts';
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import type { AuthorNames } from './author-names.ts';
import type { PeerPerson } from './peers.ts';

/** Somebody who wrote in the text: how many characters of it are theirs, and by which kind of line it is told. */
export type TextAuthor = PeerPerson & { readonly characters: number; readonly line: number };

export type AuthorSummary = {
  /** Most characters first. */
  readonly authors: readonly TextAuthor[];
  /** Of everybody, of the template and of those not known yet. */
  readonly characters: number;
  readonly templateCharacters: number;
};

/** People are told apart by kinds of line as well as by colours: solid, dashed, dotted, double. */
const LINES = 4;

type Shown = {
  readonly names: AuthorNames;
  readonly set: DecorationSet;
  readonly summary: AuthorSummary;
  /** ClientIDs of which nobody has been asked yet. */
  readonly unknown: ReadonlySet<number>;
  /** Where a reader, who has no caret, has pressed. */
  readonly pressed?: number;
};
type Meta = { readonly names?: AuthorNames | null; readonly pressed?: number };

const NOBODY: AuthorSummary = { authors: [], characters: 0, templateCharacters: 0 };
/** Pause in one's own typing before the authors are read anew, and how long they wait for one at most. */
const QUIET_MS = 250;
const LATEST_MS = 1_500;
const authorsKey = new PluginKey<Shown | null>('authors');

type Place = { readonly start: number; readonly node: Node };
type Run = { readonly from: number; to: number; readonly person: PeerPerson };

/** Finds nodes by their place among the nodes of their parents; each place is looked for once. */
function placesIn(doc: Node): (path: Written['path']) => Place | undefined {
  const starts = new Map<Node, readonly number[]>();
  const startsOf = (node: Node): readonly number[] => {
    const known = starts.get(node);
    if (known) return known;
    const found: number[] = [];
    node.forEach((_, offset) => {
      found.push(offset);
    });
    starts.set(node, found);
    return found;
  };
  const childOf = ({ start, node }: Place, index: string | number): Place | undefined => {
    const offset = typeof index === 'number' ? startsOf(node)[index] : undefined;
    return offset === undefined ? undefined : { start: start + offset + 1, node: node.child(Number(index)) };
  };
  let last: { readonly path: Written['path']; readonly place: Place | undefined } | undefined;
  return (path) => {
    if (last?.path !== path) {
      let place: Place | undefined = { start: 0, node: doc };
      for (const index of path.slice(1)) place = place && childOf(place, index);
      last = { path, place };
    }
    return last.place;
  };
}

/** Joins what one person wrote in a row, and counts. */
function readAuthors(doc: Node, shared: Y.Doc, names: AuthorNames) {
  const placeOf = placesIn(doc);
  const runs: Run[] = [];
  const counts = new Map<string, { person: PeerPerson; characters: number }>();
  const unknown = new Set<number>();
  let characters = 0;
  let templateCharacters = 0;
  for (const written of writtenInText(shared)) {
    if (written.type !== 'text') continue;
    const { text, clientId, offset } = written;
    characters += text.length;
    const person = names.personOf(clientId);
    if (person === undefined) unknown.add(clientId);
    else if (person === null) templateCharacters += text.length;
    if (!person) continue;
    const count = counts.get(person.id) ?? { person, characters: 0 };
    count.characters += text.length;
    counts.set(person.id, count);
    const place = placeOf(written.path);
    // The editor shows what it can; while it has not caught up with the shared text, less is marked.
    if (!place?.node.inlineContent || offset + text.length > place.node.content.size) continue;
    const from = place.start + offset;
    const last = runs.at(-1);
    if (last?.to === from && last.person.id === person.id) last.to = from + text.length;
    else runs.push({ from, to: from + text.length, person });
  }
  return { runs, counts, unknown, characters, templateCharacters };
}

const marked = ({ from, to, person }: Run, line: number, isMine: boolean): Decoration =>
  Decoration.inline(
    from,
    to,
    { class: 'authored', style: `--author: ${person.color}`, 'data-line': String(line), title: person.name },
    // One's own text goes on as one types; that of others does not grow by it.
    { inclusiveStart: false, inclusiveEnd: isMine, personId: person.id },
  );

/** Marks every run of the text with its author, and says how much is whose. */
function show(doc: Node, shared: Y.Doc, names: AuthorNames, lines: Map<string, number>): Shown {
  try {
    const { runs, counts, unknown, characters, templateCharacters } = readAuthors(doc, shared, names);
    const lineOf = (personId: string): number => {
      const line = lines.get(personId) ?? lines.size % LINES;
      lines.set(personId, line);
      return line;
    };
    const mine = names.personOf(shared.clientID)?.id;
    const decorations = runs.map((run) => marked(run, lineOf(run.person.id), run.person.id === mine));
    const authors = [...counts.values()]
      .map(({ person, characters: own }) => ({ ...person, characters: own, line: lineOf(person.id) }))
      .sort((a, b) => b.characters - a.characters || (a.id < b.id ? -1 : 1));
    const summary = { authors, characters, templateCharacters };
    return { names, set: DecorationSet.create(doc, decorations), summary, unknown };
  } catch (cause) {
    // A text that is nested too deep is about to be closed by the server: it is shown without authors till then.
    if (cause instanceof RangeError) return { names, set: DecorationSet.empty, summary: NOBODY, unknown: new Set() };
    throw cause;
  }
}

const isArrival = (tr: Transaction): boolean => {
  const meta: unknown = tr.docChanged ? tr.getMeta(ySyncPluginKey) : undefined;
  return typeof meta === 'object' && meta !== null && 'isChangeOrigin' in meta && meta.isChangeOrigin === true;
};

/** Reads the authors anew a moment after one's own typing, but not into the middle of a composed letter. */
function readAgain(view: EditorView) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const look = () => {
    timer = undefined;
    if (view.composing) later();
    else view.dispatch(view.state.tr.setMeta(authorsKey, {} satisfies Meta).setMeta('addToHistory', false));
  };
  const later = () => {
    const now = performance.now();
    if (timer === undefined) since = now;
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(QUIET_MS, Math.max(0, since + LATEST_MS - now)));
  };
  return {
    update: ({ state }: EditorView, before: EditorState) => {
      const shown = authorsKey.getState(state);
      if (!shown) return;
      if (before.doc !== state.doc) later();
      shown.names.want(shown.unknown);
    },
    destroy: () => clearTimeout(timer),
  };
}

/**
 * Underlays the text with the colours of those who inserted it, once it is asked to by `showAuthors`. It is read from
 * the shared text itself: what others write is marked as it arrives, one's own typing a moment later.
 */
export const authorMarks = (shared: Y.Doc) =>
  Extension.create({
    name: 'authors',
    addProseMirrorPlugins() {
      const lines = new Map<string, number>();
      return [
        new Plugin<Shown | null>({
          key: authorsKey,
          state: {
            init: () => null,
            apply: (tr, before, _, { doc }) => {
              const meta: Meta | undefined = tr.getMeta(authorsKey);
              const names = meta?.names === undefined ? before?.names : (meta.names ?? undefined);
              if (!names) return null;
              if (before && meta?.pressed !== undefined) return { ...before, pressed: meta.pressed };
              // What arrives is laid over the whole text: nothing of the old marks could be moved along.
              if (!before || meta || isArrival(tr)) return show(doc, shared, names, lines);
              return tr.docChanged ? { ...before, set: before.set.map(tr.mapping, doc) } : before;
            },
          },
          props: {
            decorations: (state) => authorsKey.getState(state)?.set,
            handleClick: ({ editable, state, dispatch }, pressed) => {
              if (!editable && authorsKey.getState(state)) {
                dispatch(state.tr.setMeta(authorsKey, { pressed } satisfies Meta));
              }
              return false;
            },
          },
          view: readAgain,
        }),
      ];
    },
  });

/** Shows the authors under these names, or again under what has become known of them; null hides them. */
export const showAuthors = ({ state, dispatch }: Pick<EditorView, 'state' | 'dispatch'>, names: AuthorNames | null) =>
  dispatch(state.tr.setMeta(authorsKey, { names } satisfies Meta).setMeta('addToHistory', false));

/** How much of the text is whose; undefined while the authors are not shown. */
export const authorSummary = (state: EditorState): AuthorSummary | undefined => authorsKey.getState(state)?.summary;

const isNamed = (spec: unknown): spec is { readonly personId: string } =>
  typeof spec === 'object' && spec !== null && 'personId' in spec && typeof spec.personId === 'string';

/** Who inserted the character before a place, or behind it at the beginning of a run. */
function authorAt(state: EditorState, pos: number): string | undefined {
  const around = authorsKey.getState(state)?.set.find(pos, pos) ?? [];
  const found = around.find(({ to }) => to === pos) ?? around[0];
  const spec: unknown = found?.spec;
  return isNamed(spec) ? spec.personId : undefined;
}

/** Whose text the caret is in. */
export const authorAtCaret = (state: EditorState): string | undefined => authorAt(state, state.selection.head);

/** Whose text a reader has pressed, who has no caret. */
export function authorPressed(state: EditorState): string | undefined {
  const pressed = authorsKey.getState(state)?.pressed;
  return pressed === undefined ? undefined : authorAt(state, pressed);
}

/** The passages of one person, in the order of the text. */
export function passagesBy(state: EditorState, personId: string): { readonly from: number; readonly to: number }[] {
  const all = authorsKey.getState(state)?.set.find() ?? [];
  return all
    .filter(({ spec }) => isNamed(spec) && spec.personId === personId)
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => a.from - b.from);
}
