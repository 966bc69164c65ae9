import { expect } from '@jest/globals';
import { type Ids, idNamesOf, placeOf } from './fixture.ts';
import { type Route, sample } from './routes.ts';

export type Call = {
  /** Id by the name of the place. */
  readonly ids: (name: string) => string;
  readonly query?: string;
  readonly body?: (valid: Record<string, unknown>) => unknown;
  /** Values of fields that mean something. */
  readonly known?: Readonly<Record<string, unknown>>;
};

export type Sender = (path: string, init: RequestInit) => Promise<Response>;
export type Answer = { readonly status: number; readonly text: string };

const KNOWN = {
  email: 'somebody@test.example',
  newEmail: 'else@test.example',
  password: 'not the right one',
  currentPassword: 'not the right one',
  domain: 'sample.example',
  // One pixel.
  logo: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a reply' }] }] },
};

/** An account made for somebody is another one than the account that somebody opens themself. */
const knownOf = ({ path }: Route) => (path.startsWith('/admin/') ? { email: 'invited@test.example' } : {});

/** Ids of one world, by the name of the place in this route. */
export const from =
  (route: Route, ids: Ids) =>
  (name: string): string =>
    ids[placeOf(route, name)] ?? 'nothing';

/** A body that the schema of the route accepts. */
const validBody = (route: Route, call: Call): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(route.body ?? {}).map(([name, schema]) => [
      name,
      idNamesOf(route).includes(name)
        ? call.ids(name)
        : sample(name, schema, { ...KNOWN, ...knownOf(route), ...call.known }),
    ]),
  );

function requestFor(route: Route, call: Call): { path: string; init: RequestInit } {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => call.ids(name));
  const idQuery = route.query.filter((name) => name.endsWith('Id')).map((name) => `${name}=${call.ids(name)}`);
  const required = route.requiredQuery.filter((name) => !name.endsWith('Id')).map((name) => `${name}=x`);
  const query = [...idQuery, ...required, ...(call.query === undefined ? [] : [call.query])].join('&');
  const headers: Record<string, string> = {};
  const init: RequestInit = { method: route.method, headers };
  if (route.method !== 'GET') {
    if (route.upload && call.body === undefined) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array([1, 2, 3])]), 'x.png');
      init.body = form;
    } else if (route.body !== undefined || call.body !== undefined) {
      headers['content-type'] = 'application/json';
      const valid = validBody(route, call);
      init.body = JSON.stringify(call.body === undefined ? valid : call.body(valid));
    }
  }
  return { path: `/api${path}${query === '' ? '' : `?${query}`}`, init };
}

/**
 * Calls a route. Whatever is answered, it is neither a fault of the server nor does it tell anything of its inside;
 * `mayRead` says that the caller may see what the fixtures are called.
 */
export async function drive(send: Sender, route: Route, call: Call, mayRead = false): Promise<Answer> {
  const { path, init } = requestFor(route, call);
  const answer = await send(path, init);
  const text = await answer.text();
  const told = `${route.name} with ${path} ${String(init.body)}: ${answer.status} ${text}`;
  expect(answer.status < 500 ? '' : told).toBe('');
  expect(text).not.toMatch(/\bat .*\.ts:|node_modules|MongoServerError/);
  if (!mayRead) expect(text.includes('Canary') ? told : '').toBe('');
  return { status: answer.status, text };
}
