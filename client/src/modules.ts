import { accounts } from './accounts/index.ts';
import { administration } from './administration/index.ts';
import { documents } from './documents/index.ts';
import { gallery } from './gallery/index.ts';
import { governance } from './governance/index.ts';
import { notifications } from './notifications/index.ts';
import { organisations } from './organisations/index.ts';
import type { ClientModule } from './platform/module.ts';
import { threads } from './threads/index.ts';
import { workspaces } from './workspaces/index.ts';

/** Table of contents of the client, in the order in which contributions of the same rank are shown. */
export const modules = {
  workspaces,
  documents,
  threads,
  notifications,
  accounts,
  organisations,
  governance,
  administration,
  gallery,
} satisfies Record<string, ClientModule>;
