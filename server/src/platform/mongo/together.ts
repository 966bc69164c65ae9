/** Keys that one question names at most. */
const AT_ONCE = 500;

type Asked<Value> = { resolve(value: Value | undefined): void; reject(error: unknown): void };

/**
 * Asks for things one by one, as if each asked alone; what is asked for in one turn of the event loop goes out as one
 * question. A hundred people who come back after a restart are a few questions then, not hundreds. Nothing is
 * remembered, and the question goes out after everybody has asked: an answer is never older than its question, so that
 * rights can rest on it.
 * @param find answers what there is, by key
 */
export function together<Value>(
  find: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let waiting = new Map<string, Asked<Value>[]>();

  const ask = async (asked: readonly (readonly [string, readonly Asked<Value>[]])[]): Promise<void> => {
    try {
      const found = await find(asked.map(([key]) => key));
      for (const [key, all] of asked) for (const { resolve } of all) resolve(found.get(key));
    } catch (error) {
      for (const [, all] of asked) for (const { reject } of all) reject(error);
    }
  };

  const askAll = (): void => {
    const asked = [...waiting];
    waiting = new Map();
    for (let i = 0; i < asked.length; i += AT_ONCE) void ask(asked.slice(i, i + AT_ONCE));
  };

  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(askAll);
      const known = waiting.get(key);
      if (known) known.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
    });
}
