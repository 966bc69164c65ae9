import { describe, expect, test } from '@jest/globals';
import { together } from './together.ts';

describe('questions that are asked together', () => {
  test('those of one turn are one question, each key once, and each asker gets its own answer', async () => {
    const questions: (readonly string[])[] = [];
    const find = together(async (keys) => {
      questions.push(keys);
      return new Map(keys.filter((key) => key !== 'nothing').map((key) => [key, `found ${key}`]));
    });
    const answers = await Promise.all(['a', 'b', 'a', 'nothing'].map(find));
    expect(answers).toEqual(['found a', 'found b', 'found a', undefined]);
    expect(questions).toEqual([['a', 'b', 'nothing']]);
  });

  test('nothing is remembered: who asks while a question is under way gets the answer to a later one', async () => {
    let stored = 1;
    let answer: (() => void) | undefined;
    const find = together(async (keys) => {
      const read = stored;
      if (answer === undefined) await new Promise<void>((resolve) => (answer = resolve));
      return new Map(keys.map((key) => [key, read]));
    });
    const first = find('a');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    stored = 2;
    const second = find('a');
    answer?.();
    expect(await Promise.all([first, second])).toEqual([1, 2]);
  });

  test('a question that fails fails for all who asked it, and for nobody else', async () => {
    let fails = true;
    const find = together(async (keys) => {
      if (fails) throw new Error('away');
      return new Map(keys.map((key) => [key, key]));
    });
    const results = await Promise.allSettled([find('a'), find('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await find('a')).toBe('a');
  });

  test('very many keys go out in several questions', async () => {
    const sizes: number[] = [];
    const find = together(async (keys) => {
      sizes.push(keys.length);
      return new Map(keys.map((key) => [key, key]));
    });
    const keys = Array.from({ length: 1_201 }, (_, i) => String(i));
    expect(await Promise.all(keys.map(find))).toEqual(keys);
    expect(sizes).toEqual([500, 500, 201]);
  });
});
