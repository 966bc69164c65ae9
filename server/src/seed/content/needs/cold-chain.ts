import type { SeedNeed } from '../types.ts';
import { eur, eurRange, everyYear, FICTITIOUS } from '../values.ts';

export const coldChain: SeedNeed = {
  id: 'need-cold-chain',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'health',
  language: 'fr',
  createdBy: 'buyer',
  authors: ['buyer', 'agency', 'legal'],
  createdOn: '2026-01-14',
  updatedOn: '2026-07-02',
  fields: {
    title: 'Ne plus jeter de produits de santé faute de preuve de température',
    owner: 'chu',
    territories: ['69M', '69', '01'],
    domains: ['AU4', 'RA1'],
    cpv: ['33600000', '60100000', '38412000'],
    trigger: 'service-problem',
    policyLinks: [
      {
        label: 'Bonnes pratiques de distribution des médicaments à usage humain (2013/C 343/01)',
        url: 'https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:52013XC1123(01)',
      },
    ],
    currentService:
      'Navettes entre la pharmacie centrale et onze sites, six jours sur sept, en caisses isothermes avec enregistreur relevé à l’arrivée.',
    volumePerYear: { value: '23400', unit: 'caisses réfrigérées' },
    groups: [
      {
        name: 'Préparateurs en pharmacie',
        kind: 'staff',
        people: 62,
        consultedHow: 'Deux demi-journées de suivi de navette et un atelier',
      },
      {
        name: 'Conducteurs des navettes',
        kind: 'staff',
        people: 19,
        consultedHow: 'Entretiens individuels',
      },
      {
        name: 'Patients sous traitement thermosensible',
        kind: 'user',
        people: 5200,
        consultedHow: 'Association d’usagers reçue le 5 mai 2026',
      },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'Les produits détruits faute de preuve deviennent l’exception',
        metric: 'Valeur annuelle des produits détruits sans rupture avérée',
        unit: '€',
        baseline: '418000',
        target: '60000',
        by: '2028-12-31',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Une dérive est connue pendant le trajet, pas à l’arrivée',
        metric: 'Délai entre la sortie de plage et l’information du conducteur',
        unit: 'min',
        baseline: '95',
        target: '10',
        by: '2028-06-30',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'Le pharmacien décide sur une preuve opposable',
        metric: 'Part des caisses dont l’historique complet est consultable à réception',
        unit: '%',
        baseline: '71',
        target: '99.5',
        by: '2028-06-30',
        priority: 'must',
      },
      {
        id: 'o4',
        outcome: 'Le contrôle à réception ne retarde pas les soins',
        metric: 'Temps moyen de contrôle par caisse',
        unit: 's',
        baseline: '210',
        target: '40',
        by: '2028-12-31',
        priority: 'should',
      },
    ],
    currentSolution:
      'Enregistreurs réutilisables lus par câble, étiquettes papier, tableur partagé par site. Marché de caisses et d’enregistreurs de 2021.',
    contractEnds: '2027-11-30',
    yearlyCost: eur(236000),
    pains: [
      { text: 'Lecture par câble impossible aux heures d’affluence', severity: 4 },
      { text: 'Enregistreurs perdus ou déchargés : 29 % de caisses sans historique', severity: 5 },
      { text: 'Aucune alerte pendant le trajet', severity: 4 },
    ],
    sources: [
      { kind: 'standard', reference: 'EN 12830, enregistreurs de température pour le transport', date: '2026-02-10' },
      { kind: 'web', reference: 'Comparatif interne de neuf offres publiées', date: '2026-03-03' },
      {
        kind: 'supplier',
        reference: 'Consultation préalable du 21 mai 2026, sept réponses écrites',
        date: '2026-05-21',
      },
    ],
    solutions: [
      { name: 'Enregistreurs connectés par téléphone mobile', supplier: 'Trois offreurs', trl: 9, gaps: ['o4'] },
      { name: 'Caisses instrumentées en location', supplier: 'Deux offreurs', trl: 8, gaps: ['o3'] },
    ],
    marketState: 'near-market-not-at-scale',
    suppliers: [
      { organisation: 'soleane', sme: 'yes' },
      { organisation: 'capteurs-cimes', sme: 'yes' },
      { organisation: 'froid-alpin', sme: 'no' },
    ],
    impacts: [
      { kind: 'economic', description: 'Destructions évitées : jusqu’à 358 000 € par an', level: 5 },
      { kind: 'environmental', description: 'Moins de déchets dangereux et de livraisons de remplacement', level: 4 },
      { kind: 'service', description: 'Moins de reports de traitement', level: 4 },
      { kind: 'regional', description: 'Spécification commune à onze sites et deux groupements', level: 3 },
    ],
    years: 4,
    discountRate: '4',
    options: [
      {
        name: 'Reconduire l’existant',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 4, 418000),
        maintenance: everyYear(1, 4, 236000),
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'Suivi continu pendant le trajet',
        doNothing: false,
        investment: eur(310000),
        operation: everyYear(1, 4, 95000),
        maintenance: everyYear(1, 4, 248000),
        transition: everyYear(1, 1, 52000),
        endOfLife: eur(15000),
        residual: eur(0),
      },
    ],
    risks: [
      {
        kind: 'technical',
        text: 'Perte de liaison dans les sous-sols et les tunnels',
        probability: 4,
        impact: 3,
        answer: 'Mémoire locale d’au moins 48 h et reprise automatique, vérifiées à l’essai',
        owner: 'buyer',
      },
      {
        kind: 'legal',
        text: 'Preuve contestée en cas de litige avec un laboratoire',
        probability: 2,
        impact: 4,
        answer: 'Étalonnage raccordé, horodatage, avis juridique sur la valeur probante',
        owner: 'legal',
      },
      {
        kind: 'supplier',
        text: 'Dépendance à un service fermé',
        probability: 3,
        impact: 4,
        answer: 'Export ouvert et clause de réversibilité testée chaque année',
        owner: 'buyer',
      },
    ],
    systems: [
      { name: 'Gestion de la pharmacie', interface: 'Service REST documenté', format: 'JSON' },
      { name: 'Étiquettes des caisses', interface: 'Lecture optique existante', format: 'GS1 DataMatrix' },
    ],
    accessibility: 'Indication d’alerte à la fois sonore, visuelle et par vibration ; utilisable avec des gants.',
    resultsOwner: 'shared',
    licence: 'Modèle de données publié sous licence ouverte',
    backgroundIp:
      'Les algorithmes antérieurs restent au fournisseur ; les seuils par produit appartiennent à l’hôpital.',
    personalData: 'no',
    dpia: 'not-needed',
    hosting: 'Union européenne, réversibilité en trente jours',
    securityLevel: 2,
    buyers: [
      {
        organisation: 'chu',
        volume: { value: '23400', unit: 'caisses par an' },
        date: '2027-12-01',
        crossBorder: false,
      },
      {
        organisation: 'ch-vallees',
        volume: { value: '3100', unit: 'caisses par an' },
        date: '2028-06-01',
        crossBorder: false,
      },
    ],
    neededBy: '2027-12-01',
    budget: eurRange(290000, 350000),
    funding: [{ source: 'own', amount: eur(320000) }],
    requested: 'procedure-advice',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.fr}.** Le Centre hospitalier universitaire du Confluent (démo), ses onze sites et tous les montants sont inventés.`,
      },
      {
        p: 'Besoin porté par la pharmacie à usage intérieur, rédigé avec la direction logistique et relu par le conseil juridique de la gouvernance.',
      },
    ],
    context: [
      {
        p: 'La pharmacie centrale expédie chaque année 23 400 caisses réfrigérées vers onze sites. Lorsqu’aucun historique de température n’est disponible à l’arrivée, le pharmacien doit détruire le contenu, même s’il n’a probablement jamais quitté la plage de 2 à 8 °C.',
      },
      {
        p: 'En 2025, **418 000 €** de produits ont été détruits ainsi, soit 640 caisses. Une rupture réelle n’a été démontrée que dans un cas sur sept. Les dérives, quand elles existent, sont découvertes à l’arrivée, en moyenne 95 minutes trop tard pour agir.',
      },
    ],
    users: [
      {
        p: 'Trois métiers se partagent la caisse : 62 préparateurs qui la remplissent et la contrôlent, 19 conducteurs qui la transportent, et les pharmaciens qui décident. Environ 5 200 patients dépendent de ces livraisons.',
      },
      {
        quote:
          'Je ne veux pas d’un écran de plus. Je veux savoir, quand j’ouvre la caisse, si je peux donner le produit. — Une préparatrice, atelier du 11 mars 2026 (propos fictif)',
      },
    ],
    outcomes: [
      {
        ol: [
          'Ramener la valeur détruite sans rupture avérée de 418 000 € à 60 000 € par an au plus.',
          'Prévenir le conducteur en moins de dix minutes lorsqu’une caisse sort de sa plage.',
          'Rendre l’historique complet consultable à réception pour 99,5 % des caisses.',
          'Ramener le contrôle à réception de 210 à 40 secondes par caisse (souhaité).',
        ],
      },
      {
        p: 'La mesure portera sur huit semaines, été compris. La précision attendue est de ±0,5 °C entre −25 °C et +25 °C, étalonnage raccordé. Le reste est libre.',
      },
    ],
    today: [
      {
        p: 'Les enregistreurs sont lus par câble sur un poste par site. À 7 h 30, quarante caisses arrivent en vingt minutes : une lecture sur trois est reportée, puis oubliée. Le marché actuel coûte 236 000 € par an, perte d’enregistreurs comprise (410 en 2025), et se termine le 30 novembre 2027.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Neuf offres publiées et sept réponses à la consultation préalable ont été comparées à nos quatre résultats. Les capteurs sont mûrs. Ce qui manque est la **chaîne complète** : alerte au conducteur, preuve à réception et décision du pharmacien, sans double saisie. Deux entreprises l’ont montrée sur moins de 500 caisses ; aucune à notre échelle.',
      },
      {
        p: 'La norme EN 12830 couvre les enregistreurs, non l’aide à la décision. Conclusion : solutions proches du marché, pas encore disponibles en volume.',
      },
    ],
    market: [
      {
        p: 'La consultation préalable du 21 mai 2026 a été annoncée publiquement pendant quatre semaines. Sept réponses, dont quatre de PME. Les questions posées par l’une ont été publiées, anonymisées, avec leurs réponses, pour toutes. Aucun document reçu ne nomme une marque dans notre expression du besoin.',
      },
    ],
    impacts: [
      {
        p: 'Chaque caisse détruite entraîne une livraison de remplacement, souvent par taxi, et parfois un traitement décalé d’une journée : 74 reports en 2025. Éviter 550 destructions supprimerait aussi près d’une tonne de déchets de médicaments à incinérer.',
      },
    ],
    'business-case': [
      {
        p: 'Sur quatre ans, l’existant coûte 654 000 € par an, destructions comprises. Le suivi continu demanderait 310 000 € d’investissement et 52 000 € de mise en place, puis 343 000 € par an. Même si seule la moitié des destructions est évitée, le point d’équilibre est atteint au cours de la troisième année.',
      },
    ],
    risks: [
      {
        p: 'Les sous-sols de trois sites et un tunnel de deux kilomètres coupent toute liaison : la mémoire locale est une exigence, pas une option. Le risque le plus coûteux serait l’enfermement dans un service propriétaire ; la réversibilité sera testée chaque année, et non seulement promise.',
      },
    ],
    interoperability: [
      {
        ul: [
          'Identification des caisses par les codes GS1 déjà imprimés.',
          'Échange avec le logiciel de pharmacie par une interface documentée et gratuite.',
          'Export complet des mesures au format ouvert, à la demande et sans délai.',
        ],
      },
    ],
    ipr: [
      {
        p: 'Les développements propres au projet sont partagés : le fournisseur les commercialise, l’hôpital peut les faire maintenir par un tiers. Le modèle de données sera publié, afin que d’autres acheteurs puissent comparer leurs résultats aux nôtres.',
      },
    ],
    data: [
      {
        p: 'Le système ne traite pas de données de patients : une caisse porte un numéro d’envoi, jamais un nom. Les noms des conducteurs ne sont pas enregistrés ; la géolocalisation éventuelle s’arrête à la fin de la tournée. L’analyse d’impact n’est donc pas requise, ce que le délégué à la protection des données a confirmé par écrit.',
      },
    ],
    'joint-buying': [
      {
        p: 'Le Centre hospitalier des Hautes Vallées (démo) rejoindrait l’achat avec 3 100 caisses, sur des trajets de montagne de deux heures : un cas plus sévère que le nôtre, et donc utile à l’essai.',
      },
    ],
    timing: [
      {
        p: 'Le nouveau dispositif doit fonctionner le **1er décembre 2027**, au lendemain du contrat actuel. Enveloppe d’investissement de 290 000 € à 350 000 € hors taxes, inscrite au budget ; aucune subvention n’est nécessaire à la décision.',
      },
    ],
    'next-step': [
      {
        p: 'Nous demandons un **avis sur la procédure** : le besoin est stable, les exigences minimales sont écrites, mais plusieurs points de la chaîne gagneraient à être négociés. L’avis devra tenir compte de la date de lancement, les seuils changeant tous les deux ans.',
      },
    ],
  },
};
