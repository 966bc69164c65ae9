import { defineMessages } from '../i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of the editor: the text itself, who is here, whether it is saved. */
export const editorMessages = defineMessages('editor', { fr, en, it });
