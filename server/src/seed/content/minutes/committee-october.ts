import type { SeedText } from '../types.ts';

export const committeeOctober: SeedText = {
  id: 'minutes-committee-october',
  kind: 'minutes',
  workspace: 'steering',
  language: 'fr',
  createdBy: 'secretary',
  authors: ['secretary', 'finance', 'legal'],
  createdOn: '2026-10-08',
  updatedOn: '2026-10-15',
  fields: {
    title: 'Comité de pilotage du 8 octobre 2026 (projet de compte rendu)',
    meetingDate: '2026-10-08',
    place: 'En visioconférence',
    chair: 'chair',
  },
  body: [
    { p: '*Compte rendu fictif de démonstration. Projet, à approuver le 10 décembre 2026.*' },
    { h: 2, text: 'Présents et excusés' },
    {
      p: '**Présents** : Hélène Barraud (présidente), Olivier Tissandier (secrétaire), Claire Montagnier, Étienne Rochas, Mathieu Peyrard, Sandrine Collombet, Nadia Chapuis, Marco Balestra. **Observatrice** : Isabella Conti. **Excusés** : Antoine Delaroche, Giulia Perrin.',
    },
    { h: 2, text: 'Ordre du jour' },
    {
      ol: [
        'Approbation du compte rendu du 25 juin 2026 : approuvé sans observation',
        'Routes d’hiver : présentation par Marco Balestra',
        'Crédits d’études : état au 30 septembre',
        'Accès des entreprises à la plateforme',
      ],
    },
    { h: 3, text: 'Point 2 — Routes d’hiver' },
    {
      p: 'Marco Balestra présente le besoin commun à la Città metropolitana alpina (démo) et au Département des Vallées (démo). La discussion porte sur la responsabilité en cas d’accident et sur le droit applicable. Le comité estime que **l’accord entre les deux collectivités doit précéder le choix de la procédure**.',
    },
    {
      quote:
        'Saler moins, c’est décider de ne pas saler quelque part. Il faut que cette décision ait un auteur. — Marco Balestra (propos fictif)',
    },
    { h: 3, text: 'Point 3 — Crédits d’études (montants fictifs)' },
    {
      table: [
        ['', 'Enveloppe 2026', 'Engagé', 'Payé'],
        ['Études d’opportunité', '60 000 €', '24 000 €', '24 000 €'],
        ['Études de faisabilité', '120 000 €', '52 000 €', '18 000 €'],
        ['Assistance juridique', '45 000 €', '31 000 €', '12 500 €'],
      ],
    },
    {
      p: 'Sandrine Collombet signale que 118 000 € ne sont pas engagés et seront perdus au 31 décembre. Elle invite à présenter les demandes prêtes le 10 décembre.',
    },
    { h: 3, text: 'Point 4 — Accès des entreprises' },
    {
      p: 'Les fournisseurs invités commentent dans un seul espace, sans accès aux critères, aux montants ni aux réponses des autres. Le comité confirme cette règle et demande un rappel à chaque invitation.',
    },
    { h: 2, text: 'Décisions' },
    {
      ol: [
        '**D-2026-09** — Une fiche projet « routes d’hiver » est ouverte. *Unanimité.*',
        '**D-2026-10** — Les demandes d’études prêtes sont examinées le 10 décembre 2026. *Unanimité.*',
      ],
    },
    { h: 2, text: 'Actions' },
    {
      tasks: [
        { done: true, text: 'Marco Balestra et Étienne Rochas : fiche projet « routes d’hiver » (15 novembre)' },
        { done: false, text: 'Antoine Delaroche : projet d’accord transfrontalier (30 novembre)' },
        { done: false, text: 'Claire Montagnier : demande d’étude « Nuits sûres » (1er décembre)' },
        { done: false, text: 'Olivier Tissandier : rappel aux entreprises invitées (20 octobre)' },
      ],
    },
  ],
};
