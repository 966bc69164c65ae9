import type { SeedBody } from './types.ts';

/** The bodies of the demonstration's governance structure, and who is what in them. */
export const BODIES: readonly SeedBody[] = [
  {
    id: 'steering-committee',
    name: 'Comité de pilotage régional',
    kind: 'committee',
    remit: 'Fixe les priorités, valide les fiches projet et décide des études à financer.',
    mandates: {
      chair: 'chair',
      secretary: 'secretary',
      agency: 'member',
      finance: 'member',
      legal: 'member',
      buyer: 'member',
      buyer2: 'member',
      observer: 'observer',
    },
  },
  {
    id: 'study-jury',
    name: 'Jury des études d’opportunité',
    kind: 'jury',
    remit: 'Lit et note les demandes d’étude d’opportunité. Les mandats durent le temps d’un appel.',
    mandates: { reviewer1: 'chair', reviewer2: 'member', reviewer3: 'member', secretary: 'secretary' },
    until: '2027-12-31T23:00:00.000Z',
  },
  {
    id: 'mountain-group',
    name: 'Groupe de travail Montagne',
    kind: 'working-group',
    remit: 'Rassemble les besoins des vallées, des deux côtés de la frontière.',
    mandates: {
      buyer2: 'chair',
      reviewer2: 'vice-chair',
      agency: 'secretary',
      finance: 'member',
      observer: 'observer',
    },
  },
];
