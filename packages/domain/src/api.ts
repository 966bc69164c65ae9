import { sharingApi } from './access/api.ts';
import { accountsApi } from './accounts/api.ts';
import { activityApi } from './activity/api.ts';
import { administrationApi } from './administration/api.ts';
import { actionsApi } from './decisions/actions-api.ts';
import { decisionsApi } from './decisions/api.ts';
import { documentsApi } from './documents/api.ts';
import { filesApi } from './files/api.ts';
import { governanceApi } from './governance/api.ts';
import { meetingsApi } from './meetings/api.ts';
import { minutesApi } from './meetings/minutes-api.ts';
import { pollsApi } from './meetings/polls-api.ts';
import { proxiesApi } from './meetings/proxies-api.ts';
import { roomsApi } from './meetings/rooms-api.ts';
import { notificationsApi } from './notifications/api.ts';
import { organisationsApi } from './organisations/api.ts';
import { searchApi } from './search/api.ts';
import { threadsApi } from './threads/api.ts';
import { workspacesApi } from './workspaces/api.ts';

/** Table of contents of the HTTP interface: one contract per slice, the same names on server and client. */
export const api = {
  accounts: accountsApi,
  administration: administrationApi,
  organisations: organisationsApi,
  workspaces: workspacesApi,
  documents: documentsApi,
  files: filesApi,
  sharing: sharingApi,
  governance: governanceApi,
  meetings: meetingsApi,
  polls: pollsApi,
  minutes: minutesApi,
  rooms: roomsApi,
  proxies: proxiesApi,
  decisions: decisionsApi,
  actions: actionsApi,
  threads: threadsApi,
  notifications: notificationsApi,
  search: searchApi,
  activity: activityApi,
};
export type Api = typeof api;
