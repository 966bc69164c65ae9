import { defineMessages } from '../platform/i18n.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { it } from './messages.it.ts';

/** Texts of workspaces: the home page, a workspace, its members, its invitations and who can see it. */
export const messages = defineMessages('workspaces', { fr, en, it });
