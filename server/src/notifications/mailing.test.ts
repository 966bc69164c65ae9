import type { BodyJson } from '@concert/editor/body-json.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Mailbox, type Received, startMailbox } from '../../test/mailbox.ts';
import { type Cast, castOf } from '../../test/people.ts';
import { systemPorts } from '../platform/ports.ts';

let mailbox: Mailbox;
let app: TestApp;
let cast: Cast;
/** How far the clock of the server has been moved on. */
let ahead = 0;

/** Moves the clock of the server to a moment. */
const setClock = (moment: string): void => {
  ahead = new Date(moment).getTime() - Date.now();
};

beforeAll(async () => {
  // A Monday, ten o’clock in Paris.
  setClock('2027-01-11T09:00:00Z');
  mailbox = await startMailbox();
  app = await startApp({
    env: { RATE_LIMITS: 'off', SMTP_URL: mailbox.url, MAIL_FROM: 'Concert <concert@region.example>' },
    ports: { ...systemPorts, now: () => new Date(Date.now() + ahead) },
  });
  cast = await castOf(app);
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});
beforeEach(() => setClock('2027-01-11T09:00:00Z'));

const mentioning = (who: TestPerson, words = 'look'): BodyJson => ({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'mention', attrs: { kind: 'person', id: who.id } },
        { type: 'text', text: ` ${words}` },
      ],
    },
  ],
});

let count = 0;
/** Somebody new in the workspace, so that nobody else's letters are theirs. */
async function reader(fields: Record<string, unknown> = {}): Promise<TestPerson> {
  count += 1;
  const person = await app.as(`reader-${count}`, fields);
  await visit(cast.owner).api.workspaces.addMember({ id: cast.workspaceId, email: person.email, role: 'viewer' });
  return person;
}

const open = (who: TestPerson, body: BodyJson, over: Record<string, unknown> = {}) =>
  who.api.threads.workspaces.open({ id: cast.workspaceId, body, ...over });

const letterTo = (who: TestPerson, nth = 1): Promise<Received> =>
  until(`letter ${nth} to ${who.email}`, () => mailbox.to(who.email).find((_letter, index) => index === nth - 1));

/** Starts the server again at a moment: what is due by then goes out. */
async function wakeAt(moment: string): Promise<void> {
  setClock(moment);
  await app.restart();
}

/** Waits until letters that were due before have gone: one that is due now arrives after them. */
async function barrier(): Promise<void> {
  const witness = await reader();
  await open(visit(cast.owner), mentioning(witness));
  await letterTo(witness);
}

const visit = (who: TestPerson): TestPerson => app.visit(who);

describe('a letter about one event', () => {
  test('[N8] [N12] says who, where and what, in both parts, and how to stop it', async () => {
    const person = await reader({ locale: 'en' });
    const thread = await open(visit(cast.editor), mentioning(person, 'shall we ask three <b>suppliers</b>?'), {
      title: 'Beds that turn "by themselves"',
    });
    const letter = await letterTo(person);
    expect(letter.subject).toBe(`${cast.editor.email.split('@')[0]} mentioned you: Beds that turn "by themselves"`);
    for (const part of [letter.plain, letter.html]) {
      expect(part).toContain('mentioned you');
      expect(part).toContain(`/threads/${thread.id}#message-`);
      expect(part).toContain('/settings/notifications');
    }
    expect(letter.plain).toContain('shall we ask three <b>suppliers</b>?');
    expect(letter.html).toContain('shall we ask three &lt;b&gt;suppliers&lt;/b&gt;?');
    expect(letter.messageId).toMatch(/^<[A-Za-z0-9_-]{43}@concert>$/);
    expect(letter.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(letter.header('Auto-Submitted')).toBe('auto-generated');
    expect(letter.header('Reply-To')).toBeUndefined();
  });

  test.each([
    ['fr', 'vous mentionne\u00a0: Lits', 'Voir la discussion\u00a0: http'],
    ['it', 'La menziona: Lits', 'Vedere la discussione: http'],
  ])('is in the language of its reader: %s', async (locale, subject, action) => {
    const person = await reader({ locale });
    await open(visit(cast.editor), mentioning(person), { title: 'Lits' });
    const letter = await letterTo(person);
    expect(letter.subject).toContain(subject);
    expect(letter.plain).toContain(action);
  });

  test('[N9] one of the night goes in the morning', async () => {
    const person = await reader();
    setClock('2027-01-11T21:00:00Z');
    await open(visit(cast.editor), mentioning(person));
    await until('the notice', async () => (await visit(person).api.notifications.count({})).unread > 0);
    await wakeAt('2027-01-12T05:59:00Z');
    expect(mailbox.to(person.email)).toEqual([]);
    await wakeAt('2027-01-12T06:00:00Z');
    await letterTo(person);
  });

  test('[N8] nothing is mailed of what somebody wants no mail about', async () => {
    const person = await reader();
    await person.api.notifications.setPreferences({ mail: { mentioned: 'off' } });
    await open(visit(cast.editor), mentioning(person));
    await until('the notice', async () => (await visit(person).api.notifications.count({})).unread > 0);
    await barrier();
    expect(mailbox.to(person.email)).toEqual([]);
  });

  test('[N5] nobody is mailed what they cannot see any more when it goes out', async () => {
    const person = await reader();
    setClock('2027-01-11T21:00:00Z');
    await open(visit(cast.editor), mentioning(person, 'canary of the night'));
    await until('the notice', async () => (await visit(person).api.notifications.count({})).unread > 0);
    await visit(cast.owner).api.workspaces.removeMember({ id: cast.workspaceId, personId: person.id });
    await wakeAt('2027-01-12T09:00:00Z');
    await barrier();
    expect(mailbox.to(person.email)).toEqual([]);
    expect(JSON.stringify(mailbox.received)).not.toContain('canary of the night');
  });

  test('[N11] a mail server that cannot take it now gets the same letter again, once it can', async () => {
    const person = await reader();
    let refused = '';
    mailbox.verdicts.push((letter) => {
      refused = letter.messageId;
      return Object.assign(new Error('try again later'), { responseCode: 451 });
    });
    await open(visit(cast.editor), mentioning(person));
    await until('the refusal', () => refused !== '');
    await wakeAt('2027-01-11T09:10:00Z');
    expect((await letterTo(person)).messageId).toBe(refused);
  });

  test('a letter that the mail server will never take is not sent for ever', async () => {
    const person = await reader();
    let met = 0;
    mailbox.verdicts.push(() => {
      met += 1;
      return Object.assign(new Error('no such mailbox'), { responseCode: 550 });
    });
    await open(visit(cast.editor), mentioning(person));
    await until('the refusal', () => met === 1);
    await wakeAt('2027-01-12T09:00:00Z');
    await barrier();
    expect(mailbox.to(person.email)).toEqual([]);
  });
});

describe('a digest', () => {
  test('[N8] [N10] brings together what was not read, and nothing of what is muted', async () => {
    const person = await reader({ locale: 'en' });
    const editor = visit(cast.editor);
    await person.api.notifications.setPreferences({ mail: { mentioned: 'daily' } });
    const [kept, muted, read, gone] = [
      await open(editor, mentioning(person, 'first'), { title: 'Kept' }),
      await open(editor, messageOf('nobody is named'), { title: 'Muted' }),
      await open(editor, mentioning(person, 'third'), { title: 'Read' }),
      await open(editor, mentioning(person, 'fourth'), { title: 'Gone' }),
    ];
    await person.api.notifications.watches.threads.set({ id: muted.id, level: 'muted' });
    await editor.api.threads.reply({ id: muted.id, body: mentioning(person, 'canary') });
    await editor.api.threads.reply({ id: kept.id, body: mentioning(person, 'second') });
    const about = async (id: string) =>
      (await person.api.notifications.list({})).items.find(({ subject }) => subject.id === id);
    await until('both notices', async () => (await about(kept.id))?.events.length === 2);
    await until('the third', () => about(read.id));
    await person.api.notifications.update({ id: (await about(read.id))?.id ?? '', read: true });
    await until('the fourth', () => about(gone.id));
    await editor.api.threads.remove({ id: gone.id });
    await until('it to be gone', async () => (await about(gone.id)) === undefined);
    expect(mailbox.to(person.email)).toEqual([]);

    await wakeAt('2027-01-12T07:00:00Z');
    const letter = await letterTo(person);
    expect(letter.subject).toBe('Your digest: one discussion');
    expect(letter.plain).toContain('first');
    expect(letter.plain).toContain('second');
    for (const absent of ['canary', 'Muted', 'Read', 'third', 'Gone', 'fourth'])
      expect(letter.plain).not.toContain(absent);
    await barrier();
    await wakeAt('2027-01-13T07:00:00Z');
    await barrier();
    expect(mailbox.to(person.email)).toHaveLength(1);
  });

  test('[N13] it goes at once when its reader asks, in quiet hours too, and what comes after is in the next', async () => {
    const person = await reader({ locale: 'en' });
    const editor = visit(cast.editor);
    expect(await visit(person).api.notifications.sendDigest({})).toEqual({ letters: 0 });
    const quiet = { from: '00:00', to: '23:59' };
    await visit(person).api.notifications.setPreferences({ mail: { mentioned: 'daily' }, digestHour: 18, quiet });
    const thread = await open(editor, mentioning(person, 'asked for'), { title: 'Asked' });
    const events = async () => (await visit(person).api.notifications.list({})).items[0]?.events.length;
    await until('the notice', async () => (await events()) === 1);
    await until('it waits', async () => (await visit(person).api.notifications.sendDigest({})).letters === 1);
    expect((await letterTo(person)).plain).toContain('asked for');
    // It is noted as sent a moment after it was taken.
    await until('it has gone', async () => (await visit(person).api.notifications.sendDigest({})).letters === 0);
    await visit(editor).api.threads.reply({ id: thread.id, body: mentioning(person, 'afterwards') });
    await until('the notice', async () => (await events()) === 2);
    await until('it waits', async () => (await visit(person).api.notifications.sendDigest({})).letters === 1);
    const second = await letterTo(person, 2);
    expect(second.plain).toContain('> @');
    expect(second.plain).toContain('afterwards');
    expect(second.plain).not.toContain('asked for');
  });

  test('[N8] what comes after a digest has gone is in the next one', async () => {
    const person = await reader({ locale: 'en' });
    const editor = visit(cast.editor);
    await person.api.notifications.setPreferences({ mail: { mentioned: 'weekly' }, digestDay: 3, digestHour: 18 });
    const thread = await open(editor, mentioning(person, 'of this week'));
    await until('the notice', async () => (await visit(person).api.notifications.count({})).unread > 0);
    await wakeAt('2027-01-13T17:00:00Z');
    expect((await letterTo(person)).plain).toContain('of this week');
    await visit(editor).api.threads.reply({ id: thread.id, body: mentioning(person, 'of the next') });
    const events = async () => (await visit(person).api.notifications.list({})).items[0]?.events.length;
    await until('the notice', async () => (await events()) === 2);
    await wakeAt('2027-01-20T17:00:00Z');
    const second = await letterTo(person, 2);
    expect(second.plain).toContain('of the next');
    // The title is of the first message; what it says is not told again.
    expect(second.plain).not.toMatch(/> .*of this week/);
  });
});

describe('stopping letters', () => {
  const oneClick = async (letter: Received): Promise<Response> => {
    const address = /^<(.+)>$/.exec(letter.header('List-Unsubscribe') ?? '')?.[1] ?? '';
    return fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
  };

  test('[N12] one click of a mail program stops one kind, without a session', async () => {
    const person = await reader();
    const editor = visit(cast.editor);
    await open(editor, mentioning(person));
    const answer = await oneClick(await letterTo(person));
    expect([answer.status, await answer.json()]).toEqual([200, { stopped: ['mentioned'] }]);
    const { mail } = await person.api.notifications.preferences({});
    expect(mail).toMatchObject({ mentioned: 'off', answered: 'at-once', replied: 'daily' });
    await open(editor, mentioning(person));
    await until('the notice', async () => (await visit(person).api.notifications.count({})).unread === 2);
    await barrier();
    expect(mailbox.to(person.email)).toHaveLength(1);
  });

  test('[N12] of a digest it stops what came by digests', async () => {
    const person = await reader();
    await person.api.notifications.setPreferences({ mail: { mentioned: 'daily' } });
    await open(visit(cast.editor), mentioning(person));
    await until('the notice', async () => (await visit(person).api.notifications.count({})).unread > 0);
    await wakeAt('2027-01-12T07:00:00Z');
    await oneClick(await letterTo(person));
    const { mail } = await visit(person).api.notifications.preferences({});
    expect(mail).toMatchObject({
      mentioned: 'off',
      answered: 'at-once',
      replied: 'off',
      opened: 'off',
      settled: 'off',
    });
    expect(mail).toMatchObject({ meeting: 'at-once', decided: 'off', action: 'at-once', due: 'at-once' });
  });

  test('a link that is none of ours, or was changed, stops nothing', async () => {
    const person = await reader();
    await open(visit(cast.editor), mentioning(person));
    const letter = await letterTo(person);
    const [, secret = ''] = /unsubscribe\/([^>]+)>/.exec(letter.header('List-Unsubscribe') ?? '') ?? [];
    const [kind, personId, tail = ''] = secret.split('.');
    const forged = [
      'nonsense',
      '..',
      `digest.${personId}.${tail}`,
      `${kind}.${cast.owner.id}.${tail}`,
      `${kind}.${personId}.${tail.slice(0, -1)}`,
      `${secret}.more`,
    ];
    for (const token of forged) {
      const answer = await fetch(`${app.url}/api/notifications/unsubscribe/${token}`, { method: 'POST' });
      expect([token, answer.status]).toEqual([token, 404]);
    }
    const { mail } = await person.api.notifications.preferences({});
    expect(mail.mentioned).toBe('at-once');
  });

  test('a form is taken there alone, and no more of it than a click is', async () => {
    const form = (path: string, body: string) =>
      fetch(`${app.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    expect((await form('/api/workspaces', 'name=x')).status).toBe(415);
    expect((await form('/api/notifications/read', 'until=x')).status).toBe(415);
    expect((await form('/api/notifications/unsubscribe/x', 'x'.repeat(10_000))).status).toBe(413);
    expect((await form('/api/notifications/unsubscribe/x', 'name=x')).status).toBe(400);
  });
});

describe('preferences', () => {
  test('bad ones are refused, and nothing of them is kept', async () => {
    const person = await reader();
    const before = await person.api.notifications.preferences({});
    const bad = [
      { mail: { mentioned: 'sometimes' } },
      { mail: { everything: 'off' } },
      { digestHour: 24 },
      { digestDay: 0 },
      { timeZone: 'Mars/Olympus' },
      { timeZone: '../../etc/passwd' },
      { quiet: { from: '25:00', to: '07:00' } },
      { quiet: { from: '20:00' } },
      { delivers: false },
    ];
    for (const change of bad) {
      const answer = await person.fetch('/api/notifications/preferences', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      });
      expect([JSON.stringify(change), answer.status]).toEqual([JSON.stringify(change), 400]);
    }
    expect(await person.api.notifications.preferences({})).toEqual(before);
    expect(before.delivers).toBe(true);
  });

  test('what somebody chose stays as it was where they choose nothing', async () => {
    const person = await reader();
    await person.api.notifications.setPreferences({ mail: { replied: 'weekly' }, quiet: null });
    const after = await person.api.notifications.setPreferences({ timeZone: 'Indian/Reunion' });
    expect(after).toMatchObject({
      mail: { replied: 'weekly', mentioned: 'at-once' },
      quiet: null,
      timeZone: 'Indian/Reunion',
    });
    const exported = (await (await person.fetch('/api/me/export')).json()) as {
      notifications?: { preferences?: unknown };
    };
    expect(JSON.stringify(exported)).toContain('Indian/Reunion');
  });
});
