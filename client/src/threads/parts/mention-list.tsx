import type { MentionKind } from '@concert/domain/threads/api.ts';
import { Mention } from '@concert/editor/nodes/mention.ts';
import { IconBuildingBank, IconFileText } from '@tabler/icons-react';
import { PluginKey } from '@tiptap/pm/state';
import { type Editor, ReactRenderer } from '@tiptap/react';
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import list from '../../platform/editor/slash.module.css';
import { useText } from '../../platform/i18n.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { messages } from '../messages.ts';
import styles from './mention-list.module.css';

/** Something that can be mentioned here. */
export type Suggested = {
  readonly kind: MentionKind;
  readonly id: string;
  readonly name: string;
  readonly color?: string | undefined;
  readonly detail?: string | undefined;
  readonly unreachable?: boolean | undefined;
};

type Props = SuggestionProps<Suggested, Suggested>;
type Keys = { readonly onKeyDown: (event: KeyboardEvent) => boolean };

/** The list under the caret: arrows choose, Enter or Tab inserts, Escape closes. */
function MentionList({ items, command, query, ref }: Props & { ref?: Ref<Keys> }) {
  const t = useText(messages);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at the top again
  useEffect(() => setAt(0), [query]);
  useEffect(() => {
    box.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  useImperativeHandle(ref, () => ({
    onKeyDown: ({ key }) => {
      if (items.length === 0) return false;
      if (key === 'ArrowDown') setAt((at + 1) % items.length);
      else if (key === 'ArrowUp') setAt((at - 1 + items.length) % items.length);
      else if (key === 'Enter' || key === 'Tab') {
        const chosen = items[at];
        if (chosen) command(chosen);
      } else return false;
      return true;
    },
  }));

  return (
    <div className={list.list} role="listbox" aria-label={t('mention.label')} ref={box}>
      {items.length === 0 && <p className={list.none}>{t('mention.none')}</p>}
      {items.map((item, index) => (
        <button
          key={`${item.kind} ${item.id}`}
          type="button"
          role="option"
          aria-selected={index === at}
          data-at={index}
          tabIndex={-1}
          className={list.item}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => setAt(index)}
          onClick={() => command(item)}
        >
          <Sign item={item} />
          <span className={styles.words}>
            <span>{item.name}</span>
            <span className={styles.detail}>
              {item.unreachable ? t('mention.unreachable') : (item.detail ?? t(`mention.kind.${item.kind}`))}
            </span>
          </span>
        </button>
      ))}
    </div>
  );
}

function Sign({ item: { kind, name, color } }: { item: Suggested }) {
  const Icon = kind === 'body' ? IconBuildingBank : IconFileText;
  return (
    <span className={styles.sign}>
      {kind === 'person' ? (
        <PersonAvatar person={{ name, color: color ?? '#495057' }} size={24} decorative />
      ) : (
        <Icon size={20} stroke={1.6} aria-hidden />
      )}
    </span>
  );
}

const MENTIONS = new PluginKey<{ readonly active: boolean }>('mentions');

/** Whether somebody is choosing whom or what to mention. */
export const isChoosing = (editor: Editor): boolean => MENTIONS.getState(editor.state)?.active === true;

/** Mentions with suggestions behind an @. `find` answers what may be mentioned; when it cannot, there is nothing to choose. */
export const suggestingMention = (find: (query: string) => Promise<readonly Suggested[]>): typeof Mention =>
  Mention.extend({
    addProseMirrorPlugins() {
      return [
        Suggestion<Suggested, Suggested>({
          editor: this.editor,
          pluginKey: MENTIONS,
          char: '@',
          allowSpaces: true,
          debounce: 120,
          allow: ({ editor, state, range }) =>
            editor.isEditable && !editor.isActive('codeBlock') && state.doc.resolve(range.from).parent.isTextblock,
          items: async ({ query }) => {
            // Behind an @, two words are a name; a sentence is not.
            if (query.split(/\s+/).length > 3) return [];
            return [...(await find(query.trim()).catch(() => []))];
          },
          command: ({ editor, range, props: { kind, id, name } }) => {
            editor
              .chain()
              .focus()
              .insertContentAt(range, [
                { type: 'mention', attrs: { kind, id, name } },
                { type: 'text', text: ' ' },
              ])
              .run();
          },
          render: drawList,
        }),
      ];
    },
  });

function drawList() {
  let drawn: ReactRenderer<Keys, Props> | undefined;
  let unmount: (() => void) | undefined;
  return {
    onStart: (props: Props) => {
      drawn = new ReactRenderer<Keys, Props>(MentionList, { props, editor: props.editor });
      // In front of what it opens over, drawers among it.
      drawn.element.style.zIndex = '400';
      unmount = props.mount(drawn.element);
    },
    onUpdate: (props: Props) => drawn?.updateProps(props),
    onKeyDown: ({ event }: { event: KeyboardEvent }) => drawn?.ref?.onKeyDown(event) ?? false,
    onExit: () => {
      unmount?.();
      drawn?.destroy();
    },
  };
}
