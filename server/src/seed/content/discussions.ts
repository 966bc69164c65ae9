import type { SeedThread } from './types.ts';

/** Discussions of the demonstration: what people ask, answer and agree on around its texts. All of it is invented. */
export const DISCUSSIONS: readonly SeedThread[] = [
  {
    id: 'december-agenda',
    on: { kind: 'workspace', id: 'steering' },
    title: 'Ordre du jour du 10 décembre',
    pinned: true,
    replies: [
      {
        by: 'secretary',
        at: '2026-11-12T09:10:00.000Z',
        body: [
          { p: 'Bonjour à toutes et à tous. Le @{body:steering-committee} se réunit le 10 décembre. Je propose :' },
          {
            ol: [
              'approbation du compte rendu d’octobre ;',
              'fiche projet @{document:brief-night-falls} : passage en consultation ;',
              'études à financer au premier trimestre ;',
              'questions diverses.',
            ],
          },
          { p: 'Vos points avant le **27 novembre**, s’il vous plaît : les pièces partent ce jour-là.' },
        ],
        reactions: { agree: ['chair', 'finance', 'agency'], seen: ['buyer'] },
      },
      {
        by: 'finance',
        at: '2026-11-13T13:42:00.000Z',
        body: [
          {
            p: 'Pour le point 3, j’aurai besoin des montants demandés *avant* la réunion. @{agency}, peux-tu me transmettre les trois fiches ?',
          },
        ],
      },
      {
        by: 'agency',
        at: '2026-11-13T15:05:00.000Z',
        body: [{ p: 'Oui, mardi au plus tard. Il en manque une, que @{buyer2} termine.' }],
        reactions: { thanks: ['finance'] },
      },
      {
        by: 'chair',
        at: '2026-11-16T08:20:00.000Z',
        body: [
          {
            p: 'Je souhaite aussi un quart d’heure sur les retours des entreprises : qu’avons-nous appris depuis juin ?',
          },
        ],
        reactions: { idea: ['secretary', 'buyer', 'legal'] },
      },
    ],
  },
  {
    id: 'night-false-alarms',
    on: { kind: 'document', id: 'need-night-falls' },
    title: 'Combien de fausses alertes par nuit ?',
    answer: 3,
    replies: [
      {
        by: 'reviewer1',
        at: '2026-10-20T10:00:00.000Z',
        body: [
          {
            p: 'La section « Résultats attendus » demande moins de deux minutes entre la chute et l’alerte, mais ne dit rien des fausses alertes. Une équipe de nuit de deux personnes en supporte combien ?',
          },
        ],
        reactions: { question: ['reviewer3'] },
      },
      {
        by: 'reviewer3',
        at: '2026-10-20T16:31:00.000Z',
        body: [
          { p: 'In the homes we visited the answer was always the same:' },
          { quote: 'After the third one before midnight we switch it off.' },
        ],
        reactions: { smile: ['buyer'], agree: ['reviewer1'] },
      },
      {
        by: 'buyer',
        at: '2026-10-21T07:48:00.000Z',
        body: [
          {
            p: 'J’ai posé la question aux cadres de santé : **une par nuit et par unité au plus**, et jamais deux de suite pour la même personne. Je l’ajoute comme résultat attendu, avec la mesure.',
          },
        ],
        reactions: { thanks: ['reviewer1', 'reviewer3'], agree: ['agency'] },
      },
    ],
  },
  {
    id: 'salt-measure',
    on: { kind: 'document', id: 'need-winter-salt' },
    title: 'How do we measure “as safe as today”?',
    resolvedBy: 'buyer2',
    replies: [
      {
        by: 'reviewer2',
        at: '2026-10-05T09:12:00.000Z',
        body: [{ p: 'Accident counts are too small to compare one winter with the next. Which figure would hold?' }],
      },
      {
        by: 'buyer2',
        at: '2026-10-06T06:55:00.000Z',
        body: [
          {
            p: 'We agreed with the police on **hours below a friction of 0.3 on the twelve reference sections**. Both sides of the border can measure it with what they have.',
          },
        ],
        reactions: { agree: ['reviewer2', 'finance'], idea: ['agency'] },
      },
      {
        by: 'reviewer2',
        at: '2026-10-06T07:20:00.000Z',
        body: [{ p: 'Good. I have put it into the outcomes.' }],
      },
    ],
  },
  {
    id: 'existing-data',
    on: { kind: 'document', id: 'note-night-questions' },
    title: 'Les plans des établissements seront-ils communiqués ?',
    answer: 2,
    replies: [
      {
        by: 'sme',
        at: '2026-11-09T11:30:00.000Z',
        body: [
          {
            p: 'Bonjour. Pour estimer le nombre de capteurs, les plans des étages concernés seraient utiles. Seront-ils communiqués à toutes les entreprises ?',
          },
        ],
      },
      {
        by: 'agency',
        at: '2026-11-10T08:05:00.000Z',
        body: [
          {
            p: 'Bonjour. Oui : les plans cotés, sans les noms des chambres, seront publiés ici pour toutes les entreprises, le même jour.',
          },
        ],
        reactions: { thanks: ['sme'] },
      },
    ],
  },
  {
    id: 'plans-privacy',
    on: { kind: 'document', id: 'note-night-questions' },
    title: 'Plans : que faut-il masquer avant de publier ?',
    staff: true,
    replies: [
      {
        by: 'agency',
        at: '2026-11-10T08:12:00.000Z',
        body: [
          {
            p: '@{legal}, avant de publier les plans : les numéros de chambre suffisent-ils à identifier quelqu’un ?',
          },
        ],
      },
      {
        by: 'legal',
        at: '2026-11-10T17:24:00.000Z',
        body: [
          { p: 'Rapprochés d’un planning de soins, oui. Je conseille de :' },
          {
            ul: [
              'remplacer les numéros par des lettres, dans le désordre ;',
              'retirer les emplacements des caméras et des issues ;',
              'garder la trace de ce qui a été publié, quand et pour qui.',
            ],
          },
        ],
        reactions: { thanks: ['agency', 'secretary'] },
      },
    ],
  },
  {
    id: 'pilot-visit',
    on: { kind: 'workspace', id: 'energy' },
    title: 'Visite d’un collège pilote : qui vient ?',
    replies: [
      {
        by: 'agency',
        at: '2026-11-17T14:00:00.000Z',
        body: [
          {
            p: 'Le collège nous reçoit le 3 décembre de 10 h à 12 h. L’idée : mesurer la température de trois salles avant d’arrêter les résultats attendus de @{document:need-summer-comfort}.',
          },
        ],
        reactions: { agree: ['buyer2', 'buyer'] },
      },
      {
        by: 'buyer2',
        at: '2026-11-18T07:40:00.000Z',
        body: [{ p: 'J’apporte les enregistreurs. Deux places dans ma voiture au départ de Grenoble.' }],
        reactions: { thanks: ['agency'] },
      },
    ],
  },
];
