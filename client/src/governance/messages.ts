import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of the bodies of the governance structure and their mandates. */
export const messages = defineMessages('governance', { fr, en, it });
