import { describe, expect, test } from '@jest/globals';
import { whileStoreAnswers } from './patience.ts';

const never = new Promise<never>(() => undefined);
const AWAY = { code: 'SERVICE_UNAVAILABLE', reason: 'store-unavailable', detail: { retryAfter: 5 } };

describe('waiting for the database', () => {
  test('goes on as long as it answers', async () => {
    let pings = 0;
    let finish: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const ping = async () => {
      pings += 1;
      if (pings === 3) finish('done');
    };
    expect(await whileStoreAnswers(work, ping, 5)).toBe('done');
    expect(pings).toBe(3);
  });

  test('ends when it refuses, or says nothing', async () => {
    const refusing = () => Promise.reject(new Error('refused'));
    await expect(whileStoreAnswers(never, refusing, 5)).rejects.toMatchObject(AWAY);
    await expect(whileStoreAnswers(never, () => never, 5)).rejects.toMatchObject(AWAY);
  });

  test('what fails by itself fails as it did', async () => {
    await expect(whileStoreAnswers(Promise.reject(new RangeError('mine')), () => never, 5)).rejects.toThrow('mine');
  });
});
