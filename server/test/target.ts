import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { clientOf, PASSWORD, signIn } from './harness.ts';
import { runServer } from './process.ts';

/** Somebody with a session. */
export type Person = { readonly email: string; readonly headers: { readonly cookie: string; readonly origin: string } };

/** A server in a process of its own under its default limits, so that what it holds is told apart from what is sent. */
export type Target = {
  readonly url: string;
  /** The owner of the workspace. */
  readonly owner: Person;
  /** A new account, signed in, and an editor of the workspace. */
  join(name: string): Promise<Person>;
  createDocument(): Promise<string>;
  /** One figure of `/metrics`; 0 when it is not there. */
  metric(line: string): Promise<number>;
  /** Resident memory in bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
};

const person = (url: string, email: string, cookie: string): Person => ({ email, headers: { cookie, origin: url } });

export async function startTarget(): Promise<Target> {
  const base = process.env.TEST_MONGODB_URL ?? '';
  const name = `target_${randomBytes(6).toString('hex')}`;
  const server = runServer({ env: { MONGODB_URL: base.replace('/?', `/${name}?`), LOG_LEVEL: 'warn' } });
  const { url, cookie } = await server.administrator();
  const owner = clientOf(url, { cookie });
  const { id: workspaceId } = await owner.workspaces.create({ name: 'Besieged' });
  const metric = async (line: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const found = text.split('\n').find((one) => one.startsWith(`${line} `));
    return Number(found?.split(' ').at(-1) ?? 0);
  };
  return {
    url,
    owner: person(url, 'first@test.example', cookie),
    join: async (who) => {
      const email = `${who}@test.example`;
      const answer = await fetch(`${url}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ name: who, email, password: PASSWORD }),
      });
      if (!answer.ok) throw new Error(`sign-up answered ${answer.status}: ${await answer.text()}`);
      await owner.workspaces.addMember({ id: workspaceId, email, role: 'editor' });
      return person(url, email, await signIn(url, email));
    },
    createDocument: async () => (await owner.documents.create({ workspaceId, kind: 'note', title: 'Besieged' })).id,
    metric,
    memory: () => metric('process_resident_memory_bytes'),
    stop: async () => {
      await server.stop();
      rmSync(server.dataDir, { recursive: true, force: true });
      const client = await MongoClient.connect(base);
      await client.db(name).dropDatabase();
      await client.close();
    },
  };
}
