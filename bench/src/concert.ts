/** People with personal access tokens on a running Concert, who share a workspace; its owner comes first. */
export type Accounts = { readonly url: string; readonly tokens: readonly string[]; readonly workspaceId: string };

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

const bearer = ({ token }: { readonly token: string }): Record<string, string> => ({
  authorization: `Bearer ${token}`,
});

/** The headers with which each of them connects. */
export const headersOf = ({ tokens }: Accounts): Record<string, string>[] => tokens.map((token) => bearer({ token }));

/** How many people share the load: rights are looked after person by person. */
const PEOPLE = 20;

type Person = { readonly email: string; readonly token: string };

/** Signs somebody up and makes a token. */
async function signUp(url: string, index: number): Promise<Person> {
  const email = `load-${index}@load.example`;
  const person = { email, password: `a long password of ${index}`, name: `Load ${index}` };
  const signedUp = await post(url, '/api/auth/sign-up/email', person, {});
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { email, token: await textField(await post(url, '/api/tokens', { name: 'load' }, { cookie }), 'token') };
}

/** Signs people up and puts them all into one workspace as editors. */
export async function openAccounts(url: string): Promise<Accounts> {
  const people: Person[] = [];
  for (let index = 0; index < PEOPLE; index += 1) people.push(await signUp(url, index));
  const [owner, ...others] = people;
  if (!owner) throw new Error('nobody signed up');
  const workspace = await post(url, '/api/workspaces', { name: 'Load' }, bearer(owner));
  const workspaceId = await textField(workspace, 'id');
  for (const { email } of others)
    await post(url, `/api/workspaces/${workspaceId}/members`, { email, role: 'editor' }, bearer(owner));
  return { url, tokens: people.map(({ token }) => token), workspaceId };
}

const AT_ONCE = 8;

/** Creates notes; answers their ids. */
export async function createNotes(accounts: Accounts, count: number): Promise<string[]> {
  const ids: string[] = [];
  const path = `/api/workspaces/${accounts.workspaceId}/documents`;
  const headers = bearer({ token: accounts.tokens[0] ?? '' });
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, (_, index) =>
      post(accounts.url, path, { kind: 'note', title: `Note ${ids.length + index}` }, headers),
    );
    for (const response of await Promise.all(batch)) ids.push(await textField(response, 'id'));
  }
  return ids;
}
