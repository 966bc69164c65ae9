import type { SeedText } from '../types.ts';

export const nightQuestions: SeedText = {
  id: 'note-night-questions',
  kind: 'note',
  workspace: 'market',
  language: 'fr',
  createdBy: 'buyer',
  authors: ['buyer', 'agency', 'legal'],
  createdOn: '2026-09-14',
  updatedOn: '2026-10-30',
  fields: { title: 'Consultation « Nuits sûres » : questions posées à toutes les entreprises' },
  body: [
    {
      p: '*Document fictif de démonstration, publié à l’identique pour toutes les entreprises.* Il ne contient ni budget, ni critère d’attribution, ni réponse nominative.',
    },
    { h: 2, text: 'Le besoin en trois phrases' },
    {
      p: 'La nuit, une personne âgée qui tombe doit être secourue en **cinq minutes** ; il en faut aujourd’hui trente-quatre. Les équipes ne doivent pas être dérangées pour rien plus de trois fois par nuit et par unité. Ni image ni enregistrement sonore ne peuvent être consultés.',
    },
    { h: 2, text: 'Les questions' },
    {
      ol: [
        'Lequel de ces résultats atteignez-vous aujourd’hui, et comment l’avez-vous mesuré ?',
        'Où votre réponse est-elle en service depuis plus d’un an, auprès de personnes désorientées ?',
        'Que se passe-t-il lorsque le réseau ou l’électricité manquent ?',
        'Quelles données conservez-vous, combien de temps et où ?',
        'Qu’attendez-vous des équipes de nuit ?',
        'Qu’est-ce qui, dans ce texte, empêcherait une petite entreprise de répondre ?',
      ],
    },
    { h: 2, text: 'Questions reçues et réponses, sans nom' },
    {
      table: [
        ['Question reçue', 'Réponse publiée'],
        ['Peut-on visiter une unité ?', 'Oui, le même jour pour toutes les entreprises : le 20 janvier 2027.'],
        ['Un dispositif porté est-il exclu ?', 'Non. Aucune technique n’est exclue, aucune n’est préférée.'],
        [
          'La ronde de nuit sera-t-elle supprimée ?',
          'Non, l’organisation des rondes n’est pas modifiée par ce projet.',
        ],
      ],
    },
    {
      p: 'Les commentaires de ce document sont lus par toutes les personnes invitées : n’y écrivez rien de confidentiel.',
    },
  ],
};
