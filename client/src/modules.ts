import { accounts } from './accounts/index.ts';
import { activity } from './activity/index.ts';
import { administration } from './administration/index.ts';
import { documents } from './documents/index.ts';
import { gallery } from './gallery/index.ts';
import { governance } from './governance/index.ts';
import { meetings } from './meetings/index.ts';
import { notifications } from './notifications/index.ts';
import { organisations } from './organisations/index.ts';
import type { ClientModule } from './platform/module.ts';
import { search } from './search/index.ts';
import { threads } from './threads/index.ts';
import { workspaces } from './workspaces/index.ts';

/** Table of contents of the client, in the order in which contributions of the same rank are shown. */
export const modules = {
  search,
  workspaces,
  documents,
  threads,
  activity,
  notifications,
  accounts,
  organisations,
  meetings,
  governance,
  administration,
  gallery,
} satisfies Record<string, ClientModule>;
