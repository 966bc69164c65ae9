import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

/**
 * Whether keys alone do something here. They can be turned off: who dictates, or types where no field is, must not turn
 * everybody's screen by accident (WCAG 2.2, 2.1.4).
 */
export const useKeysOn = () =>
  useLocalStorage({ key: 'concert.sitting.keys', defaultValue: true, getInitialValueInEffect: false });

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]';

/** Whether a pressed key belongs to what has the focus, or is part of another shortcut. */
export function isTyped({ target, ctrlKey, metaKey, altKey, repeat, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || repeat || defaultPrevented) return true;
  return target instanceof Element && target.closest(FIELDS) !== null;
}

/** Shortcuts of those who conduct, by the letter; heard only while no field has the focus. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>, active: boolean): void {
  const [on] = useKeysOn();
  const now = useRef(actions);
  now.current = actions;
  const heard = active && on;
  useEffect(() => {
    if (!heard) return;
    const onKey = (event: KeyboardEvent) => {
      if (isTyped(event)) return;
      const action = now.current[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [heard]);
}
