import type { SeedMeeting, SeedSeat } from './types.ts';

/** The seats of the steering committee: who decides on needs and studies, by college. */
export const SEATS: readonly SeedSeat[] = [
  { id: 'seat-chair', title: 'Présidence', college: 'Région', person: 'chair' },
  { id: 'seat-secretary', title: 'Secrétariat', college: 'Région', person: 'secretary', voting: false },
  { id: 'seat-finance', title: 'Financements européens', college: 'Région', person: 'finance' },
  { id: 'seat-agency', title: 'Agence régionale', college: 'Opérateurs', person: 'agency' },
  { id: 'seat-legal', title: 'Barreaux et juristes', college: 'Opérateurs', person: 'legal' },
  { id: 'seat-cluster', title: 'Pôles et clusters', college: 'Opérateurs' },
  { id: 'seat-health', title: 'Établissements de santé', college: 'Acheteurs', person: 'buyer' },
  { id: 'seat-territories', title: 'Collectivités de montagne', college: 'Acheteurs', person: 'buyer2' },
];

/** Meetings of the steering committee: `day` is counted from the day on which the demonstration is loaded. */
export const MEETINGS: readonly SeedMeeting[] = [
  {
    id: 'meeting-october',
    title: 'Comité de pilotage — priorités d’automne',
    day: -42,
    note: 'Salle des séances, accueil à partir de 9 h. Les pièces sont jointes à chaque point.',
    place: 'Hôtel de Région, salle 214',
    ended: true,
    there: ['chair', 'secretary', 'finance', 'agency', 'legal', 'buyer'],
    items: [
      {
        id: 'item-october-1',
        title: 'Approbation du compte rendu de juin',
        kind: 'decision',
        minutes: 10,
        papers: ['minutes-committee-june'],
      },
      {
        id: 'item-october-2',
        title: 'Retenir le besoin « Éviter les chutes de nuit » pour une étude d’opportunité',
        kind: 'decision',
        minutes: 40,
        presenter: 'buyer',
        papers: ['need-night-falls'],
        poll: {
          id: 'poll-october-2',
          question: 'Le comité retient-il le besoin et finance-t-il l’étude d’opportunité à hauteur de 40 000 € ?',
          votes: { chair: 'yes', finance: 'yes', agency: 'yes', legal: 'abstain', buyer: 'yes' },
        },
      },
      { id: 'item-october-3', title: 'Calendrier de l’appel Innov’HA', kind: 'info', minutes: 15, presenter: 'agency' },
    ],
  },
  {
    id: 'meeting-next',
    title: 'Comité de pilotage — études et marchés',
    day: 13,
    note: 'Merci de confirmer votre présence ou de donner pouvoir avant l’avant-veille.',
    place: 'Hôtel de Région, salle 214, et à distance',
    there: [],
    accepted: ['finance', 'agency', 'legal'],
    excused: ['buyer2'],
    items: [
      {
        id: 'item-next-1',
        title: 'Approbation du compte rendu d’octobre',
        kind: 'decision',
        minutes: 10,
        minutesOf: 'meeting-october',
        papers: ['minutes-autumn'],
      },
      {
        id: 'item-next-2',
        title: 'Fiche projet « Confort d’été sans climatisation » : passage en dialogue avec les entreprises',
        kind: 'decision',
        minutes: 45,
        presenter: 'agency',
        papers: ['brief-summer-comfort', 'need-summer-comfort'],
        poll: { id: 'poll-next-2', question: 'Le comité ouvre-t-il le dialogue avec les entreprises ?' },
      },
      {
        id: 'item-next-3',
        title: 'Besoin « Sel et routes d’hiver » : données partagées entre vallées',
        kind: 'discussion',
        minutes: 30,
        presenter: 'buyer2',
        papers: ['need-winter-salt'],
      },
      { id: 'item-next-4', title: 'Désignation d’un membre du jury des études', kind: 'election', minutes: 20 },
      { id: 'item-next-5', title: 'Questions diverses', kind: 'info', minutes: 10 },
    ],
  },
];
