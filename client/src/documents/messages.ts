import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of the documents: lists, the page of one, its data and its versions. */
export const messages = defineMessages('documents', { fr, en, it });
