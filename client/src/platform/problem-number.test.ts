import { beforeAll, expect, test } from '@jest/globals';
import { ORPCError } from '@orpc/client';
import { startI18n } from './i18n.ts';
import { common } from './messages.ts';
import { problemText } from './problem-text.ts';

beforeAll(() => startI18n([common], 'en'));

const failed = (status: number, data: object) => new ORPCError('INTERNAL_SERVER_ERROR', { status, data });

test('a fault inside the server is said with the number under which its log tells more', () => {
  expect(problemText(failed(500, { reason: 'internal', requestId: 'a1b2' }))).toBe(
    'Something went wrong on our side. Try again in a moment. Number to quote: a1b2.',
  );
});

test('what passes by itself, and a fault without a number, is said without one', () => {
  expect(problemText(failed(503, { reason: 'too-busy', requestId: 'a1b2' }))).not.toContain('a1b2');
  expect(problemText(failed(500, { reason: 'internal' }))).toBe(
    'Something went wrong on our side. Try again in a moment.',
  );
});
