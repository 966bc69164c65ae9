import type { SeedNeed } from '../types.ts';
import { eur, eurRange, everyYear, FICTITIOUS } from '../values.ts';

export const rockfall: SeedNeed = {
  id: 'need-rockfall',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'mobility',
  language: 'fr',
  createdBy: 'buyer2',
  authors: ['buyer2', 'reviewer2', 'agency', 'finance'],
  createdOn: '2026-01-26',
  updatedOn: '2026-08-27',
  fields: {
    title: 'Chutes de blocs : fermer la route à temps, la rouvrir sans attendre pour rien',
    owner: 'departement',
    territories: ['38', '73', 'ITC11'],
    domains: ['RA7', 'RA5'],
    cpv: ['34996000', '71631480', '38290000'],
    trigger: 'service-problem',
    policyLinks: [
      {
        label: 'Directive 2010/40/UE, systèmes de transport intelligents',
        url: 'https://eur-lex.europa.eu/eli/dir/2010/40/oj',
      },
    ],
    currentService:
      'Patrouilles quotidiennes, visite d’un géologue après chaque événement, fermeture préventive décidée par le chef de district.',
    volumePerYear: { value: '63', unit: 'événements ayant atteint la chaussée' },
    groups: [
      {
        name: 'Habitants de quatre vallées à accès unique',
        kind: 'citizen',
        people: 11800,
        consultedHow: 'Quatre réunions publiques, 260 personnes',
      },
      {
        name: 'Agents des centres d’exploitation',
        kind: 'staff',
        people: 94,
        consultedHow: 'Journées de patrouille partagées et atelier du 3 mars 2026',
      },
      {
        name: 'Transporteurs, secours et transports scolaires',
        kind: 'user',
        people: 430,
        consultedHow: 'Entretiens avec 22 représentants',
      },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'Aucun véhicule n’entre dans un secteur où un bloc vient de tomber',
        metric: 'Délai entre l’arrivée d’un bloc sur la chaussée et l’arrêt du trafic',
        unit: 's',
        baseline: '2700',
        target: '20',
        by: '2028-10-31',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'La route rouvre dès que le danger est écarté',
        metric: 'Durée médiane de fermeture par événement',
        unit: 'h',
        baseline: '19',
        target: '6',
        by: '2029-10-31',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'Les usagers gardent confiance dans le dispositif',
        metric: 'Arrêts du trafic sans bloc constaté, par site et par an',
        unit: 'arrêts',
        baseline: '0',
        target: '4',
        by: '2029-10-31',
        priority: 'must',
      },
      {
        id: 'o4',
        outcome: 'Le dispositif tient l’hiver sans intervention',
        metric: 'Disponibilité de novembre à avril',
        unit: '%',
        target: '99',
        by: '2029-04-30',
        priority: 'must',
      },
    ],
    currentSolution: 'Grillages et merlons sur 31 km, patrouilles, numéro d’appel. Aucun arrêt automatique du trafic.',
    contractEnds: '2027-10-31',
    yearlyCost: eur(1480000),
    pains: [
      { text: 'Bloc découvert par le premier automobiliste', severity: 5 },
      { text: 'Fermeture prolongée faute d’information sur la falaise', severity: 4 },
      { text: 'Patrouilles exposées elles-mêmes au danger', severity: 4 },
    ],
    sources: [
      { kind: 'project', reference: 'Retours de trois gestionnaires routiers alpins', date: '2026-03-18' },
      {
        kind: 'patent',
        reference: 'Recherche de brevets par l’Agence régionale d’innovation (démo), 42 familles',
        date: '2026-04-09',
      },
      { kind: 'supplier', reference: 'Consultation préalable transfrontalière, onze réponses', date: '2026-06-12' },
    ],
    solutions: [
      { name: 'Détection sur filet ou écran', supplier: 'Trois offreurs', trl: 9, gaps: ['o2'] },
      { name: 'Détection sans contact du mouvement', supplier: 'Deux offreurs', trl: 7, gaps: ['o3', 'o4'] },
      { name: 'Évaluation de la falaise à distance après événement', supplier: 'Deux équipes', trl: 6, gaps: ['o2'] },
    ],
    marketState: 'near-market-not-at-scale',
    suppliers: [
      { organisation: 'capteurs-cimes', sme: 'yes' },
      { organisation: 'grandes-routes', sme: 'no' },
      { organisation: 'sensori-valle', sme: 'yes' },
    ],
    impacts: [
      { kind: 'service', description: 'Continuité d’accès pour quatre vallées', level: 5 },
      { kind: 'social', description: 'Accès aux soins et aux lycées', level: 4 },
      { kind: 'economic', description: 'Journées d’activité préservées', level: 4 },
      { kind: 'regional', description: 'Savoir-faire alpin exportable', level: 3 },
      { kind: 'environmental', description: 'Détours évités : 310 000 véhicules-kilomètres par an', level: 2 },
    ],
    years: 8,
    discountRate: '4',
    options: [
      {
        name: 'Poursuivre patrouilles et protections',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 8, 1240000),
        maintenance: everyYear(1, 8, 240000),
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'Arrêt du trafic et réouverture instruite, neuf sites',
        doNothing: false,
        investment: eur(1950000),
        operation: everyYear(1, 8, 820000),
        maintenance: everyYear(1, 8, 310000),
        transition: everyYear(1, 2, 60000),
        endOfLife: eur(90000),
        residual: eur(150000),
      },
    ],
    risks: [
      {
        kind: 'technical',
        text: 'Givre, brouillard et neige collante en hiver',
        probability: 4,
        impact: 4,
        answer: 'Essai d’un hiver complet avant l’acquisition, disponibilité contractuelle',
        owner: 'buyer2',
      },
      {
        kind: 'legal',
        text: 'Responsabilité en cas d’arrêt tardif ou de réouverture',
        probability: 2,
        impact: 5,
        answer: 'La décision de rouvrir reste humaine ; doctrine validée par le conseil juridique',
        owner: 'legal',
      },
      {
        kind: 'organisational',
        text: 'Astreinte insuffisante pour répondre aux alertes',
        probability: 3,
        impact: 3,
        answer: 'Dimensionnement de l’astreinte pendant l’essai',
        owner: 'buyer2',
      },
      {
        kind: 'supplier',
        text: 'Petites entreprises incapables de déployer neuf sites',
        probability: 3,
        impact: 3,
        answer: 'Lots par vallée et groupements admis',
        owner: 'agency',
      },
    ],
    systems: [
      { name: 'Information routière départementale', interface: 'DATEX II', format: 'XML' },
      { name: 'Feux et barrières', interface: 'Contact sec et bus de terrain', format: 'sans objet' },
    ],
    accessibility: 'Information des usagers compréhensible sans lire le français ou l’italien : pictogrammes et feu.',
    resultsOwner: 'shared',
    licence: 'Usage par tous les gestionnaires routiers publics du massif pour leurs propres besoins',
    backgroundIp: 'Inventaire des connaissances antérieures joint à l’offre ; pas de divulgation entre concurrents.',
    personalData: 'no',
    dpia: 'not-needed',
    hosting: 'Sur site et au centre de gestion du trafic ; fonctionnement sans réseau pendant 72 h',
    securityLevel: 3,
    buyers: [
      { organisation: 'departement', volume: { value: '9', unit: 'sites' }, date: '2028-10-31', crossBorder: false },
      { organisation: 'citta-alpina', volume: { value: '5', unit: 'sites' }, date: '2029-10-31', crossBorder: true },
    ],
    neededBy: '2028-10-31',
    budget: eurRange(1800000, 2200000),
    funding: [
      { source: 'own', amount: eur(1100000) },
      { source: 'ERDF', amount: eur(500000) },
      { source: 'State', amount: eur(300000) },
    ],
    requested: 'legal-assistance',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.fr}.** Le Département des Vallées (démo), ses routes et ses chiffres sont inventés ; le texte n’annonce aucun projet.`,
      },
      {
        p: 'Besoin porté par la direction des routes, avec la Città metropolitana alpina (démo) qui exploite des routes comparables de l’autre côté du massif.',
      },
    ],
    context: [
      {
        p: 'Quatre vallées, 11 800 habitants, une seule route chacune. En 2025, 63 événements ont amené des blocs sur la chaussée, dont neuf de plus d’un mètre cube. Deux véhicules ont été touchés, sans victime. La route a été coupée **1 190 heures** au total.',
      },
      {
        p: 'Les protections passives couvrent 31 km et ne peuvent pas être étendues partout, pour des raisons de coût et de paysage. Le besoin porte sur les deux moments que nous maîtrisons mal : la minute qui suit la chute, et les heures qui précèdent la réouverture.',
      },
    ],
    users: [
      {
        p: 'Les habitants acceptent la fermeture, mais non l’incertitude : « Dites-nous quand ce sera rouvert, même si c’est demain » (réunion publique du 17 février, propos fictif). Les secours demandent une information sous deux minutes. Les 94 agents veulent cesser de passer sous la falaise pour vérifier qu’elle tient.',
      },
    ],
    outcomes: [
      {
        table: [
          ['Résultat', 'Aujourd’hui', 'Cible'],
          ['Arrêt du trafic après l’arrivée d’un bloc', '45 min', '20 s'],
          ['Durée médiane de fermeture', '19 h', '6 h'],
          ['Arrêts sans bloc constaté, par site et par an', 'sans objet', '4 au plus'],
          ['Disponibilité de novembre à avril', 'sans objet', '99 %'],
        ],
      },
      {
        p: 'Est considéré comme bloc tout objet de plus de 30 cm dans sa plus grande dimension. Le choix de la méthode est libre. La décision de réouverture reste prise par une personne.',
      },
    ],
    today: [
      {
        p: 'Une patrouille par jour, deux en période de gel et de dégel. Après un événement, un géologue se déplace ; il est disponible sous seize heures en moyenne. Coût annuel : 1,48 M€, dont 240 000 € d’entretien des protections. Le marché d’expertise géologique se termine le 31 octobre 2027.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Trois gestionnaires alpins, 42 familles de brevets et onze réponses de fournisseurs ont été examinés. La détection sur filet est éprouvée, mais n’existe que là où il y a un filet. La détection sans contact fonctionne par beau temps ; **aucune référence ne couvre un hiver complet au-dessus de 1 200 m** avec moins de quatre arrêts intempestifs.',
      },
      {
        p: 'L’évaluation à distance de la falaise après événement n’a été montrée qu’en démonstration. Conclusion : des briques proches du marché, jamais réunies à l’échelle d’une vallée.',
      },
    ],
    market: [
      {
        p: 'La consultation préalable, annoncée en français et en italien le 12 mai 2026, a reçu onze réponses de six pays, dont sept de petites entreprises. La visite d’un site a été ouverte à toutes le même jour. Les questions et réponses anonymisées ont été publiées le 3 juillet 2026.',
      },
    ],
    impacts: [
      {
        ul: [
          '**Sécurité** : suppression de l’exposition des patrouilles dans neuf secteurs.',
          '**Continuité** : environ 800 heures de fermeture évitées par an.',
          '**Économie locale** : 70 000 € par jour de fermeture en saison, selon l’office de tourisme (chiffre fictif).',
          '**Région** : cinq entreprises alpines pourraient y trouver une première référence.',
        ],
      },
    ],
    'business-case': [
      {
        p: 'Poursuivre coûte 1,48 M€ par an. L’option étudiée demande 1,95 M€ d’investissement, 60 000 € de mise en place pendant deux ans, puis 1,13 M€ par an. L’économie directe ne rembourse l’investissement qu’à la septième année ; les journées d’activité préservées, non comptées ici, changent nettement le résultat.',
      },
    ],
    risks: [
      {
        p: 'L’hiver décidera. Un dispositif qui arrête le trafic dix fois pour rien sera contourné, puis débranché. D’où un essai complet de novembre à avril sur deux sites, avant toute acquisition. La responsabilité du maître d’ouvrage en cas de réouverture est le second sujet : la doctrine d’emploi doit précéder la mise en service.',
      },
    ],
    interoperability: [
      {
        p: 'L’état de la route doit parvenir au système d’information routière au format DATEX II, et de là aux services voisins italiens. Feux et barrières sont commandés localement : l’arrêt du trafic ne doit dépendre d’aucun réseau public.',
      },
    ],
    ipr: [
      {
        p: 'Résultats partagés : le fournisseur exploite librement, les gestionnaires publics du massif utilisent pour leurs propres routes. Les mesures de terrain appartiennent au Département et seront ouvertes à la recherche.',
      },
    ],
    data: [
      {
        p: 'Aucune donnée personnelle n’est nécessaire. Si une image est utilisée, elle doit être prise ou traitée de sorte que ni plaque ni visage ne soient lisibles ; dans le cas contraire, la conclusion « pas d’analyse d’impact » serait à revoir.',
      },
    ],
    'joint-buying': [
      {
        p: 'Neuf sites côté français, cinq côté italien. Un achat commun entre deux États suppose de **convenir d’un droit applicable**, d’une langue de procédure et du partage des coûts. L’accord entre les deux collectivités est à l’état de projet.',
      },
    ],
    timing: [
      {
        p: 'Deux sites d’essai équipés avant l’hiver 2027-2028 ; neuf sites en service au **31 octobre 2028**. Enveloppe de 1,8 à 2,2 M€ hors taxes. Le Département inscrit 1,1 M€ ; les concours européen (500 000 €) et de l’État (300 000 €) sont demandés.',
      },
    ],
    'next-step': [
      {
        p: 'Nous demandons une **assistance juridique** sur trois points : accord transfrontalier, structure par phases avec essai hivernal, responsabilité lors de la réouverture.',
      },
      {
        tasks: [
          { done: true, text: 'Publier les questions et réponses de la consultation' },
          { done: true, text: 'Mesurer la durée des fermetures sur trois ans' },
          { done: false, text: 'Signer l’accord avec la Città metropolitana alpina (démo)' },
          { done: false, text: 'Rédiger la doctrine de réouverture' },
        ],
      },
    ],
  },
};
