import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of the administration: people, settings of the installation, its health. */
export const messages = defineMessages('administration', { fr, en, it });
