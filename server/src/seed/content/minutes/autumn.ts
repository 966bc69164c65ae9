import type { SeedText } from '../types.ts';

/** The minutes of the committee's autumn meeting: what the platform knows of it stands in blocks of its own. */
export const autumn: SeedText = {
  id: 'minutes-autumn',
  kind: 'minutes',
  workspace: 'steering',
  language: 'fr',
  createdBy: 'secretary',
  authors: ['secretary', 'agency', 'chair'],
  createdOn: '2026-10-13',
  updatedOn: '2026-10-20',
  meetingDay: -42,
  fields: {
    title: 'Comité de pilotage — priorités d’automne',
    place: 'Hôtel de Région, salle 214',
    chair: 'chair',
  },
  body: [
    { record: 'attendance', ref: 'meeting-october' },
    {
      p: '*Compte rendu fictif de démonstration.* La présidente ouvre la séance et remercie les équipes des hôpitaux.',
    },
    { record: 'carried', ref: 'meeting-october' },
    { h: 2, text: '1. Approbation du compte rendu de juin' },
    { record: 'item', ref: 'item-october-1' },
    {
      p: 'Sandrine Collombet demande que le tableau des notes soit daté ; c’est fait en séance. Personne ne demande de vote.',
    },
    { record: 'decision', ref: 'decision-minutes-june' },
    { h: 2, text: '2. Retenir le besoin « Éviter les chutes de nuit » pour une étude d’opportunité' },
    { record: 'item', ref: 'item-october-2' },
    {
      p: 'Nadia Chapuis rappelle ce qui manque aujourd’hui : les chutes sont découvertes trop tard, et les alarmes sonnent trop souvent pour rien. L’étude doit dire **ce qu’un service de nuit gagne réellement**, et non seulement ce qu’un capteur détecte.',
    },
    {
      quote: 'Nous n’achetons pas un capteur, nous achetons dix minutes. — Nadia Chapuis (propos fictif)',
    },
    {
      p: 'Mathieu Peyrard précise que l’agence peut conduire l’étude en trois mois. Antoine Delaroche s’abstient : il préférerait fixer d’abord le régime des données de santé.',
    },
    { record: 'poll', ref: 'poll-october-2' },
    { record: 'decision', ref: 'decision-night-falls' },
    { record: 'action', ref: 'action-scope-study' },
    { record: 'action', ref: 'action-commit-funds' },
    { record: 'action', ref: 'action-rights-clause' },
    { record: 'action', ref: 'action-share-results' },
    { h: 2, text: '3. Calendrier de l’appel Innov’HA' },
    { record: 'item', ref: 'item-october-3' },
    { p: 'L’appel ouvre après la réunion de décembre. Les dossiers sont examinés au fil de l’eau.' },
    { record: 'action', ref: 'action-call-calendar' },
    { p: '' },
  ],
};
