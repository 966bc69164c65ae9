import type { KeyboardEvent } from 'react';

/**
 * For a dialog that opens others in front of itself: Escape closes the one in front alone. The library lets every open
 * dialog hear the key; this one hears only what is pressed inside of it, and not in what stands before it.
 */
export const closesAloneOnEscape = (onClose: () => void) => ({
  closeOnEscape: false,
  onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    const { target, currentTarget } = event;
    // React hands over what is pressed in dialogs in front too: they are its children, though not those of the page.
    if (!(target instanceof Element) || !currentTarget.contains(target)) return;
    // A list or calendar that is open goes first.
    if (target.getAttribute('data-mantine-stop-propagation') === 'true') return;
    onClose();
  },
});
