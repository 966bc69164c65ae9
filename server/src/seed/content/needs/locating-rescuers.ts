import type { SeedNeed } from '../types.ts';
import { FICTITIOUS } from '../values.ts';

export const locatingRescuers: SeedNeed = {
  id: 'need-locating-rescuers',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'mobility',
  language: 'fr',
  createdBy: 'buyer2',
  authors: ['buyer2'],
  createdOn: '2026-10-05',
  updatedOn: '2026-11-16',
  fields: {
    title: 'Savoir où sont les sauveteurs engagés dans les gorges, même sans réseau',
    owner: 'secours',
    territories: ['07', '26'],
    trigger: 'service-problem',
    currentService: 'Engagement d’équipes de deux à quatre sauveteurs, liaisons radio et point par relais.',
    volumePerYear: { value: '146', unit: 'interventions' },
    outcomes: [
      {
        id: 'o1',
        outcome: 'Le chef de secours sait où est chaque équipe',
        metric: 'Ancienneté de la dernière position connue, 95 % du temps',
        unit: 'min',
        baseline: '41',
        target: '3',
        by: '2028-04-01',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Le sauveteur garde les mains libres',
        metric: 'Gestes demandés au sauveteur par heure',
        unit: 'gestes',
        baseline: '4',
        target: '0',
        by: '2028-04-01',
        priority: 'must',
      },
    ],
    currentSolution: 'Radio, carte papier, point verbal toutes les trente minutes quand la liaison passe.',
    pains: [{ text: 'Aucune liaison dans 40 % du linéaire de gorges', severity: 5 }],
    personalData: 'yes',
    dpia: 'needed',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.fr}.** Premier jet, volontairement incomplet, pour montrer une fiche au début de sa vie. Le Service de secours des Gorges (démo) est inventé.`,
      },
      {
        p: 'Le domaine de spécialisation reste à choisir avec l’agence : sécurité en montagne ou systèmes numériques ?',
      },
    ],
    context: [
      {
        p: 'Le service réalise 146 interventions par an dans des gorges profondes de 100 à 300 m, où **ni le téléphone ni la radio ne passent sur 40 % du linéaire**. Le 9 août 2025, une équipe a été crue bloquée pendant trois heures alors qu’elle était sortie par l’aval : un hélicoptère et douze personnes ont été engagés pour rien, sous l’orage.',
      },
      {
        p: 'Le problème n’est pas de communiquer davantage, mais de savoir à tout moment où sont les équipes, et de s’apercevoir vite que l’une d’elles n’avance plus.',
      },
    ],
    users: [
      {
        p: 'Soixante-huit sauveteurs spécialisés et onze chefs de secours. Trois d’entre eux ont relu cette page ; les autres seront réunis en janvier 2027. Les victimes sont concernées indirectement, par le délai. Le nombre de pratiquants n’est pas connu : les offices de tourisme annoncent des chiffres qui vont du simple au triple.',
      },
    ],
    outcomes: [
      {
        ol: [
          'La dernière position connue de chaque équipe a moins de trois minutes, 95 % du temps (41 minutes aujourd’hui, d’après les mains courantes de 2025).',
          'Le sauveteur n’a aucun geste à faire, mains gantées, mouillé, sur corde.',
        ],
      },
      {
        p: 'À discuter : la précision utile. Les chefs de secours demandent le bon tronçon entre deux cascades, soit une centaine de mètres, et non le mètre. Un troisième résultat porterait sur l’alerte d’immobilité.',
      },
    ],
    today: [
      {
        p: 'Radio, carte plastifiée, point verbal toutes les trente minutes lorsque la liaison passe. Un relais humain est parfois posté sur le bord : il mobilise deux personnes et ne suffit pas dans les gorges en baïonnette. Le coût n’a pas été chiffré.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Rien n’a encore été cherché sérieusement. Les équipements de loisir que certains sauveteurs achètent eux-mêmes donnent une position en terrain ouvert ; dans une gorge, ils l’enregistrent sans pouvoir la transmettre. Il faudra regarder ce que font la spéléologie, les mines et les tunnels.',
      },
      { p: 'Tant que cette recherche n’est pas faite, l’état du marché est laissé vide dans le formulaire.' },
    ],
    market: [
      {
        p: 'Une entreprise de la région nous a proposé une démonstration. Nous l’avons **différée** : elle aura lieu dans le cadre d’une consultation ouverte à toutes, afin que personne ne prenne d’avance.',
      },
    ],
    impacts: [
      {
        p: 'Sécurité des sauveteurs d’abord. Ensuite, des engagements inutiles évités : sept heures d’hélicoptère en 2025, d’après un premier dépouillement. Un dispositif sûr pourrait intéresser d’autres services de secours et les exploitants de tunnels.',
      },
    ],
    'business-case': [
      {
        p: 'À faire. Les éléments à réunir : heures d’hélicoptère, heures d’équipe engagées pour lever un doute, coût d’un relais humain, durée de vie d’un équipement qui prend l’eau et les chocs.',
      },
    ],
    risks: [
      {
        p: 'À coter en réunion. Trois risques sont déjà nommés : une position fausse, pire qu’une position absente ; un équipement qui s’accroche à la corde ; une confiance telle que l’on cesse de prévoir sans lui.',
      },
    ],
    interoperability: [
      {
        p: 'La position doit apparaître dans l’outil de conduite des opérations, dont l’éditeur sera interrogé. Rien ne doit perturber les radios existantes. Les équipements vont dans l’eau à 4 °C, jusqu’à cinq mètres de profondeur.',
      },
    ],
    ipr: [{ p: 'Pas de position arrêtée. Nous souhaitons au moins que le format des positions soit public.' }],
    data: [
      {
        p: 'La position d’un agent est une donnée personnelle. Elle ne doit servir qu’à la conduite de l’intervention et à l’analyse d’accident, jamais au suivi du temps de travail. L’analyse d’impact est nécessaire ; les représentants du personnel sont prévenus.',
      },
    ],
    'joint-buying': [
      {
        p: 'Deux services voisins et le secours en montagne ont été cités. Aucun n’a encore été appelé. Les volumes sont faibles (une vingtaine d’équipes), ce qui plaide pour un achat commun.',
      },
    ],
    timing: [
      {
        p: 'La saison commence en avril. Disposer d’un premier équipement au printemps 2028 paraît raisonnable ; ni la date ni le budget ne sont validés par la direction.',
      },
    ],
    'next-step': [
      { p: 'Avant toute demande, compléter cette fiche :' },
      {
        tasks: [
          { done: true, text: 'Dépouiller les mains courantes de 2025' },
          { done: false, text: 'Réunir les sauveteurs et les chefs de secours' },
          { done: false, text: 'Chercher du côté de la spéléologie, des mines et des tunnels' },
          { done: false, text: 'Appeler les services voisins' },
          { done: false, text: 'Choisir le domaine de spécialisation' },
        ],
      },
    ],
  },
};
