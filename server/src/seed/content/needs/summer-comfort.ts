import type { SeedNeed } from '../types.ts';
import { eur, eurRange, everyYear, FICTITIOUS } from '../values.ts';

export const summerComfort: SeedNeed = {
  id: 'need-summer-comfort',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'energy',
  language: 'fr',
  createdBy: 'buyer2',
  authors: ['buyer2', 'reviewer1', 'agency'],
  createdOn: '2026-01-19',
  updatedOn: '2026-09-03',
  fields: {
    title: 'Des collèges où l’on peut encore apprendre en juin et en septembre',
    owner: 'departement',
    territories: ['38', '26', '07'],
    domains: ['RA4', 'RA3'],
    cpv: ['45331000', '45321000', '71314000'],
    trigger: 'future-quality',
    policyLinks: [
      {
        label: 'Directive (UE) 2024/1275 sur la performance énergétique des bâtiments',
        url: 'https://eur-lex.europa.eu/eli/dir/2024/1275/oj',
      },
    ],
    currentService:
      'Quarante-deux collèges, 1 310 salles ; chauffage suivi à distance, aucun suivi des températures d’été hors salles informatiques.',
    volumePerYear: { value: '23800', unit: 'élèves' },
    groups: [
      {
        name: 'Élèves',
        kind: 'user',
        people: 23800,
        consultedHow: 'Relevés faits par 14 classes en juin 2025 et débats en conseil de vie collégienne',
      },
      { name: 'Enseignants et agents', kind: 'staff', people: 2650, consultedHow: 'Questionnaire, 907 réponses' },
      { name: 'Chefs d’établissement', kind: 'staff', people: 42, consultedHow: 'Réunion de bassin' },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'Les salles restent supportables pendant les heures de cours',
        metric: 'Heures de cours au-dessus de 28 °C, par salle et par an',
        unit: 'h',
        baseline: '96',
        target: '15',
        by: '2029-09-30',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Le confort ne se paie pas en énergie',
        metric: 'Consommation d’électricité pour le confort d’été',
        unit: 'kWh/m² par an',
        baseline: '0.4',
        target: '2',
        by: '2029-09-30',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'L’air reste bon, fenêtres ouvertes ou fermées',
        metric: 'Heures de cours au-dessus de 1 000 ppm de CO₂',
        unit: '%',
        baseline: '44',
        target: '10',
        by: '2029-09-30',
        priority: 'must',
      },
      {
        id: 'o4',
        outcome: 'On entend le professeur',
        metric: 'Niveau de bruit ajouté dans la salle',
        unit: 'dB(A)',
        target: '30',
        by: '2029-09-30',
        priority: 'should',
      },
    ],
    currentSolution: 'Stores intérieurs, ouverture libre des fenêtres, ventilateurs prêtés, aménagement d’horaires.',
    yearlyCost: eur(215000),
    pains: [
      { text: 'Onze demi-journées de cours suspendues en 2025', severity: 4 },
      { text: 'Climatiseurs mobiles achetés par les établissements, hors de toute règle', severity: 3 },
      { text: 'Façades vitrées des années 1970, sans protection extérieure', severity: 4 },
    ],
    sources: [
      {
        kind: 'web',
        reference: 'Campagne de mesure de 60 salles, été 2025, Laboratoire Usages et territoires (démo)',
        date: '2025-11-14',
      },
      { kind: 'standard', reference: 'EN 16798-1, ambiance intérieure', date: '2026-01-30' },
      { kind: 'project', reference: 'Visite de quatre établissements rénovés', date: '2026-04-28' },
    ],
    solutions: [
      { name: 'Protections solaires et rafraîchissement nocturne', supplier: 'Marché courant', trl: 9, gaps: ['o1'] },
      {
        name: 'Rafraîchissement passif par le sol ou l’évaporation',
        supplier: 'Quelques réalisations',
        trl: 8,
        gaps: ['o2', 'o4'],
      },
    ],
    marketState: 'exists-needs-adaptation',
    suppliers: [{ organisation: 'batisseurs', sme: 'yes' }],
    impacts: [
      { kind: 'service', description: 'Heures de cours préservées', level: 5 },
      { kind: 'environmental', description: 'Climatisation généralisée évitée', level: 5 },
      { kind: 'social', description: 'Égalité entre collèges récents et anciens', level: 4 },
      { kind: 'regional', description: 'Filière locale du bâtiment', level: 4 },
    ],
    years: 15,
    discountRate: '4',
    options: [
      {
        name: 'Laisser faire',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 15, 215000),
        maintenance: everyYear(1, 15, 40000),
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'Climatiser 1 310 salles',
        doNothing: false,
        investment: eur(9400000),
        operation: everyYear(1, 15, 690000),
        maintenance: everyYear(1, 15, 380000),
        transition: [],
        endOfLife: eur(450000),
        residual: eur(0),
      },
      {
        name: 'Tenir les quatre résultats, salle par salle',
        doNothing: false,
        investment: eur(6200000),
        operation: everyYear(1, 15, 160000),
        maintenance: everyYear(1, 15, 120000),
        transition: everyYear(1, 2, 45000),
        endOfLife: eur(80000),
        residual: eur(900000),
      },
    ],
    risks: [
      {
        kind: 'technical',
        text: 'Nuits trop chaudes pour rafraîchir les murs lors des canicules longues',
        probability: 3,
        impact: 4,
        answer: 'Résultat exigé sur un scénario climatique de 2050, remis aux candidats',
        owner: 'buyer2',
      },
      {
        kind: 'acceptance',
        text: 'Protections relevées ou bloquées par les usagers',
        probability: 4,
        impact: 3,
        answer: 'Conduite expliquée aux élèves, commande toujours reprise à la main',
        owner: 'reviewer1',
      },
    ],
    systems: [
      { name: 'Gestion technique des bâtiments', interface: 'BACnet/IP (ISO 16484-5)', format: 'Haystack JSON' },
    ],
    accessibility: 'Commandes à hauteur de fauteuil, repères tactiles.',
    resultsOwner: 'open',
    licence: 'Mesures et méthode publiées sous Licence Ouverte 2.0',
    backgroundIp: 'Sans objet particulier.',
    personalData: 'no',
    dpia: 'not-needed',
    hosting: 'Serveur du Département',
    securityLevel: 2,
    buyers: [
      {
        organisation: 'departement',
        volume: { value: '1310', unit: 'salles' },
        date: '2028-06-01',
        crossBorder: false,
      },
      { organisation: 'region', volume: { value: '900', unit: 'salles de lycée' }, crossBorder: false },
    ],
    neededBy: '2028-06-01',
    budget: eurRange(5800000, 6800000),
    funding: [
      { source: 'own', amount: eur(4300000) },
      { source: 'ERDF', amount: eur(1500000) },
      { source: 'State', amount: eur(400000) },
    ],
    requested: 'procedure-advice',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.fr}.** Les collèges du Département des Vallées (démo) et leurs mesures sont inventés.`,
      },
      {
        p: 'Besoin porté par la direction des bâtiments, avec 14 classes qui ont relevé elles-mêmes les températures.',
      },
    ],
    context: [
      {
        p: 'Le Département possède 42 collèges, dont 27 construits entre 1965 et 1982 avec de grandes façades vitrées. En juin et en septembre 2025, les salles suivies ont dépassé 28 °C pendant **96 heures de cours** en moyenne, et 34 °C dans trois d’entre elles. Onze demi-journées ont été suspendues.',
      },
      {
        p: 'Nos bâtiments ont été pensés pour l’hiver. La question est la qualité future du service : les étés des années 2040 seront plus longs, et les travaux engagés aujourd’hui dureront jusque-là.',
      },
    ],
    users: [
      {
        p: 'Les 23 800 élèves sont les premiers concernés. Quatorze classes ont tenu un carnet : température, bruit, ressenti. Leur constat diffère du nôtre, car ils placent l’air vicié avant la chaleur. Parmi 907 enseignants et agents, 71 % jugent que l’après-midi de juin « ne sert plus à rien ».',
      },
    ],
    outcomes: [
      {
        p: 'Pour chaque salle, sur une année type et sur le scénario climatique de 2050 fourni aux candidats :',
      },
      {
        table: [
          ['Résultat', 'Aujourd’hui', 'Cible', 'Exigence'],
          ['Heures de cours au-dessus de 28 °C', '96 h', '15 h', 'impérative'],
          ['Électricité pour le confort d’été', '0,4 kWh/m²', '2 kWh/m² au plus', 'impérative'],
          ['Heures de cours au-dessus de 1 000 ppm de CO₂', '44 %', '10 %', 'impérative'],
          ['Bruit ajouté', 'non mesuré', '30 dB(A) au plus', 'souhaitée'],
        ],
      },
      {
        p: 'La deuxième ligne autorise une hausse, et c’est voulu : un peu d’énergie peut aider, mais pas une climatisation généralisée. Les travaux doivent tenir dans les congés scolaires.',
      },
    ],
    today: [
      {
        p: 'Stores intérieurs usés, fenêtres dont la moitié ne s’ouvrent plus, ventilateurs prêtés. En l’absence de règle, 130 climatiseurs mobiles ont été achetés par les établissements. Dépense annuelle estimée à 215 000 €, remplacements d’heures compris. Aucun contrat n’est à attendre.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Soixante salles ont été mesurées pendant l’été 2025 et quatre établissements rénovés visités. Protections extérieures et ventilation de nuit sont disponibles partout ; elles divisent les heures chaudes par deux ou trois, **pas par six**. Les approches passives complémentaires existent, mais leur réglage salle par salle, en site occupé, n’est proposé par aucune des équipes rencontrées.',
      },
    ],
    market: [
      {
        p: 'Le marché est local et morcelé : menuisiers, électriciens, bureaux d’études, fabricants de protections. Rares sont ceux qui s’engagent sur une température. La consultation préalable devra demander qui accepterait d’être payé en partie sur les heures chaudes évitées, et à quelles conditions.',
      },
    ],
    impacts: [
      {
        ul: [
          '**Service** : près de 80 heures de cours rendues utilisables par salle et par an.',
          '**Environnement** : 1 310 climatiseurs et leur fluide frigorigène évités.',
          '**Équité** : les collèges les plus chauds sont aussi les moins favorisés.',
          '**Territoire** : des travaux accessibles aux petites entreprises, par lots.',
        ],
      },
    ],
    'business-case': [
      {
        p: 'Trois options sur quinze ans. Laisser faire coûte 255 000 € par an et ne résout rien. Climatiser demande 9,4 M€ puis 1,07 M€ par an. Tenir les quatre résultats demande 6,2 M€, 45 000 € de mise au point pendant deux ans, puis 280 000 € par an. Aucune option n’est rentable au sens strict : le projet se compare à la climatisation qui, sinon, s’installera d’elle-même.',
      },
    ],
    risks: [
      {
        p: 'Lors d’une canicule longue, les nuits ne rafraîchissent plus : c’est pourquoi la cible porte sur un scénario de 2050. Le second risque est l’usage. Une protection que les élèves ne comprennent pas finit bloquée à mi-hauteur ; la conduite du bâtiment fera partie de la livraison.',
      },
    ],
    interoperability: [
      {
        p: 'La gestion technique existante parle BACnet/IP. Tout équipement commandé doit s’y raccorder sans licence supplémentaire et rester manœuvrable à la main en cas de panne. Les mesures sont exportées au pas de dix minutes.',
      },
    ],
    ipr: [
      {
        p: 'Les mesures et la méthode sont publiées sous licence ouverte : notre intérêt est que d’autres collectivités nous imitent et que le marché grossisse. Les produits restent à leurs fabricants.',
      },
    ],
    data: [
      {
        p: 'Température, CO₂ et bruit (niveau seul, sans enregistrement) ne sont rattachés à aucune personne. Les salles à un seul occupant sont exclues des publications. Pas d’analyse d’impact, après avis du délégué à la protection des données.',
      },
    ],
    'joint-buying': [
      {
        p: 'Le Conseil régional (démo) dispose de 900 salles de lycée comparables. Une spécification commune est souhaitée ; un groupement pour les travaux n’aurait de sens que par bassin, afin de ne pas écarter les petites entreprises.',
      },
    ],
    timing: [
      {
        p: 'Premiers collèges prêts au **1er juin 2028**, les autres sur deux étés. Enveloppe de 5,8 à 6,8 M€ hors taxes ; 4,3 M€ sont inscrits, les aides européenne et de l’État sont demandées.',
      },
    ],
    'next-step': [
      {
        p: 'Nous demandons un **avis sur la procédure** : fournitures, travaux et engagement de résultat se mêlent, et l’allotissement compte pour les PME.',
      },
      {
        tasks: [
          { done: true, text: 'Mesurer soixante salles pendant un été' },
          { done: true, text: 'Écrire le scénario climatique remis aux candidats' },
          { done: false, text: 'Tenir la consultation préalable du marché' },
          { done: false, text: 'Choisir les six collèges de la première tranche' },
        ],
      },
    ],
  },
};
