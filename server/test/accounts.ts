import { PASSWORD, type TestApp } from './harness.ts';

/** A request as a browser sends it from one of our own pages. */
export const posting =
  (app: TestApp) =>
  (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${app.url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url, ...headers },
      body: JSON.stringify(body),
    });

/** What a browser sends back of an answer's cookies. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** The cookie of the session alone. */
export const sessionCookieOf = (response: Response): string =>
  cookieOf(response)
    .split('; ')
    .find((cookie) => /concert\.session=/.test(cookie)) ?? '';

let counter = 0;
/** Somebody who has no account yet. */
export const newcomer = (fields: { name?: string; email?: string; password?: string } = {}) => {
  counter += 1;
  return { name: `Person ${counter}`, email: `newcomer${counter}@test.example`, password: PASSWORD, ...fields };
};

/** Status, body and headers of an answer, without what differs by itself. */
export async function shapeOf(response: Response, names: readonly string[] = []): Promise<string> {
  const text = names.reduce((clean, name) => clean.replaceAll(name, 'X'), await response.text());
  const headers = [...response.headers.keys()].sort().join(' ');
  return `${response.status} ${text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')} ${headers}`;
}

/** Whether a cookie opens a session. */
export const opens = async (app: TestApp, cookie: string): Promise<boolean> =>
  (await fetch(`${app.url}/api/me`, { headers: { cookie } })).status === 200;

/** Everything the database holds, as text. */
export async function everythingStored(app: TestApp): Promise<string> {
  const { db } = app.app.platform;
  const collections = await db.listCollections().toArray();
  const docs = await Promise.all(collections.map(({ name }) => db.collection(name).find().toArray()));
  return JSON.stringify(docs);
}
