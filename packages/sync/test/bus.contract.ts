import { afterEach, describe, expect, test } from '@jest/globals';
import { type Bus, createBus, type News, type PubSub } from '../src/index.ts';

/** Waits until a condition holds. */
async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 8_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What every Bus must do. `join` answers the way of one more process. */
export function describeBus(name: string, join: () => PubSub): void {
  describe(`${name} as a bus`, () => {
    const stops: (() => void)[] = [];
    afterEach(() => {
      for (const stop of stops.splice(0)) stop();
    });

    /** A bus that hears a document from now on: a way takes a moment to be there. */
    async function listening(documentId: string, from: Bus): Promise<{ bus: Bus; heard: News[] }> {
      const bus = createBus(join());
      const heard: News[] = [];
      let there = false;
      const stop = bus.subscribe(documentId, (news) => {
        if (news.kind === 'who') there = true;
        else heard.push(news);
      });
      stops.push(stop);
      await until(() => {
        from.publish(documentId, { kind: 'who' });
        return there;
      }, 'it listens');
      return { bus, heard };
    }

    test('[S46] what one tells, the others hear as it was told', async () => {
      const one = createBus(join());
      const { heard } = await listening('a', one);
      const news: News[] = [
        { kind: 'record', seq: 7, updates: [new Uint8Array([1, 2]), new Uint8Array([]), new Uint8Array([255])] },
        {
          kind: 'presence',
          states: [
            { clientId: 4_294_967_295, clock: 3, state: '{"x":"é"}', personId: 'p', name: 'Zoë', color: '#fff' },
          ],
        },
        { kind: 'record', seq: 8, updates: null },
      ];
      for (const one_ of news) one.publish('a', one_);
      await until(() => heard.length === news.length, 'all is heard');
      const bytes = (told: News[]) =>
        JSON.stringify(told, (_, value) => (value instanceof Uint8Array ? [...value] : value));
      expect(bytes(heard)).toBe(bytes(news));
    });

    test('[S46] of a document hears only who listens to it, and nobody itself', async () => {
      const one = createBus(join());
      const a = await listening('a', one);
      const b = await listening('b', one);
      b.bus.publish('b', { kind: 'record', seq: 1, updates: null });
      one.publish('a', { kind: 'record', seq: 2, updates: null });
      await until(() => a.heard.length > 0, 'a is heard');
      expect(a.heard).toEqual([{ kind: 'record', seq: 2, updates: null }]);
      expect(b.heard).toEqual([]);
    });

    test('[S46] text that is too long for a message is only said to be there', async () => {
      const one = createBus(join());
      const { heard } = await listening('a', one);
      one.publish('a', { kind: 'record', seq: 3, updates: [new Uint8Array(40_000), new Uint8Array(40_000)] });
      await until(() => heard.length > 0, 'it is heard');
      expect(heard).toEqual([{ kind: 'record', seq: 3, updates: null }]);
    });

    test('[S46] what is not ours is not heard', async () => {
      const way = join();
      const one = createBus(way);
      const { heard } = await listening('a', one);
      for (const message of [[], [1], [9, 9, 9], [1, 5, 2, 255, 255, 255, 255, 15], [1, 5, 0], [1, 5, 77]]) {
        way.publish('a', new Uint8Array(message));
      }
      one.publish('a', { kind: 'record', seq: 4, updates: null });
      await until(() => heard.length > 0, 'ours is heard');
      expect(heard).toEqual([{ kind: 'record', seq: 4, updates: null }]);
    });

    test('[S46] who has stopped listening hears no more', async () => {
      const one = createBus(join());
      const gone = await listening('a', one);
      const still = await listening('a', one);
      stops.shift()?.();
      one.publish('a', { kind: 'record', seq: 5, updates: null });
      await until(() => still.heard.length > 0, 'the other hears');
      expect(gone.heard).toEqual([]);
    });

    test('[S46] several listeners of one instance are several: who stops takes nothing from the others', async () => {
      const one = createBus(join());
      const { bus, heard } = await listening('a', one);
      const other: News[] = [];
      const stop = bus.subscribe('a', (news) => other.push(news));
      const told = (seq: number) => other.some((news) => news.kind === 'record' && news.seq === seq);
      await until(() => {
        one.publish('a', { kind: 'record', seq: 6, updates: null });
        return told(6);
      }, 'both hear');
      stop();
      stop();
      one.publish('a', { kind: 'record', seq: 7, updates: null });
      await until(() => heard.some((news) => news.kind === 'record' && news.seq === 7), 'the first still hears');
      expect(told(7)).toBe(false);
    });

    test('[S47] says to be ready while others can be heard, and tells of no return without a break', async () => {
      const one = createBus(join());
      let returns = 0;
      const stop = one.onReturn(() => {
        returns += 1;
      });
      one.publish('nobody listens', { kind: 'who' });
      const { heard } = await listening('a', one);
      one.publish('a', { kind: 'record', seq: 8, updates: null });
      await until(() => heard.length > 0, 'it is heard');
      expect({ ready: one.isReady(), returns }).toEqual({ ready: true, returns: 0 });
      stop();
    });
  });
}
