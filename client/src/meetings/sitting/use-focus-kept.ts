import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where the focus goes when what held it has gone: the button that opened the sitting, the item that was turned from.
 * Without that a keyboard would begin again at the top of the page.
 */
export function useFocusKept(): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let held: Element | null = null;
    const hold = ({ target }: FocusEvent) => {
      held = target instanceof Element ? target : null;
    };
    const watch = new MutationObserver(() => {
      if (!held || held.isConnected || document.activeElement !== document.body) return;
      held = null;
      place.current?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', hold);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', hold);
      watch.disconnect();
    };
  }, []);
  return place;
}
