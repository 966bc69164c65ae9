import { defineMessages } from './i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of the platform and of the shared parts. */
export const common = defineMessages('common', { fr, en, it });
