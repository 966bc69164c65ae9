import { ReactRenderer } from '@tiptap/react';
import type { SuggestionProps } from '@tiptap/suggestion';
import { type ComponentType, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import styles from './suggestions.module.css';

type Keys = { readonly onKeyDown: (event: KeyboardEvent) => boolean };

/** What the library gives a list under the caret. */
export type Suggesting<Item> = SuggestionProps<Item, Item> & { readonly ref?: Ref<Keys> };

type Look<Item> = {
  /** What the list is called. */
  readonly label: string;
  /** Said when there is nothing to choose. */
  readonly none: string;
  readonly keyOf: (item: Item) => string;
  readonly draw: (item: Item) => ReactNode;
};

/** The list under the caret: arrows choose, Enter or Tab inserts, Escape closes. */
export function SuggestionList<Item>(props: Suggesting<Item> & Look<Item>) {
  const { items, command, query, label, none, keyOf, draw, ref } = props;
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at the top again
  useEffect(() => setAt(0), [query]);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
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
    <div className={styles.list} role="listbox" aria-label={label} ref={list}>
      {items.length === 0 && <p className={styles.none}>{none}</p>}
      {items.map((item, index) => (
        <button
          key={keyOf(item)}
          type="button"
          role="option"
          aria-selected={index === at}
          data-at={index}
          tabIndex={-1}
          className={styles.item}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => setAt(index)}
          onClick={() => command(item)}
        >
          {draw(item)}
        </button>
      ))}
    </div>
  );
}

/** Draws a list for the library, in front of what it opens over. */
export const drawSuggestions =
  <Item,>(List: ComponentType<Suggesting<Item>>) =>
  () => {
    let drawn: ReactRenderer<Keys, SuggestionProps<Item, Item>> | undefined;
    let unmount: (() => void) | undefined;
    return {
      onStart: (props: SuggestionProps<Item, Item>) => {
        drawn = new ReactRenderer<Keys, SuggestionProps<Item, Item>>(List, { props, editor: props.editor });
        drawn.element.style.zIndex = '400';
        unmount = props.mount(drawn.element);
      },
      onUpdate: (props: SuggestionProps<Item, Item>) => drawn?.updateProps(props),
      onKeyDown: ({ event }: { event: KeyboardEvent }) => drawn?.ref?.onKeyDown(event) ?? false,
      onExit: () => {
        unmount?.();
        drawn?.destroy();
      },
    };
  };
