import type { SeedText } from '../types.ts';

export const goodNeed: SeedText = {
  id: 'note-good-need',
  kind: 'note',
  workspace: 'resources',
  language: 'fr',
  createdBy: 'secretary',
  authors: ['secretary', 'agency'],
  createdOn: '2026-01-05',
  updatedOn: '2026-05-28',
  fields: { title: 'Comment rédiger un bon besoin' },
  body: [
    {
      p: 'Bienvenue. Ce guide tient en cinq minutes de lecture. Il s’adresse à celles et ceux qui connaissent un problème de terrain et n’ont jamais écrit de « besoin » pour un achat innovant.',
    },
    { h: 2, text: 'Partir du problème, jamais de la solution' },
    {
      p: 'Un **besoin non satisfait** est ce qu’un service public doit pouvoir faire et que les produits, services ou organisations disponibles ne permettent pas, ou seulement à un coût excessif ou avec un risque inacceptable.',
    },
    {
      table: [
        ['À éviter', 'À écrire'],
        ['« Il nous faut de l’intelligence artificielle. »', '« Répondre à une demande en 4 h au lieu de 48 h. »'],
        [
          '« Acheter des capteurs connectés. »',
          '« Savoir en moins de dix minutes qu’une caisse a quitté sa plage de température. »',
        ],
        ['« Moderniser l’appel malade. »', '« Secourir en cinq minutes une personne tombée la nuit. »'],
      ],
    },
    { h: 2, text: 'La phrase qui structure tout' },
    {
      quote: '[Qui] doit pouvoir [faire quoi], mesuré par [indicateur], de [aujourd’hui] à [cible], d’ici [date].',
    },
    {
      p: 'Si vous ne savez pas remplir « aujourd’hui », commencez par mesurer. Trois mois de relevés valent mieux que trente pages.',
    },
    { h: 2, text: 'Quatre déclencheurs, quatre pièges' },
    {
      ul: [
        '**Déclencheurs** : un service qui fonctionne mal, une qualité à venir, une politique, une obligation légale.',
        '**Pièges** : innover pour innover, décider de la solution d’abord, oublier les usagers, prendre une envie pour un besoin.',
      ],
    },
    { h: 2, text: 'Dans quel ordre écrire' },
    {
      ol: [
        'Le contexte et les usagers : rubriques 2 et 3.',
        'Les résultats attendus : rubrique 4. Trois ou quatre suffisent.',
        'L’existant et son coût : rubrique 5.',
        'L’état de l’art : rubrique 6. Dites où vous avez cherché, même si vous n’avez rien trouvé.',
        'Le reste, à plusieurs, quand les premières rubriques sont stables.',
      ],
    },
    { h: 2, text: 'Rencontrer des entreprises sans fausser la concurrence' },
    {
      p: 'C’est permis et utile, à condition de poser les mêmes questions à toutes, de garder la trace des échanges, et de donner plus tard la même information à tous les candidats. Ceci est une information, non un avis juridique : en cas de doute, demandez une assistance.',
    },
    { h: 2, text: 'Avant d’appuyer sur « version »' },
    {
      tasks: [
        { done: false, text: 'Une personne extérieure comprend le problème en lisant les deux premières rubriques' },
        { done: false, text: 'Aucune marque, aucune technique n’est imposée' },
        { done: false, text: 'Chaque résultat a un indicateur, un départ, une cible et une date' },
        { done: false, text: 'Les usagers ont été écoutés, et l’on dit comment' },
        { done: false, text: 'Ce qui manque est écrit comme manquant' },
      ],
    },
  ],
};
