import type { SeedRight } from './types.ts';

/** Rights and conflicts of interest of the demonstration, beside the members of its workspaces. */
export const RIGHTS: readonly SeedRight[] = [
  {
    kind: 'grant',
    on: { kind: 'workspace', id: 'mobility' },
    to: { type: 'body', id: 'study-jury' },
    role: 'commenter',
    by: 'agency',
    until: '2027-12-31T23:00:00.000Z',
  },
  {
    kind: 'grant',
    on: { kind: 'document', id: 'need-winter-salt' },
    to: { type: 'organisation', id: 'chu' },
    role: 'viewer',
    by: 'buyer2',
  },
  {
    kind: 'denial',
    on: { kind: 'document', id: 'need-hospital-linen' },
    to: { type: 'person', id: 'legal' },
    note: 'Le cabinet conseille l’un des fournisseurs consultés.',
    by: 'legal',
  },
];
