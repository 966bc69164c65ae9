import type { SeedNeed } from '../types.ts';
import { eur, eurRange, everyYear, FICTITIOUS } from '../values.ts';

export const winterSalt: SeedNeed = {
  id: 'need-winter-salt',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'mobility',
  language: 'en',
  createdBy: 'reviewer2',
  authors: ['reviewer2', 'buyer2', 'agency'],
  createdOn: '2026-02-16',
  updatedOn: '2026-07-21',
  fields: {
    title: 'Winter roads as safe as today with half the salt',
    owner: 'citta-alpina',
    territories: ['ITC11', '38', '73'],
    domains: ['RA5', 'RA7'],
    cpv: ['34927100', '34144420', '90620000'],
    trigger: 'policy',
    policyLinks: [
      { label: 'Directive 2000/60/EC, water framework', url: 'https://eur-lex.europa.eu/eli/dir/2000/60/oj' },
    ],
    currentService: 'Preventive and curative salting of 1,140 km of roads between 300 m and 2,000 m, by 71 vehicles.',
    volumePerYear: { value: '14800', unit: 'tonnes of salt' },
    groups: [
      {
        name: 'Drivers of salting vehicles and their planners',
        kind: 'staff',
        people: 186,
        consultedHow: 'Eleven night rides, two workshops in Italian and French',
      },
      { name: 'Road users in winter', kind: 'citizen', people: 96000, consultedHow: 'Roadside survey, 740 answers' },
      {
        name: 'Water companies and farmers along the roads',
        kind: 'user',
        people: 58,
        consultedHow: 'Interviews with nine',
      },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'The same roads are kept clear with half the salt',
        metric: 'Salt spread, corrected for the severity of the winter',
        unit: 't per winter',
        baseline: '14800',
        target: '7400',
        by: '2030-04-30',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Roads are as safe as before',
        metric: 'Injury accidents on ice or snow per million vehicle-kilometres',
        unit: 'per million',
        baseline: '0.31',
        target: '0.31',
        by: '2030-04-30',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'Roads are passable when people leave for work',
        metric: 'Kilometres meeting the service level at 7 a.m.',
        unit: '%',
        baseline: '91',
        target: '95',
        by: '2030-04-30',
        priority: 'should',
      },
      {
        id: 'o4',
        outcome: 'Springs beside the road recover',
        metric: 'Chloride at twelve measuring points, yearly mean',
        unit: 'mg/l',
        baseline: '118',
        target: '80',
        by: '2032-12-31',
        priority: 'should',
      },
    ],
    currentSolution: 'Forecast by district, rounds decided at 3 p.m. and 3 a.m., one dose for a whole round.',
    contractEnds: '2028-05-31',
    yearlyCost: eur(3650000),
    pains: [
      { text: 'One dose for 40 km although only eight freeze', severity: 5 },
      { text: 'Nobody knows how much salt is left on the road from the last round', severity: 4 },
      { text: 'Chloride in four drinking-water springs', severity: 4 },
    ],
    sources: [
      { kind: 'web', reference: 'Review of Nordic and Alpine practice, 24 reports', date: '2026-03-27' },
      { kind: 'standard', reference: 'EN 16811-1, winter service equipment: de-icing agents', date: '2026-03-27' },
      {
        kind: 'supplier',
        reference: 'Market consultation in Italian and French, fourteen answers',
        date: '2026-06-05',
      },
    ],
    solutions: [
      { name: 'Wet salting with dose by section', supplier: 'Several makers', trl: 9, gaps: ['o1', 'o4'] },
      { name: 'Road-surface forecast by 100 m', supplier: 'Three teams', trl: 7, gaps: ['o1', 'o3'] },
      { name: 'Measurement of residual salt from the vehicle', supplier: 'Two makers', trl: 6, gaps: ['o1'] },
    ],
    marketState: 'exists-needs-adaptation',
    suppliers: [
      { organisation: 'capteurs-cimes', sme: 'yes' },
      { organisation: 'grandes-routes', sme: 'no' },
      { organisation: 'sensori-valle', sme: 'yes' },
    ],
    impacts: [
      { kind: 'environmental', description: '7,400 t of salt a winter less in soil and water', level: 5 },
      { kind: 'economic', description: 'Less salt, less corrosion of bridges', level: 4 },
      { kind: 'service', description: 'More even service between districts', level: 3 },
      { kind: 'regional', description: 'Common method on both sides of the border', level: 4 },
    ],
    years: 8,
    discountRate: '4',
    options: [
      {
        name: 'Go on as today',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 8, 3250000),
        maintenance: everyYear(1, 8, 400000),
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'The right dose at the right place, whole fleet',
        doNothing: false,
        investment: eur(2600000),
        operation: everyYear(1, 8, 2480000),
        maintenance: everyYear(1, 8, 520000),
        transition: everyYear(1, 2, 110000),
        endOfLife: eur(60000),
        residual: eur(240000),
      },
    ],
    risks: [
      {
        kind: 'legal',
        text: 'Liability after an accident on a section that was deliberately not salted',
        probability: 3,
        impact: 5,
        answer: 'Recorded decisions, service levels voted by both assemblies',
        owner: 'legal',
      },
      {
        kind: 'acceptance',
        text: 'Drivers double the dose “to be safe”',
        probability: 4,
        impact: 4,
        answer: 'Drivers take part in the trial; dose shown with its reason',
        owner: 'reviewer2',
      },
      {
        kind: 'technical',
        text: 'Forecast poor in narrow valleys',
        probability: 3,
        impact: 4,
        answer: 'Accuracy by section published after each winter; fallback to the present rule',
        owner: 'buyer2',
      },
    ],
    systems: [
      { name: 'Fleet management', interface: 'REST service', format: 'JSON' },
      { name: 'Road weather stations', interface: 'DATEX II', format: 'XML' },
    ],
    accessibility: 'Cab display usable with gloves, at night, in Italian and French.',
    resultsOwner: 'shared',
    licence: 'Free use by road authorities of both regions; data published as open data',
    backgroundIp: 'Models owned before the contract stay with their owner and are listed in the tender.',
    personalData: 'yes',
    dpia: 'needed',
    hosting: 'European Union; works without a mobile network for a whole round',
    securityLevel: 2,
    buyers: [
      { organisation: 'citta-alpina', volume: { value: '640', unit: 'km' }, date: '2028-11-01', crossBorder: true },
      { organisation: 'departement', volume: { value: '500', unit: 'km' }, date: '2028-11-01', crossBorder: false },
    ],
    neededBy: '2028-11-01',
    budget: eurRange(2400000, 3000000),
    funding: [
      { source: 'own', amount: eur(1600000) },
      { source: 'EU', amount: eur(1000000) },
    ],
    requested: 'legal-assistance',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.en}.** The two authorities, the roads and the figures are invented. No real project or tender stands behind this text.`,
      },
      {
        p: 'Stated together by Città metropolitana alpina (démo) and Département des Vallées (démo). English is the working language of the pair; Italian and French versions will follow.',
      },
    ],
    context: [
      {
        p: 'Each winter the two authorities spread **14,800 tonnes** of salt on 1,140 km of mountain and valley roads. Roads are safe and mostly passable; the price is paid elsewhere. Four drinking-water springs exceed the level agreed with the water companies, and nineteen bridges show corrosion earlier than planned.',
      },
      {
        p: 'Both assemblies have voted to halve the salt by 2030 **without any loss of safety**. Until now each tried alone, and each saved about 12%, mostly in mild winters.',
      },
    ],
    users: [
      {
        p: 'Eleven night rides with drivers taught us more than the reports: a driver salts the whole round because he is judged on the worst bend of it. He would salt less if he knew what is left on the road, and if the decision not to salt were recorded as somebody’s decision.',
      },
      {
        p: 'Of 740 road users, 68% would accept a slower drive on marked sections if springs recovered. Two thirds did not know that salt reaches drinking water.',
      },
    ],
    outcomes: [
      {
        table: [
          ['Outcome', 'Now', 'Target', 'Priority'],
          ['Salt per winter, corrected for severity', '14,800 t', '7,400 t', 'must'],
          ['Injury accidents on ice or snow per million vehicle-km', '0.31', 'not above 0.31', 'must'],
          ['Kilometres at service level at 7 a.m.', '91%', '95%', 'should'],
          ['Chloride at twelve points, yearly mean', '118 mg/l', '80 mg/l', 'should'],
        ],
      },
      {
        p: 'The correction for severity uses the public index of the weather services of both countries, so that a mild winter is no success and a hard one no failure. Vehicles, forecasts, products, road surface, organisation: everything is open.',
      },
    ],
    today: [
      {
        p: 'Rounds are decided twice a day by district. The dose is the same for 40 km although, on an ordinary night, eight of them freeze. Salt left from the last round is guessed. Yearly cost: €3.65 million, of which €1.2 million for salt. The contracts for vehicles end on **31 May 2028**.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Twenty-four reports from Nordic and Alpine countries were read. Wet salting saves 20 to 30% and is mature; both authorities already use it on main roads. Forecasts at 100 m resolution work in open country and lose precision in narrow valleys. Measurement of residual salt from a moving vehicle exists, at a price that forbids equipping a fleet.',
      },
      {
        p: 'No report shows 50% over a whole network at constant safety. Parts exist; they need adapting to narrow valleys and joining into one decision.',
      },
    ],
    market: [
      {
        p: 'The market consultation of June 2026 was announced in Italian and French for five weeks; fourteen firms answered the same nine questions, nine of them SMEs. The register lists who asked what and when. The published summary names nobody.',
      },
    ],
    impacts: [
      {
        ul: [
          '7,400 tonnes less salt in soil and water every winter.',
          'About €600,000 less salt bought; corrosion of bridges slowed, not yet valued.',
          'The same service level on both sides of the border, which lorry drivers ask for.',
        ],
      },
    ],
    'business-case': [
      {
        p: 'Today’s service costs €3.65 million a year. The alternative needs €2.6 million of investment and €110,000 of training in each of two years, then €3.0 million a year. Break-even falls in the fifth year, in the fourth if the salt price rises by a quarter. Damage to bridges and springs is left out on purpose: the case must hold without it.',
      },
    ],
    risks: [
      {
        p: 'Liability dominates: a decision not to salt is easy to attack after an accident. We therefore need service levels voted by both assemblies and decisions that are recorded with what was known at that time. The second risk is human: if drivers do not trust the dose, they will double it.',
      },
    ],
    interoperability: [
      {
        p: 'Two fleets, three makes of spreader, two languages, two road-weather networks. Positions and doses must be exchanged in a documented format; weather data arrive in DATEX II. The cab must work without a mobile network for a whole round.',
      },
    ],
    ipr: [
      {
        p: 'Shared results: suppliers sell freely, road authorities of both regions use freely. Measurements by section are published as open data after each winter. Models owned before the contract stay with their owners.',
      },
    ],
    data: [
      {
        p: 'Positions of vehicles are positions of drivers: personal data. A **data protection impact assessment** is needed, and must satisfy both national authorities. Proposal: names are not stored with rounds; only the planner of the night sees who drives.',
      },
    ],
    'joint-buying': [
      {
        p: 'This is a cross-border purchase from the start: 640 km in Italy, 500 km in France. The authorities must agree on **one applicable law**, a lead buyer, languages, shares of cost and an exit rule. A draft agreement exists; it is the reason for this request.',
      },
    ],
    timing: [
      {
        p: 'Trial on two rounds during the winter of 2027-2028; service on the whole network on **1 November 2028**. Budget between €2.4 and €3.0 million without VAT. Own funds are voted for €1.6 million; €1 million is hoped for from a European programme and not granted.',
      },
    ],
    'next-step': [
      {
        p: 'We ask for **legal assistance** on the agreement between the two authorities, and afterwards for advice on the procedure.',
      },
      {
        tasks: [
          { done: true, text: 'Agree on the severity index' },
          { done: true, text: 'Publish the summary of the market consultation' },
          { done: false, text: 'Sign the agreement on applicable law' },
          { done: false, text: 'Start the impact assessment with both data protection officers' },
        ],
      },
    ],
  },
};
