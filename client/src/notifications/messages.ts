import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of notifications: the bell, the inbox, how much one wants to hear. */
export const messages = defineMessages('notifications', { fr, en, it });
