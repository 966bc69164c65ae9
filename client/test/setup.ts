import '@testing-library/jest-dom/jest-globals';
import { afterEach, beforeAll, jest } from '@jest/globals';
import { cleanup, configure } from '@testing-library/react';

declare global {
  /** Moves the page under test to another address, origin included. */
  function visit(url: string): void;
}

/** What Mantine asks of a browser and jsdom lacks: no media query matches, nothing is ever resized, no font is loaded. */
class StillObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const noMatch = (query: string): MediaQueryList => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

// Bounds on waiting, not times that anything must take: a busy machine renders a page in seconds.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });

beforeAll(() => {
  window.matchMedia = noMatch;
  window.ResizeObserver = StillObserver;
  window.scrollTo = () => {};
  window.HTMLElement.prototype.scrollIntoView = () => {};
  Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });
});

afterEach(() => cleanup());
