import type { SeedAction, SeedDecision } from './types.ts';

/** What the steering committee decided in its meeting of October, in the order of adoption. All of it is invented. */
export const DECISIONS: readonly SeedDecision[] = [
  {
    id: 'decision-minutes-june',
    item: 'item-october-1',
    title: 'Compte rendu du comité de juin',
    text: 'Le comité approuve le compte rendu de sa réunion de juin, sans observation.',
    basis: 'consensus',
    papers: ['minutes-committee-june'],
    signedBy: ['secretary', 'chair'],
  },
  {
    id: 'decision-night-falls',
    item: 'item-october-2',
    poll: 'poll-october-2',
    title: 'Étude d’opportunité « Éviter les chutes de nuit »',
    text: 'Le comité retient le besoin et finance une étude d’opportunité à hauteur de 40 000 €, confiée à un tiers sans lien avec les fournisseurs consultés.',
    basis: 'poll',
    recommendation: 'L’agence régionale recommandait de retenir le besoin, avec un point d’étape à mi-parcours.',
    effects: [
      'Le CHU pilote l’étude avec l’agence régionale.',
      'Les résultats sont partagés avec les établissements de la région.',
    ],
    papers: ['need-night-falls'],
    signedBy: ['chair', 'secretary', 'finance'],
    published: true,
    reviewIn: 120,
  },
];

/** What is to be done: `due` and `done` are counted in days from the day on which the demonstration is loaded. */
export const ACTIONS: readonly SeedAction[] = [
  {
    id: 'action-scope-study',
    title: 'Rédiger le cahier des charges de l’étude d’opportunité',
    note: 'Deux pages, relues par l’agence avant l’envoi aux candidats.',
    owner: 'buyer',
    decision: 'decision-night-falls',
    due: -4,
    state: 'in-progress',
  },
  {
    id: 'action-commit-funds',
    title: 'Engager les 40 000 € sur les crédits d’études',
    owner: 'finance',
    decision: 'decision-night-falls',
    due: 9,
    state: 'open',
  },
  {
    id: 'action-rights-clause',
    title: 'Proposer une clause sur la propriété des résultats',
    owner: 'legal',
    decision: 'decision-night-falls',
    due: 16,
    state: 'open',
  },
  {
    id: 'action-share-results',
    title: 'Prévenir les établissements qui ont le même besoin',
    owner: 'buyer',
    decision: 'decision-night-falls',
    due: 20,
    state: 'open',
  },
  {
    id: 'action-call-calendar',
    title: 'Publier le calendrier de l’appel Innov’HA',
    owner: 'agency',
    item: 'item-october-3',
    due: -20,
    done: -23,
    state: 'done',
  },
];
