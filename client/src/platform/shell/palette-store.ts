import { createSpotlight } from '@mantine/spotlight';

const [store, actions] = createSpotlight();

/** What the palette keeps: whether it is open, and which of its lines is chosen. */
export const paletteStore = store;

/** Opens the palette. */
export const openPalette = actions.open;

/**
 * Chooses the first line, unless another one was chosen already. The library marks the chosen line in the page, and does
 * so when something is typed: what a server finds comes later and stands before it.
 */
export function chooseFirst(): void {
  const { listId, selected } = store.getState();
  const list = document.getElementById(listId);
  const first = list?.querySelector('[data-action]');
  if (selected > 0 || !list || !first) return;
  list.querySelector('[data-selected]')?.removeAttribute('data-selected');
  first.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}
