import { accounts } from './accounts/index.ts';
import { activity } from './activity/index.ts';
import { administration } from './administration/index.ts';
import { decisions } from './decisions/index.ts';
import { documents } from './documents/index.ts';
import { files } from './files/index.ts';
import { governance } from './governance/index.ts';
import { meetings } from './meetings/index.ts';
import { notifications } from './notifications/index.ts';
import { organisations } from './organisations/index.ts';
import type { Platform, ServerModule } from './platform/module.ts';
import { search } from './search/index.ts';
import { threads } from './threads/index.ts';
import { workspaces } from './workspaces/index.ts';

/** Table of contents: every slice, by the name it has on both sides and in the domain. */
export const modules = {
  accounts,
  administration,
  organisations,
  workspaces,
  documents,
  files,
  governance,
  meetings,
  decisions,
  threads,
  notifications,
  search,
  activity,
} satisfies Record<string, (platform: Platform) => ServerModule>;
