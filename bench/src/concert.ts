/** Somebody with an account and a personal access token on a running Concert. */
export type Account = { readonly url: string; readonly token: string; readonly workspaceId: string };

async function post(url: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

const textField = async (response: Response, name: string): Promise<string> => {
  const body: unknown = await response.json();
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}`);
  return value;
};

export const bearer = (account: Account): Record<string, string> => ({ authorization: `Bearer ${account.token}` });

/** Signs somebody up, makes a token and a workspace. */
export async function openAccount(url: string): Promise<Account> {
  const person = { email: 'load@load.example', password: 'a long password for the load', name: 'Load' };
  const signedUp = await post(url, '/api/auth/sign-up/email', person, {});
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const token = await textField(await post(url, '/api/tokens', { name: 'load' }, { cookie }), 'token');
  const workspace = await post(url, '/api/workspaces', { name: 'Load' }, { authorization: `Bearer ${token}` });
  return { url, token, workspaceId: await textField(workspace, 'id') };
}

const AT_ONCE = 8;

/** Creates notes; answers their ids. */
export async function createNotes(account: Account, count: number): Promise<string[]> {
  const ids: string[] = [];
  const path = `/api/workspaces/${account.workspaceId}/documents`;
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, (_, index) =>
      post(account.url, path, { kind: 'note', title: `Note ${ids.length + index}` }, bearer(account)),
    );
    for (const response of await Promise.all(batch)) ids.push(await textField(response, 'id'));
  }
  return ids;
}
