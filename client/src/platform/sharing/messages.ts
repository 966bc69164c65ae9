import { defineMessages } from '../i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of sharing: what was given to whom, conflicts of interest, who can see something and why. */
export const messages = defineMessages('sharing', { fr, en, it });
