import type { Thread } from '@concert/domain/threads/api.ts';
import { Button, HoverCard, Paper, Text } from '@mantine/core';
import { IconMessage2Plus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { isTextSelection } from '@tiptap/core';
import type { Editor } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import {
  type Discussed,
  discussedIn,
  discussedKey,
  discussedPassages,
  selectedPassage,
  showDiscussed,
} from '../../platform/editor/discussed.ts';
import { useText } from '../../platform/i18n.ts';
import type { DocumentMarginProps } from '../../platform/module.ts';
import { orpc } from '../../platform/query.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { messages } from '../messages.ts';
import styles from './document-passages.module.css';
import { stacked } from './stacking.ts';
import { setBeside, setGoTo, setPlaces, useBeside } from './store.ts';

const MOST = 200;
const CARD = 34;

type Anchored = Thread & { readonly anchor: Discussed };
const isAnchored = (thread: Thread): thread is Anchored => thread.anchor !== undefined;

/** Passages of a document that are discussed: shown in the text, with a card for each in the margin, and begun there. */
export function DocumentPassages({ document: { id, workspaceState, trashedAt }, editor }: DocumentMarginProps) {
  const list = useQuery(orpc.threads.documents.list.queryOptions({ input: { id, limit: MOST, state: 'open' } }));
  const threads = useMemo(() => (list.data?.items ?? []).filter(isAnchored), [list.data]);
  const mayOpen = workspaceState === 'active' && !trashedAt;
  const { threadId: active } = useBeside();
  useDiscussed(editor, threads, active);
  useArrival();
  return (
    <>
      <Cards editor={editor} threads={threads} active={active} />
      {mayOpen && <CommentBubble editor={editor} />}
    </>
  );
}

/** Shows the passages in the text, and says where they are. */
function useDiscussed(editor: Editor, threads: readonly Anchored[], active: string | undefined): void {
  const picked = useRef<(anchorId: string) => void>(() => undefined);
  // A reader who clicks on a passage wants to know what is said of it; a writer wants to write there.
  picked.current = (anchorId) => {
    const thread = threads.find(({ anchor }) => anchor.id === anchorId);
    if (thread && !editor.isEditable) setBeside({ opened: true, threadId: thread.id });
  };
  useEffect(() => {
    editor.registerPlugin(discussedPassages((anchorId) => picked.current(anchorId)));
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(discussedKey);
    };
  }, [editor]);

  useEffect(() => {
    const activeAnchor = threads.find((thread) => thread.id === active)?.anchor.id;
    showDiscussed(editor, { passages: threads.map(({ anchor }) => anchor), active: activeAnchor });
    const say = () => {
      if (editor.isDestroyed) return;
      const ranges = discussedIn(editor.state);
      const placed = threads
        .flatMap((thread) => {
          const range = ranges.get(thread.anchor.id);
          return range ? [{ id: thread.id, from: range.from }] : [];
        })
        .sort((one, other) => one.from - other.from);
      const orphans = threads.filter(({ anchor }) => !ranges.has(anchor.id)).map((thread) => thread.id);
      setPlaces({ order: placed.map(({ id }) => id), orphans: new Set(orphans) });
    };
    say();
    editor.on('update', say);
    return () => {
      editor.off('update', say);
    };
  }, [editor, threads, active]);

  useEffect(() => {
    setGoTo((threadId) => {
      const thread = threads.find(({ id }) => id === threadId);
      const range = thread && discussedIn(editor.state).get(thread.anchor.id);
      if (!range) return;
      const { node } = editor.view.domAtPos(range.from);
      const element = node instanceof Element ? node : node.parentElement;
      element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    });
    return () => setGoTo(undefined);
  }, [editor, threads]);

  useEffect(
    () => () => {
      setPlaces({ order: [], orphans: new Set() });
      setBeside({ opened: false });
    },
    [],
  );
}

/** `/documents/{id}?thread={id}` opens that discussion beside its passage. */
function useArrival(): void {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('thread');
  useEffect(() => {
    if (wanted === null) return;
    setBeside({ opened: true, threadId: wanted });
    setParams(
      (before) => {
        before.delete('thread');
        return before;
      },
      { replace: true },
    );
  }, [wanted, setParams]);
}

type CardsProps = {
  readonly editor: Editor;
  readonly threads: readonly Anchored[];
  readonly active: string | undefined;
};

/** Beside each passage, who discusses it. */
function Cards({ editor, threads, active }: CardsProps) {
  const t = useText(messages);
  const [tops, setTops] = useState<readonly { id: string; top: number }[]>([]);
  const measure = useCallback(() => {
    if (editor.isDestroyed) return;
    const ranges = discussedIn(editor.state);
    const origin = editor.view.dom.getBoundingClientRect().top;
    const wanting = threads.flatMap(({ id, anchor }) => {
      const range = ranges.get(anchor.id);
      return range ? [{ id, top: Math.round(editor.view.coordsAtPos(range.from).top - origin) }] : [];
    });
    const next = stacked(wanting, CARD);
    setTops((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  }, [editor, threads]);

  useEffect(() => {
    let frame = requestAnimationFrame(measure);
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const resized = new ResizeObserver(later);
    resized.observe(editor.view.dom);
    editor.on('transaction', later);
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      editor.off('transaction', later);
    };
  }, [editor, measure]);

  if (tops.length === 0) return null;
  return (
    <aside className={styles.margin} aria-label={t('passage.margin')}>
      {tops.map(({ id, top }) => {
        const thread = threads.find((one) => one.id === id);
        return thread && <Card key={id} thread={thread} top={top} isActive={id === active} />;
      })}
    </aside>
  );
}

function Card({ thread, top, isActive }: { thread: Anchored; top: number; isActive: boolean }) {
  const t = useText(messages);
  const { id, openedBy, excerpt, replyCount, unreadCount, lastReplyAt, anchor } = thread;
  return (
    <HoverCard width={280} position="left" openDelay={250} shadow="md" withinPortal>
      <HoverCard.Target>
        <button
          type="button"
          className={styles.card}
          style={{ top }}
          data-active={isActive || undefined}
          data-unread={unreadCount > 0 || undefined}
          aria-label={t('passage.open', { name: openedBy.name, quote: shortened(anchor.quote) })}
          onClick={() => setBeside({ opened: true, threadId: id })}
        >
          <PersonAvatar person={openedBy} size={24} decorative />
          {replyCount > 1 && <span className={styles.count}>{replyCount}</span>}
        </button>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Text size="sm" fw={600}>
          {openedBy.name}
        </Text>
        <Text size="sm" lineClamp={4}>
          {excerpt}
        </Text>
        <Text size="xs" c="dimmed" mt={4}>
          {t('row.replies', { count: replyCount })} · <RelativeTime at={lastReplyAt} />
        </Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

const SHORT = 60;
const shortened = (quote: string): string => (quote.length > SHORT ? `${quote.slice(0, SHORT)}…` : quote);

/** Under selected words, for whoever may discuss them: readers too. */
function CommentBubble({ editor }: { editor: Editor }) {
  const t = useText(messages);
  const begin = useCallback(() => {
    const passage = editor.isDestroyed ? null : selectedPassage(editor);
    if (!passage) return;
    setBeside({ opened: true, passage });
    // What was selected is quoted now; the button below it has done its work.
    editor.commands.setTextSelection(editor.state.selection.to);
  }, [editor]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // By place on the keyboard: with Alt held, a key may say another letter.
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== 'KeyM') return;
      event.preventDefault();
      begin();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [begin]);
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="commentBubble"
      updateDelay={120}
      options={{ placement: 'bottom-end', offset: 8, flip: true, shift: { padding: 8 } }}
      shouldShow={({ state }) => {
        const { selection } = state;
        return isTextSelection(selection) && state.doc.textBetween(selection.from, selection.to).trim() !== '';
      }}
    >
      <Paper shadow="md" withBorder className={styles.bubble}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconMessage2Plus size={16} aria-hidden />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={begin}
        >
          {t('passage.comment')}
        </Button>
      </Paper>
    </BubbleMenu>
  );
}
