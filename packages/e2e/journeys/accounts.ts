import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';

export const demoEmail = (account: string): string => `${account}@demo.concert.test`;

/** Signs a demonstration account in and sets its language to English, over the public interface. */
export async function signIn(request: APIRequestContext, url: string, account: string): Promise<void> {
  const signedIn = await request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email: demoEmail(account), password: 'concert-demo' },
  });
  expect(signedIn.status(), await signedIn.text()).toBe(200);
  await send(request, 'PATCH', `${url}/api/me`, { locale: 'en' });
}

/** Sends JSON as a page of the site does; answers the JSON that came back, and fails on anything but success. */
export async function send<Answer>(
  request: APIRequestContext,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  data?: object,
): Promise<Answer> {
  const answer = await request.fetch(url, { method, data, headers: { origin: new URL(url).origin } });
  const text = await answer.text();
  expect(answer.ok(), `${method} ${url}: ${answer.status()} ${text}`).toBe(true);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

type Listed = { readonly id: string; readonly title?: string; readonly name?: string };

/** The id of the first item of a list whose title or name holds the words; fails when there is none. */
export async function idOf(request: APIRequestContext, url: string, words: string): Promise<string> {
  const answer = await request.get(url);
  expect(answer.ok(), `${url}: ${answer.status()}`).toBe(true);
  const { items } = (await answer.json()) as { items: Listed[] };
  const item = items.find((one) => (one.title ?? one.name ?? '').includes(words));
  if (!item) throw new Error(`${url} lists nothing with “${words}”`);
  return item.id;
}

/** A workspace of one's own with a fresh needs assessment, and further members by account and role. */
export async function freshAssessment(
  request: APIRequestContext,
  url: string,
  { title, members }: { title: string; members: Readonly<Record<string, string>> },
): Promise<{ workspaceId: string; documentId: string }> {
  const { id: workspaceId } = await send<{ id: string }>(request, 'POST', `${url}/api/workspaces`, { name: title });
  for (const [account, role] of Object.entries(members)) {
    await send(request, 'POST', `${url}/api/workspaces/${workspaceId}/members`, { email: demoEmail(account), role });
  }
  const { id: documentId } = await send<{ id: string }>(
    request,
    'POST',
    `${url}/api/workspaces/${workspaceId}/documents`,
    { kind: 'needs-assessment', title, locale: 'en' },
  );
  return { workspaceId, documentId };
}
