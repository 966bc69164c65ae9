import type { PubSub } from '../src/index.ts';

/** What may happen to messages on the way. */
export type Weather = 'fine' | 'lossy' | 'doubling' | 'shuffling' | 'away';

/** Several processes' worth of publish and subscribe in one, which loses, doubles and shuffles when told to. */
export class MemoryHub {
  weather: Weather = 'fine';
  readonly #random: () => number;
  readonly #channels = new Map<string, Set<(message: Uint8Array) => void>>();
  readonly #returns = new Set<() => void>();

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** The way of one process. */
  join(): PubSub {
    return {
      publish: (channel, message) => this.#publish(channel, message.slice()),
      subscribe: (channel, listener) => {
        const listeners = this.#channels.get(channel) ?? new Set();
        this.#channels.set(channel, listeners.add(listener));
        return () => listeners.delete(listener);
      },
      isReady: () => this.weather !== 'away',
      onReturn: (listener) => {
        this.#returns.add(listener);
        return () => this.#returns.delete(listener);
      },
    };
  }

  comeBack(): void {
    this.weather = 'fine';
    for (const listener of this.#returns) listener();
  }

  #publish(channel: string, message: Uint8Array): void {
    for (const listener of this.#channels.get(channel) ?? []) {
      if (this.weather === 'away' || (this.weather === 'lossy' && this.#random() < 0.5)) continue;
      const times = this.weather === 'doubling' ? 2 : 1;
      const late = this.weather === 'shuffling' ? this.#random() * 20 : 0;
      for (let i = 0; i < times; i++) setTimeout(() => listener(message), late);
    }
  }
}
