import { LOCALES } from '@concert/contract';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { modules } from '../modules.ts';
import { REFUSALS } from './editor/refusal.ts';
import { findText, startI18n, switchLocale } from './i18n.ts';
import { common } from './messages.ts';

/** Every reason for which the server refuses something about documents, versions, files and the text itself. */
const REASONS = [
  'already-there',
  'bad-cursor',
  'changed-meanwhile',
  'document-quarantined',
  'document-trashed',
  'export-under-way',
  'forbidden',
  'invalid-input',
  'no-session',
  'not-found',
  'payload-too-large',
  'role-too-low',
  'service-unavailable',
  'text-moved',
  'too-big',
  'too-many-pixels',
  'too-many-requests',
  'unauthorized',
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

beforeAll(() => startI18n([common, ...Object.values(modules).map(({ messages }) => messages)], 'en'));

describe.each(LOCALES)('In %s', (locale) => {
  beforeAll(() => switchLocale(locale));

  test.each(REASONS)('the refusal “%s” is a sentence', (reason) => {
    expect(findText(`problem.${reason}`)).toMatch(/^\p{Lu}.+\.$/u);
  });

  test.each(Object.values(REFUSALS))('the end of a connection by “%s” is explained', (refusal) => {
    expect(findText(REFUSAL_TEXTS[refusal] ?? '')).toMatch(/^\p{Lu}.+\.$/u);
  });
});
