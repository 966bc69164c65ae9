import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of accounts: the front pages, the settings of a person, people and the mails of the demonstration. */
export const messages = defineMessages('accounts', { fr, en, it });
