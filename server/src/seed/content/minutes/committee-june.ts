import type { SeedText } from '../types.ts';

export const committeeJune: SeedText = {
  id: 'minutes-committee-june',
  kind: 'minutes',
  workspace: 'steering',
  language: 'fr',
  createdBy: 'secretary',
  authors: ['secretary', 'chair', 'agency'],
  createdOn: '2026-06-25',
  updatedOn: '2026-07-02',
  fields: {
    title: 'Comité de pilotage du 25 juin 2026',
    meetingDate: '2026-06-25',
    place: 'Hôtel de Région (démo), salle 204, et en visioconférence',
    chair: 'chair',
  },
  body: [
    { p: '*Compte rendu fictif de démonstration. Approuvé le 2 juillet 2026.*' },
    { h: 2, text: 'Présents et excusés' },
    {
      p: '**Présents** : Hélène Barraud (présidente), Olivier Tissandier (secrétaire), Claire Montagnier, Étienne Rochas, Mathieu Peyrard, Sandrine Collombet, Antoine Delaroche. **Observatrice** : Isabella Conti. **Excusées** : Nadia Chapuis (pouvoir à Mathieu Peyrard), Giulia Perrin.',
    },
    { p: 'Le quorum (cinq membres) est atteint à 14 h 05.' },
    { h: 2, text: 'Ordre du jour' },
    {
      ol: [
        'Approbation du compte rendu du 26 mars 2026',
        'Besoins jugés complets par le comité technique',
        'Déclarations d’intérêts',
        'Priorités du second semestre',
        'Questions diverses',
      ],
    },
    { h: 3, text: 'Point 2 — Besoins jugés complets' },
    {
      p: 'Mathieu Peyrard présente quatre besoins : chutes de nuit, chaîne du froid, chutes de blocs, confort d’été. Le besoin « linge hospitalier » est renvoyé à ses auteurs, car aucun budget n’y figure. Sandrine Collombet rappelle qu’une aide européenne demandée n’est **pas** une recette acquise et souhaite que les fiches le disent.',
    },
    { h: 3, text: 'Point 3 — Déclarations d’intérêts' },
    {
      p: 'Giulia Perrin a déclaré par écrit que deux adhérents de son cluster pourraient répondre au besoin « chutes de nuit ». Elle ne participera ni à la notation ni à l’écriture des critères de ce besoin. Étienne Rochas se retire pour la notation des besoins du Département.',
    },
    { h: 3, text: 'Point 4 — Priorités' },
    {
      table: [
        ['Besoin', 'Note moyenne sur 100', 'Écart', 'Suite'],
        ['Secourir plus vite les résidents qui chutent la nuit', '81', '6', 'fiche projet'],
        ['Chutes de blocs', '78', '9', 'fiche projet'],
        ['Confort d’été dans les collèges', '74', '5', 'fiche projet'],
        ['Chaîne du froid', '69', '14', 'à enrichir, écart à discuter'],
      ],
    },
    {
      p: 'L’écart sur la chaîne du froid tient à un seul critère : un évaluateur juge le besoin peu réplicable, l’autre très réplicable. Les évaluateurs se reverront.',
    },
    { h: 2, text: 'Décisions' },
    {
      ol: [
        '**D-2026-07** — Une fiche projet est ouverte pour trois besoins. *Pour : 7, contre : 0, abstention : 0.*',
        '**D-2026-08** — Le besoin « chaîne du froid » est enrichi avant nouvel examen. *Pour : 6, abstention : 1.*',
      ],
    },
    { h: 2, text: 'Actions' },
    {
      tasks: [
        { done: true, text: 'Mathieu Peyrard : ouvrir la fiche projet « Nuits sûres » (31 juillet)' },
        { done: true, text: 'Étienne Rochas : ouvrir la fiche projet « Juin au collège » (30 septembre)' },
        { done: false, text: 'Étienne Rochas : ouvrir la fiche projet « Chutes de blocs » (30 novembre)' },
        { done: true, text: 'Antoine Delaroche : note sur les achats transfrontaliers (15 septembre)' },
        { done: false, text: 'Claire Montagnier : réunir les deux évaluateurs de la chaîne du froid (30 septembre)' },
      ],
    },
  ],
};
