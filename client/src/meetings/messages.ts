import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of meetings: their plan, their agenda, their sitting and its polls. */
export const messages = defineMessages('meetings', { fr, en, it });
