import { type RefObject, useEffect, useRef } from 'react';

/** Marks a part of the page to which the focus returns when what held it there has gone. It needs a `tabIndex` of -1. */
export const KEEPS_FOCUS = { 'data-keeps-focus': true, tabIndex: -1 } as const;

/**
 * Where the focus goes when what held it has gone: the button that opened the sitting, the form that was sent. Without
 * that a keyboard would begin again at the top of the page. It stays in its part of the page, else it comes to the place.
 */
export function useFocusKept(): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let held: HTMLElement | null = null;
    let part: HTMLElement | null = null;
    const hold = ({ target }: FocusEvent) => {
      held = target instanceof HTMLElement ? target : null;
      part = held?.closest<HTMLElement>('[data-keeps-focus]') ?? null;
    };
    // Whoever points somewhere means to be there.
    const release = () => {
      held = null;
    };
    const watch = new MutationObserver(() => {
      if (!held || document.activeElement !== document.body) return;
      // A button that is busy is disabled, and has lost the focus until it is free again.
      if (held.isConnected && held.matches(':disabled')) return;
      const to = held.isConnected ? held : part?.isConnected ? part : place.current;
      if (!held.isConnected) held = null;
      to?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', hold);
    document.addEventListener('pointerdown', release, true);
    watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', hold);
      document.removeEventListener('pointerdown', release, true);
      watch.disconnect();
    };
  }, []);
  return place;
}
