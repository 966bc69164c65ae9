import { expect, test } from '@jest/globals';
import { fillToTell, MAX_DOCUMENT_BYTES } from './size.ts';

const maxBytes = MAX_DOCUMENT_BYTES;

test.each([
  [0, undefined],
  [0.5 * maxBytes, undefined],
  [0.8 * maxBytes - 1, undefined],
  [0.8 * maxBytes, 80],
  [0.9999 * maxBytes, 99],
  [maxBytes, 100],
  [maxBytes + 5, 100],
])('[D9] of %d bytes what is told is %s', (byteSize, told) => {
  expect(fillToTell({ byteSize, maxBytes })).toBe(told);
});
