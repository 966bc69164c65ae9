import type { SeedNeed } from '../types.ts';
import { eur, eurRange, everyYear, FICTITIOUS } from '../values.ts';

export const nightFalls: SeedNeed = {
  id: 'need-night-falls',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'health',
  language: 'fr',
  createdBy: 'buyer',
  authors: ['buyer', 'reviewer3', 'agency', 'reviewer1'],
  createdOn: '2026-02-03',
  updatedOn: '2026-06-18',
  fields: {
    title: 'Secourir plus vite les résidents âgés qui chutent la nuit',
    owner: 'ch-vallees',
    territories: ['73', '74'],
    domains: ['RA1', 'AU1'],
    cpv: ['33195000', '85144000', '48814000'],
    trigger: 'service-problem',
    policyLinks: [
      {
        label: 'Plan antichute des personnes âgées (ministère chargé de l’autonomie)',
        url: 'https://solidarites.gouv.fr/',
      },
    ],
    currentService:
      'Rondes de nuit toutes les deux heures, appel malade filaire au lit et dans la salle d’eau, barrières de lit sur prescription.',
    volumePerYear: { value: '412', unit: 'chutes déclarées' },
    groups: [
      {
        name: 'Résidents et patients de 75 ans et plus',
        kind: 'user',
        people: 184,
        consultedHow: 'Conseil de la vie sociale du 12 février 2026 et 23 entretiens au lit',
      },
      {
        name: 'Aides-soignants et infirmiers de nuit',
        kind: 'staff',
        people: 46,
        consultedHow: 'Trois nuits d’observation et deux ateliers de retour d’expérience',
      },
      {
        name: 'Familles et aidants',
        kind: 'citizen',
        people: 310,
        consultedHow: 'Questionnaire de mars 2026, 118 réponses',
      },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'Un soignant est auprès de la personne très vite après la chute, la nuit',
        metric: 'Délai médian entre la chute et l’arrivée d’un soignant, de 21 h à 7 h',
        unit: 'min',
        baseline: '34',
        target: '5',
        by: '2028-06-30',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Les chutes laissent moins de blessures graves',
        metric: 'Chutes avec fracture ou traumatisme crânien pour 1 000 journées',
        unit: 'pour 1 000 journées',
        baseline: '0.55',
        target: '0.35',
        by: '2029-06-30',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'L’équipe n’est pas dérangée pour rien',
        metric: 'Alertes sans suite par nuit et par unité de 28 lits',
        unit: 'alertes',
        baseline: '11',
        target: '3',
        by: '2028-06-30',
        priority: 'must',
      },
      {
        id: 'o4',
        outcome: 'Les barrières de lit et contentions reculent',
        metric: 'Part des résidents ayant une barrière prescrite',
        unit: '%',
        baseline: '31',
        target: '20',
        by: '2029-06-30',
        priority: 'should',
      },
    ],
    currentSolution:
      'Appel malade installé en 2011, sans relevé des délais ; tapis de détection dans 14 chambres, abandonnés dans 9 d’entre elles.',
    contractEnds: '2027-12-31',
    yearlyCost: eur(61000),
    pains: [
      { text: 'Une personne au sol ne peut pas atteindre le cordon d’appel', severity: 5 },
      { text: 'Deux soignants pour 56 lits entre 21 h et 7 h', severity: 4 },
      { text: 'Fausses alertes des tapis, débranchés par les équipes', severity: 3 },
    ],
    sources: [
      { kind: 'web', reference: 'Revue de 31 articles par l’Université des Deux Rives (démo)', date: '2026-03-20' },
      { kind: 'standard', reference: 'Échange de données de santé : HL7 FHIR R4', date: '2026-03-22' },
      {
        kind: 'supplier',
        reference: 'Six démonstrations organisées par le Cluster Santé et autonomie (démo)',
        date: '2026-04-16',
      },
    ],
    solutions: [
      { name: 'Détection portée sur la personne', supplier: 'Quatre offreurs rencontrés', trl: 9, gaps: ['o3'] },
      { name: 'Détection d’ambiance sans image', supplier: 'Deux offreurs rencontrés', trl: 7, gaps: ['o2', 'o3'] },
    ],
    marketState: 'exists-needs-adaptation',
    suppliers: [
      { organisation: 'soleane', sme: 'yes' },
      { organisation: 'vigie-soin', sme: 'yes' },
    ],
    impacts: [
      { kind: 'service', description: 'Moins d’hospitalisations d’urgence au départ du site', level: 5 },
      { kind: 'social', description: 'Nuits plus sûres, liberté de mouvement préservée', level: 5 },
      { kind: 'economic', description: 'Coût évité des chutes graves', level: 3 },
      { kind: 'regional', description: 'Cahier des charges réutilisable par 40 établissements', level: 3 },
    ],
    years: 5,
    discountRate: '4',
    options: [
      {
        name: 'Ne rien changer',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 5, 362000),
        maintenance: everyYear(1, 5, 61000),
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'Dispositif répondant aux quatre résultats',
        doNothing: false,
        investment: eur(395000),
        operation: everyYear(1, 5, 228000),
        maintenance: everyYear(1, 5, 54000),
        transition: everyYear(1, 1, 38000),
        endOfLife: eur(12000),
        residual: eur(20000),
      },
    ],
    risks: [
      {
        kind: 'acceptance',
        text: 'Sentiment d’être surveillé, refus de familles',
        probability: 3,
        impact: 4,
        answer: 'Consentement individuel, chambre témoin, droit d’arrêt sans justification',
        owner: 'reviewer3',
      },
      {
        kind: 'technical',
        text: 'Couverture radio insuffisante dans le bâtiment de 1964',
        probability: 4,
        impact: 3,
        answer: 'Relevé de couverture remis à tous les candidats, essai sur site obligatoire',
        owner: 'buyer',
      },
      {
        kind: 'organisational',
        text: 'Alertes reçues par des soignants déjà occupés',
        probability: 3,
        impact: 4,
        answer: 'Règle d’escalade écrite avec les équipes avant l’essai',
        owner: 'buyer',
      },
    ],
    systems: [
      { name: 'Dossier patient informatisé', interface: 'HL7 FHIR R4', format: 'JSON' },
      { name: 'Téléphones des équipes de nuit', interface: 'Passerelle d’alerte existante', format: 'SIP' },
    ],
    accessibility:
      'Utilisable sans geste appris par une personne désorientée ; alertes lisibles par un soignant daltonien ou malentendant.',
    resultsOwner: 'supplier',
    licence: 'Droit d’usage illimité pour le groupement ; données brutes restituées sans frais en format ouvert',
    backgroundIp:
      'Chaque partie garde ses connaissances antérieures ; les scénarios d’usage écrits par les équipes sont publiés.',
    personalData: 'yes',
    dpia: 'needed',
    hosting: 'Hébergement certifié pour les données de santé, dans l’Union européenne',
    securityLevel: 4,
    buyers: [
      { organisation: 'ch-vallees', volume: { value: '184', unit: 'lits' }, date: '2027-10-01', crossBorder: false },
      { organisation: 'chu', volume: { value: '120', unit: 'lits' }, date: '2028-03-01', crossBorder: false },
    ],
    neededBy: '2027-10-01',
    budget: eurRange(380000, 460000),
    funding: [
      { source: 'own', amount: eur(240000) },
      { source: 'ERDF', amount: eur(150000) },
    ],
    requested: 'study-feasibility',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.fr}.** L’établissement, les chiffres et les personnes sont inventés ; la façon de décrire le besoin, elle, est réutilisable.`,
      },
      {
        p: 'Le Centre hospitalier des Hautes Vallées (démo) exploite 184 lits de soins de suite et d’hébergement pour personnes âgées sur trois sites. Le besoin est porté par la direction des soins, avec l’appui de la responsable des achats innovants du CHU du Confluent (démo).',
      },
    ],
    context: [
      {
        p: 'En 2025, 412 chutes ont été déclarées, dont **61 % entre 21 h et 7 h**. Un tiers des personnes sont restées au sol plus d’une heure avant d’être trouvées. Trente-sept chutes ont entraîné une fracture ou un traumatisme crânien, et dix-huit un transfert aux urgences, à quarante minutes de route.',
      },
      {
        p: 'L’effectif de nuit ne sera pas augmenté : six postes sont vacants depuis deux ans. La question n’est donc pas de surveiller davantage, mais de **savoir à temps** qu’une personne a besoin d’aide.',
      },
    ],
    users: [
      {
        p: 'Les 184 résidents et patients ont 86 ans en moyenne ; près de la moitié présentent des troubles cognitifs et ne peuvent pas apprendre un geste nouveau. Les 46 soignants de nuit travaillent à deux pour 56 lits.',
      },
      {
        ul: [
          'Le conseil de la vie sociale a demandé que la nuit reste « une nuit, pas un couloir d’hôpital ».',
          'Les soignants demandent d’abord moins de fausses alertes : ils en reçoivent onze par nuit et par unité.',
          'Les familles (118 réponses) acceptent une détection à 84 %, à condition qu’il n’y ait **ni image ni enregistrement sonore** consultable.',
        ],
      },
    ],
    outcomes: [
      {
        p: 'Nous achetons des résultats, mesurés sur trois mois consécutifs et sur les trois sites :',
      },
      {
        table: [
          ['Résultat', 'Aujourd’hui', 'Cible', 'Exigence'],
          ['Délai médian avant l’arrivée d’un soignant, la nuit', '34 min', '5 min', 'impérative'],
          ['Chutes avec blessure grave pour 1 000 journées', '0,55', '0,35', 'impérative'],
          ['Alertes sans suite par nuit et par unité', '11', '3', 'impérative'],
          ['Résidents avec barrière de lit prescrite', '31 %', '20 %', 'souhaitée'],
        ],
      },
      {
        p: 'Aucune technique n’est imposée : le dispositif peut être porté, posé, intégré au mobilier, ou relever de l’organisation.',
      },
    ],
    today: [
      {
        p: 'L’appel malade de 2011 n’enregistre pas les délais et suppose que la personne atteigne un cordon. Quatorze tapis de détection ont été achetés en 2022 ; neuf sont débranchés, car ils sonnent dès qu’un soignant passe. Le contrat de maintenance (61 000 € par an) prend fin le **31 décembre 2027**.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'La revue de littérature confiée à l’Université des Deux Rives (démo) porte sur 31 articles. Deux familles de réponses existent : la détection portée, mûre mais souvent retirée par les personnes désorientées ; la détection d’ambiance sans image, testée en conditions réelles sur des effectifs de 20 à 60 lits.',
      },
      {
        p: 'Aucune étude retenue ne montre à la fois un délai inférieur à cinq minutes **et** moins de trois alertes sans suite par nuit. Nous concluons que des solutions existent, mais demandent une adaptation aux personnes désorientées.',
      },
    ],
    market: [
      {
        p: 'Six entreprises ont présenté leur réponse le 16 avril 2026, à partir des mêmes dix questions. Au moins une est une PME de la région. Les supports remis et le compte rendu sont versés au registre ; une version anonymisée des questions et réponses sera publiée avant toute consultation.',
      },
    ],
    impacts: [
      {
        ul: [
          '**Service** : éviter environ six transferts aux urgences par an.',
          '**Social** : redonner une liberté de mouvement aux personnes aujourd’hui entravées par une barrière.',
          '**Économique** : le coût moyen d’une chute grave est estimé en interne à 9 800 €.',
          '**Régional** : le protocole d’essai peut servir à une quarantaine d’établissements.',
        ],
      },
    ],
    'business-case': [
      {
        p: 'Sur cinq ans, ne rien changer coûte 423 000 € par an : 362 000 € de conséquences des chutes graves et 61 000 € de maintenance. Le dispositif demanderait 395 000 € d’investissement et 38 000 € de formation la première année, pour ramener les coûts annuels à 282 000 €.',
      },
      {
        p: 'L’hypothèse la plus fragile est la baisse des blessures : à efficacité moitié moindre, le point d’équilibre n’est plus atteint sur la période. L’étude de faisabilité doit la vérifier en priorité.',
      },
    ],
    risks: [
      {
        p: 'Le premier risque est humain : si les équipes ou les familles se sentent surveillées, le dispositif sera débranché comme les tapis. L’essai commencera dans une unité volontaire, avec un droit d’arrêt individuel. Le second tient au bâtiment de 1964, dont les planchers bloquent les ondes ; le relevé de couverture sera remis à tous les candidats.',
      },
    ],
    interoperability: [
      {
        p: 'Les alertes doivent arriver sur les téléphones que les équipes portent déjà, et la chute être inscrite au dossier patient sans ressaisie. Les interfaces demandées sont publiques et documentées ; un export complet des événements doit rester possible à tout moment.',
      },
    ],
    ipr: [
      {
        p: 'Le fournisseur peut garder la propriété de ses développements : notre intérêt est qu’il les vende ailleurs. Nous demandons un droit d’usage sans limite de durée pour le groupement, et la publication des scénarios d’usage écrits par les équipes.',
      },
    ],
    data: [
      {
        p: 'Les données révèlent l’état de santé et les habitudes de nuit de personnes vulnérables. Une **analyse d’impact** est nécessaire avant l’essai. Pas d’image, pas de son conservé, durée de conservation limitée à trente jours hors événement, hébergement certifié pour les données de santé.',
      },
    ],
    'joint-buying': [
      {
        p: 'Le CHU du Confluent (démo) équiperait 120 lits de gériatrie en 2028. Un groupement de commandes permettrait une spécification commune et un essai croisé ; la convention devra dire qui paie l’essai si un seul établissement poursuit.',
      },
    ],
    timing: [
      {
        p: 'L’essai doit être terminé avant la fin du contrat actuel. Mise en service souhaitée au **1er octobre 2027**. Enveloppe de 380 000 € à 460 000 € hors taxes, dont 240 000 € inscrits au plan d’investissement ; une aide européenne de 150 000 € est espérée et n’est pas acquise.',
      },
    ],
    'next-step': [
      {
        p: 'Nous demandons une **étude de faisabilité** de quatre mois : protocole de mesure, essai de deux dispositifs dans une unité, modèle de coûts consolidé, recommandation de procédure.',
      },
      {
        tasks: [
          { done: true, text: 'Mesurer le délai de référence sur trois mois' },
          { done: true, text: 'Rencontrer au moins cinq entreprises avec les mêmes questions' },
          { done: false, text: 'Engager l’analyse d’impact avec le délégué à la protection des données' },
          { done: false, text: 'Obtenir l’accord de principe du CHU sur le groupement' },
        ],
      },
    ],
  },
};
