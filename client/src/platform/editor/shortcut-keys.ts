const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as the keys are labelled here: "Mod+Shift+8" → "Ctrl+Shift+8", or "⌘⇧8" on a Mac. */
export function keysOf(shortcut: string): string {
  if (!isMac()) return shortcut.replace('Mod', 'Ctrl');
  return shortcut.replace('Mod', '⌘').replace('Shift', '⇧').replace('Alt', '⌥').replaceAll('+', '');
}
