import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of discussions: lists, one discussion, writing in it. */
export const messages = defineMessages('threads', { fr, en, it });
