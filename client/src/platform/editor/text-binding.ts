import {
  type CompositionEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import * as Y from 'yjs';
import { change, FIELDS_ORIGIN, type FieldMap, textOf, useValue } from './fields-binding.ts';
import { positionAfter, type TextChange, type TextDelta, textChange } from './text-change.ts';

/** Writes one replacement into a shared text. */
export function applyChange(map: FieldMap, key: string, { at, remove, insert }: TextChange): void {
  const text = textOf(map, key);
  change(map, () => {
    if (remove > 0) text.delete(at, remove);
    if (insert !== '') text.insert(at, insert);
  });
}

type Selection = { readonly start: number; readonly end: number };

export type TextControl = {
  readonly value: string;
  readonly onChange: (element: HTMLTextAreaElement) => void;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: (event: CompositionEvent<HTMLTextAreaElement>) => void;
};

/**
 * Binds a plain text control to a shared text: what is typed goes in as the smallest change, what others type comes
 * in without moving the caret off its word. While an input method composes, the control is left alone, because
 * changing its text would end the composition; both sides meet when it ends.
 */
export function useTextControl(
  map: FieldMap,
  key: string,
  control: RefObject<HTMLTextAreaElement | null>,
): TextControl {
  const stored = useValue(map, key);
  const text = stored instanceof Y.Text ? stored : undefined;
  const composing = useRef<{ before: string; others: TextDelta[] }>(undefined);
  const caret = useRef<Selection>(undefined);
  const [draft, setDraft] = useState<string>();

  const subscribe = useCallback(
    (changed: () => void) => {
      const observe = (event: Y.YTextEvent) => {
        composing.current?.others.push(event.delta);
        if (event.transaction.origin !== FIELDS_ORIGIN) caret.current = shifted(control.current, event.delta);
        changed();
      };
      text?.observe(observe);
      return () => text?.unobserve(observe);
    },
    [text, control],
  );
  // A store is read before the next keystroke can come in, which a state set from a message is not: a keystroke
  // compared with a text that is not on the screen yet would take back what others wrote.
  const shared = useSyncExternalStore(subscribe, () => text?.toString() ?? plain(stored));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret is put back once the changed text is on the screen
  useLayoutEffect(() => {
    const wanted = caret.current;
    caret.current = undefined;
    if (!wanted || composing.current || !control.current || document.activeElement !== control.current) return;
    control.current.setSelectionRange(wanted.start, wanted.end);
  }, [shared, control]);

  const write = (before: string, element: HTMLTextAreaElement, others: readonly TextDelta[]) => {
    const made = textChange(before, element.value, element.selectionEnd);
    if (!made) return;
    const at = others.reduce(positionAfter, made.at);
    const end = others.reduce(positionAfter, made.at + made.remove);
    applyChange(map, key, { at, remove: Math.max(0, end - at), insert: made.insert });
  };

  return {
    value: draft ?? shared,
    onChange: (element) => {
      if (composing.current) setDraft(element.value);
      else write(shared, element, []);
    },
    onCompositionStart: () => {
      composing.current = { before: shared, others: [] };
      setDraft(shared);
    },
    onCompositionEnd: (event) => {
      const pending = composing.current;
      composing.current = undefined;
      if (pending) write(pending.before, event.currentTarget, pending.others);
      setDraft(undefined);
    },
  };
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : '');

function shifted(element: HTMLTextAreaElement | null, delta: TextDelta): Selection | undefined {
  if (!element) return undefined;
  return { start: positionAfter(element.selectionStart, delta), end: positionAfter(element.selectionEnd, delta) };
}
