import type { KeyboardEvent } from 'react';

const DIALOG = '[role="dialog"]';

/**
 * For a dialog that opens others in front of itself: Escape closes the one in front alone. The library lets every open
 * dialog hear the key; this one hears only what is pressed inside of it, and not in what stands before it.
 */
export const closesAloneOnEscape = (onClose: () => void) => ({
  closeOnEscape: false,
  onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    const { target, currentTarget } = event;
    // React hands over what is pressed in dialogs in front too: they are its children, wherever they stand in the page.
    if (!(target instanceof Element)) return;
    if (target.closest(DIALOG) !== currentTarget.querySelector(DIALOG)) return;
    // A list or calendar that is open goes first.
    if (target.getAttribute('data-mantine-stop-propagation') === 'true') return;
    onClose();
  },
});
