import { LOCALES } from '@concert/contract';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { modules } from '../modules.ts';
import { REFUSALS } from './editor/refusal.ts';
import { findText, startI18n, switchLocale } from './i18n.ts';
import { common } from './messages.ts';
import { messages as sharing } from './sharing/messages.ts';

/** Every reason for which the server refuses something. */
const REASONS = [
  'above-own-role',
  'administrators-only',
  'already-denied',
  'already-erased',
  'already-granted',
  'already-has-mandate',
  'already-member',
  'already-there',
  'authors-unavailable',
  'bad-cursor',
  'bad-link',
  'body-archived',
  'body-in-use',
  'changed-meanwhile',
  'document-quarantined',
  'document-trashed',
  'email-not-verified',
  'email-taken',
  'ends-before-it-begins',
  'ends-in-the-past',
  'export-under-way',
  'forbidden',
  'guests-are-invited',
  'invalid-email-or-password',
  'invalid-input',
  'invalid-password',
  'key-used',
  'last-administrator',
  'last-owner',
  'link-not-allowed',
  'message-empty',
  'message-too-long',
  'no-session',
  'no-such-body',
  'no-such-denial',
  'no-such-invitation',
  'no-such-mandate',
  'no-such-organisation',
  'no-such-person',
  'no-such-right',
  'not-a-commenter',
  'not-a-member',
  'not-a-message',
  'not-an-editor',
  'not-an-owner',
  'not-found',
  'not-staff',
  'not-the-author',
  'other-address',
  'others-have-replied',
  'own-account',
  'own-conflict',
  'own-role',
  'password-too-common',
  'password-too-long',
  'password-too-personal',
  'password-too-short',
  'payload-too-large',
  'people-are-members',
  'reply-deleted',
  'role-too-low',
  'same-address',
  'secretariat-only',
  'service-unavailable',
  'session-needed',
  'sign-up-by-invitation',
  'sign-up-closed',
  'store-unavailable',
  'text-beyond-repair',
  'text-moved',
  'thread-locked',
  'token-limited',
  'too-big',
  'too-big-to-attribute',
  'too-big-to-export',
  'too-busy',
  'too-many-attempts',
  'too-many-invitations',
  'too-many-mandates',
  'too-many-members',
  'too-many-mentions',
  'too-many-organisations',
  'too-many-pixels',
  'not-a-push-service',
  'passage-gone',
  'passage-too-long',
  'too-many-files',
  'too-many-replies',
  'unknown-attachment',
  'too-many-searches',
  'too-many-requests',
  'too-many-rights',
  'too-many-signs',
  'too-many-tokens',
  'unauthorized',
  'unknown-mention',
  'unreadable-image',
  'unsupported-type',
  'workspace-archived',
];

/** Where the page says what became of a connection that the server ended for good. */
const REFUSAL_TEXTS: Readonly<Record<string, string>> = {
  'no-session': 'refusal.noSession.body',
  'no-right': 'refusal.noRight.body',
  'no-document': 'refusal.noDocument.body',
  'client-too-old': 'refusal.old.body',
  'bad-update': 'recovered.reason.bad-update',
  'too-big': 'recovered.reason.too-big',
};

beforeAll(() => startI18n([common, sharing, ...Object.values(modules).map(({ messages }) => messages)], 'en'));

describe.each(LOCALES)('In %s', (locale) => {
  beforeAll(() => switchLocale(locale));

  test.each(REASONS)('the refusal “%s” is a sentence', (reason) => {
    expect(findText(`problem.${reason}`)).toMatch(/^\p{Lu}.+\.$/u);
  });

  test.each(Object.values(REFUSALS))('the end of a connection by “%s” is explained', (refusal) => {
    expect(findText(REFUSAL_TEXTS[refusal] ?? '')).toMatch(/^\p{Lu}.+\.$/u);
  });
});

test('no two slices say the same refusal in different words', () => {
  const said = new Map<string, string>();
  const twice: string[] = [];
  for (const { namespace, texts } of [common, sharing, ...Object.values(modules).map(({ messages }) => messages)])
    for (const key of Object.keys(texts.en).filter((name) => name.startsWith('problem.'))) {
      const other = said.get(key);
      if (other !== undefined) twice.push(`${key}: ${other}, ${namespace}`);
      said.set(key, namespace);
    }
  expect(twice).toEqual([]);
});
