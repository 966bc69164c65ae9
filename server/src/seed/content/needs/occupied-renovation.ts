import type { SeedNeed } from '../types.ts';
import { eur, eurRange, FICTITIOUS } from '../values.ts';

export const occupiedRenovation: SeedNeed = {
  id: 'need-occupied-renovation',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'energy',
  language: 'fr',
  createdBy: 'agency',
  authors: ['agency', 'reviewer1', 'finance'],
  createdOn: '2026-03-30',
  updatedOn: '2026-10-13',
  fields: {
    title: 'Rénover des logements habités en une semaine, sans reloger personne',
    owner: 'habitat',
    territories: ['43', '63', '15'],
    domains: ['AU3', 'RA4'],
    cpv: ['45453100', '45321000', '70330000'],
    trigger: 'legal',
    policyLinks: [
      {
        label: 'Loi n° 2021-1104 « climat et résilience » : décence énergétique des logements',
        url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000043956924',
      },
    ],
    currentService:
      'Rénovation énergétique de 90 logements par an, dix à quatorze semaines de travaux par logement, relogement d’un ménage sur quatre.',
    volumePerYear: { value: '90', unit: 'logements rénovés' },
    groups: [
      {
        name: 'Locataires de 1 240 logements',
        kind: 'citizen',
        people: 2700,
        consultedHow: 'Enquête à domicile, 164 ménages ; trois réunions en pied d’immeuble',
      },
      { name: 'Gardiens et chargés de travaux', kind: 'staff', people: 21, consultedHow: 'Retour sur deux chantiers' },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'Le ménage reste chez lui',
        metric: 'Durée de la présence d’entreprises dans le logement',
        unit: 'jours ouvrés',
        baseline: '58',
        target: '5',
        by: '2029-12-31',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Le logement atteint la classe C',
        metric: 'Consommation d’énergie primaire mesurée',
        unit: 'kWh/m² par an',
        baseline: '345',
        target: '150',
        by: '2030-12-31',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'Le ménage paie moins',
        metric: 'Loyer, charges et énergie, variation annuelle',
        unit: '€',
        baseline: '0',
        target: '-250',
        by: '2030-12-31',
        priority: 'should',
      },
    ],
    currentSolution: 'Marchés de travaux en lots séparés, chantier par chantier.',
    yearlyCost: eur(5600000),
    pains: [
      { text: 'Un ménage âgé sur trois refuse les travaux', severity: 5 },
      { text: 'Onze corps d’état dans l’appartement', severity: 4 },
    ],
    sources: [
      { kind: 'project', reference: 'Visite de deux opérations de rénovation industrialisée', date: '2026-06-24' },
      { kind: 'supplier', reference: 'Réponses de quatre groupements d’entreprises', date: '2026-09-10' },
    ],
    solutions: [
      {
        name: 'Façades et toitures préparées en atelier',
        supplier: 'Plusieurs groupements',
        trl: 8,
        gaps: ['o1', 'o3'],
      },
    ],
    marketState: 'exists-needs-adaptation',
    suppliers: [{ organisation: 'batisseurs', sme: 'yes' }],
    impacts: [
      { kind: 'social', description: 'Pas de déménagement subi pour des ménages âgés', level: 5 },
      { kind: 'environmental', description: 'Baisse des consommations de 57 %', level: 5 },
      { kind: 'regional', description: 'Ateliers de préfabrication et filière bois', level: 4 },
    ],
    years: 25,
    discountRate: '4',
    systems: [{ name: 'Gestion du patrimoine', interface: 'Échange de fichiers', format: 'IFC 4' }],
    accessibility: 'Information des ménages en français simple et à l’oral.',
    resultsOwner: 'supplier',
    personalData: 'yes',
    dpia: 'needed',
    securityLevel: 2,
    buyers: [
      { organisation: 'habitat', volume: { value: '1240', unit: 'logements' }, date: '2029-01-01', crossBorder: false },
    ],
    budget: eurRange(4000000, 5500000),
    requested: 'consultation',
  },
  sections: {
    identity: [
      { p: `**${FICTITIOUS.fr}.** Habitat des Plateaux (démo), ses immeubles et ses locataires n’existent pas.` },
      {
        p: 'Besoin formulé par le bailleur, mis en forme par l’Agence régionale d’innovation (démo). Les montants sont hors taxes.',
      },
    ],
    context: [
      {
        p: 'Le bailleur possède 1 240 logements classés F ou G, dont la location sera progressivement interdite. Au rythme actuel de 90 logements par an, il lui faudrait **quatorze ans** ; la loi lui en laisse bien moins.',
      },
      {
        p: 'L’argent n’est pas le premier frein : c’est la durée. Dix à quatorze semaines de chantier dans un logement habité, cela se refuse, et un ménage âgé sur trois refuse.',
      },
    ],
    users: [
      {
        p: 'L’enquête auprès de 164 ménages montre un âge médian de 67 ans. Ce qui est redouté vient dans cet ordre : la poussière, les inconnus chez soi, la hausse de loyer. Trois réunions en pied d’immeuble ont fait apparaître une demande que nous n’avions pas : **un seul interlocuteur**, du premier jour au dernier.',
      },
    ],
    outcomes: [
      {
        table: [
          ['Résultat', 'Aujourd’hui', 'Cible', 'Exigence'],
          ['Présence d’entreprises dans le logement', '58 jours ouvrés', '5 jours ouvrés', 'impérative'],
          ['Énergie primaire mesurée', '345 kWh/m²', '150 kWh/m²', 'impérative'],
          ['Dépense annuelle du ménage', 'référence', '250 € de moins', 'souhaitée'],
        ],
      },
      {
        p: 'Ne comptent que les jours pendant lesquels quelqu’un entre dans le logement ; le travail extérieur est libre. La consommation est mesurée pendant deux hivers, non calculée.',
      },
    ],
    today: [
      {
        p: 'Chaque opération fait l’objet de onze lots. Les entreprises se succèdent, reviennent, s’attendent. Un ménage sur quatre est relogé, pour 4 800 € en moyenne. La rénovation de 90 logements coûte 5,6 M€ par an. Les marchés sont passés chantier par chantier : aucun contrat n’engage l’avenir.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Deux opérations de rénovation industrialisée ont été visitées. Façades et toitures y arrivent finies, et les travaux intérieurs durent quand même quinze à vingt jours, à cause de la ventilation et de l’eau chaude. **La cible de cinq jours n’est atteinte nulle part** parmi les cas connus de nous.',
      },
      {
        p: 'Reste à chercher : les brevets, les procédés d’autres pays européens, et ce que deviennent les consommations après trois ans.',
      },
    ],
    market: [
      {
        p: 'Quatre groupements ont répondu à un questionnaire. Trois estiment possible une dizaine de jours si les logements se ressemblent assez ; aucun ne s’engage sur cinq. La demande commune : des séries d’au moins 200 logements semblables.',
      },
    ],
    impacts: [
      {
        ul: [
          'Des ménages âgés qui restent chez eux.',
          '57 % d’énergie en moins, soit environ 14 GWh d’énergie primaire par an sur le parc concerné.',
          'Des ateliers et du bois de la région, si les séries sont assez longues.',
        ],
      },
    ],
    'business-case': [
      {
        p: '**Non établi.** Le coût actuel est de 62 000 € par logement. Une hausse de 10 % à 15 % serait acceptable si elle supprime les relogements et double le rythme. L’analyse sur vingt-cinq ans sera faite avec le service financier, une fois connues les réponses du marché.',
      },
    ],
    risks: [
      {
        p: 'La liste cotée reste à établir. Premiers sujets : amiante découvert en cours de chantier, responsabilité décennale des procédés non courants, dépendance à un seul atelier, refus d’un ménage au milieu d’une série.',
      },
    ],
    interoperability: [
      {
        p: 'Les relevés des logements seront remis au format IFC 4 à tous les candidats. Aucune commande de chauffage ne doit dépendre d’un abonnement payé par le locataire.',
      },
    ],
    ipr: [
      {
        p: 'Les procédés restent aux entreprises. Nous voulons pouvoir entretenir et remplacer un élément par un tiers : plans, références et cotes sont remis au bailleur.',
      },
    ],
    data: [
      {
        p: 'La mesure des consommations révèle des habitudes de vie ; l’accord du ménage et une analyse d’impact sont nécessaires. Le refus n’empêche pas la rénovation.',
      },
    ],
    'joint-buying': [
      {
        p: 'Pris isolément, le bailleur n’a que deux séries de plus de 200 logements semblables. Avec deux bailleurs voisins, il y en aurait cinq : c’est l’argument principal pour un achat groupé. Les contacts commencent.',
      },
    ],
    timing: [
      {
        p: 'Une première série de 60 à 80 logements est envisagée, pour 4 à 5,5 M€. La **date n’est pas arrêtée** : elle dépend du calendrier légal, que le conseil juridique doit préciser, et de l’avis du conseil d’administration.',
      },
    ],
    'next-step': [
      {
        p: 'Une **consultation préalable du marché**, ouverte aux groupements d’autres pays, pour savoir si cinq jours sont un objectif ou un rêve.',
      },
      {
        tasks: [
          { done: true, text: 'Enquêter auprès de 160 ménages' },
          { done: false, text: 'Coter les risques' },
          { done: false, text: 'Fixer la date de besoin avec le conseil juridique' },
        ],
      },
    ],
  },
};
