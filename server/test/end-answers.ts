import { afterAll } from '@jest/globals';

/**
 * An answer of which nobody reads the end keeps its connection, and a connection keeps the process of the tests: what
 * a file of tests has left unread is ended with it.
 */
const answers: WeakRef<Response>[] = [];
const { fetch: realFetch } = globalThis;

globalThis.fetch = async (...request) => {
  const answer = await realFetch(...request);
  answers.push(new WeakRef(answer));
  return answer;
};

afterAll(async () => {
  for (const reference of answers.splice(0)) {
    const body = reference.deref()?.body;
    if (body && !body.locked) await body.cancel();
  }
});
