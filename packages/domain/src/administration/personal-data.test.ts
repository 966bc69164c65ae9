import { expect, test } from '@jest/globals';
import { pseudonymCode, pseudonymOf } from './personal-data.ts';
import { DEFAULT_SETTINGS, mustVerifyEmail, SettingsFields } from './settings.ts';

test('[AD8] a pseudonym is made of chance alone, and is the same person in every language', () => {
  const code = pseudonymCode(Uint8Array.of(7, 20, 34, 15));
  expect(code).toBe('7M2F');
  expect(['fr', 'en', 'it'].map((locale) => pseudonymOf(code, locale as 'fr'))).toEqual([
    'Ancien membre 7M2F',
    'Former member 7M2F',
    'Ex membro 7M2F',
  ]);
});

test('[AD9] addresses are confirmed where letters can be sent, unless the settings say otherwise', () => {
  const asked = (verifyEmail: 'auto' | 'always' | 'never') =>
    [true, false].map((canSendMail) => mustVerifyEmail({ verifyEmail }, { canSendMail }));
  expect([asked('auto'), asked('always'), asked('never')]).toEqual([
    [true, false],
    [true, true],
    [false, false],
  ]);
});

test('what holds until somebody changes it is valid itself', () => {
  expect(SettingsFields.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
});
