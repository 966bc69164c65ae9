import type { SeedNeed } from '../types.ts';
import { eur, everyYear, FICTITIOUS } from '../values.ts';

export const hospitalLinen: SeedNeed = {
  id: 'need-hospital-linen',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'health',
  language: 'en',
  createdBy: 'reviewer3',
  authors: ['reviewer3', 'buyer'],
  createdOn: '2026-03-09',
  updatedOn: '2026-09-11',
  fields: {
    title: 'Hospital linen: always enough on the ward, far less bought and thrown away',
    owner: 'chu',
    territories: ['69M'],
    domains: ['AU4'],
    cpv: ['39518000', '98310000'],
    trigger: 'service-problem',
    currentService:
      'In-house laundry for eleven sites. Clean linen goes out in bulk trolleys; soiled linen comes back in bags that are weighed, not counted.',
    volumePerYear: { value: '5200', unit: 'tonnes washed' },
    groups: [
      {
        name: 'Ward staff who order and use linen',
        kind: 'staff',
        people: 2100,
        consultedHow: 'Shadowing on four wards over two weeks; survey with 342 answers',
      },
      { name: 'Laundry workers', kind: 'staff', people: 88, consultedHow: 'Two workshops and a site visit' },
      { name: 'In-patients', kind: 'user', people: 74000 },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'A ward does not run out of linen',
        metric: 'Stock-outs reported per week, all wards',
        unit: 'reports',
        baseline: '46',
        target: '5',
        by: '2028-09-30',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'We stop replacing linen that is merely lost',
        metric: 'Pieces bought per year beyond wear',
        unit: 'pieces',
        baseline: '61000',
        target: '15000',
        by: '2029-03-31',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'Fewer clean pieces are washed again unused',
        metric: 'Share of returned pieces never used',
        unit: '%',
        baseline: '18',
        target: '6',
        by: '2029-03-31',
        priority: 'should',
      },
    ],
    currentSolution: 'Standing orders by ward, corrected by telephone; yearly count by hand on one weekend.',
    yearlyCost: eur(8350000),
    pains: [
      { text: 'Wards hoard linen because they do not trust the next delivery', severity: 4 },
      { text: 'Nobody knows where about 40,000 pieces are', severity: 4 },
    ],
    sources: [
      { kind: 'web', reference: 'Desk research on tracking of textiles in six hospitals', date: '2026-04-02' },
      {
        kind: 'standard',
        reference: 'EN 14065, laundry-processed textiles: biocontamination control',
        date: '2026-04-02',
      },
    ],
    solutions: [{ name: 'Identification of single pieces at the laundry gate', trl: 9, gaps: ['o1'] }],
    marketState: 'exists-needs-adaptation',
    suppliers: [{ organisation: 'vigie-soin', sme: 'unknown' }],
    impacts: [
      { kind: 'economic', description: 'Purchases avoided, about €310,000 a year', level: 4 },
      { kind: 'environmental', description: 'Water, heat and cotton saved', level: 4 },
      { kind: 'service', description: 'Nurses stop hunting for sheets', level: 3 },
    ],
    years: 6,
    discountRate: '4',
    options: [
      {
        name: 'Go on as today',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 6, 8350000),
        maintenance: [],
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'Know stock and need by ward, every day',
        doNothing: false,
        investment: eur(720000),
        operation: everyYear(1, 6, 7840000),
        maintenance: everyYear(1, 6, 96000),
        transition: everyYear(1, 1, 85000),
        endOfLife: eur(20000),
        residual: eur(0),
      },
    ],
    risks: [
      {
        kind: 'acceptance',
        text: 'Staff fear that their use of linen is watched',
        probability: 3,
        impact: 3,
        answer: 'Figures by ward, never by person; agreed with staff representatives beforehand',
        owner: 'buyer',
      },
    ],
    systems: [{ name: 'Laundry management software', interface: 'To be documented', format: 'CSV today' }],
    accessibility: 'Any screen or signal must be usable by staff who do not read French well.',
    resultsOwner: 'supplier',
    personalData: 'no',
    dpia: 'not-needed',
    securityLevel: 1,
    neededBy: '2028-03-01',
    requested: 'study-opportunity',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.en}.** The hospital, its laundry and every figure below are invented.`,
      },
      {
        p: 'Written by the logistics department of Centre hospitalier universitaire du Confluent (démo) with the health cluster. English is used because the cluster wants comments from hospitals abroad.',
      },
    ],
    context: [
      {
        p: 'The laundry washes 5,200 tonnes a year for eleven sites. Wards report **46 stock-outs a week**, mostly at weekends, although the hospital owns 30% more linen than its beds would need. About 40,000 pieces are somewhere: in cupboards, in ambulances, in other hospitals, in bins.',
      },
      {
        p: 'The trigger is a service problem. In January 2026 two wards postponed admissions for half a day because there were no sheets, while a store 300 metres away was full.',
      },
    ],
    users: [
      {
        p: 'Some 2,100 people on the wards order, fetch or change linen. Each nurse in the survey spends eleven minutes per shift looking for it. The 88 laundry workers see the opposite: trolleys coming back with clean, folded pieces that must be washed again by rule.',
      },
      {
        p: 'Patients were not consulted directly. The users’ committee will be asked in October 2026 whether linen is a matter they hear about.',
      },
    ],
    outcomes: [
      {
        table: [
          ['Outcome', 'Now', 'Target', 'Priority'],
          ['Stock-outs reported per week', '46', '5', 'must'],
          ['Pieces bought per year beyond wear', '61,000', '15,000', 'must'],
          ['Returned pieces never used', '18%', '6%', 'should'],
        ],
      },
      {
        p: 'We do not ask for a way of marking textiles, nor for software. A supplier may reach the targets by marking, counting, forecasting, by a different service or by all of these.',
      },
    ],
    today: [
      {
        p: 'Each ward has a standing order that nobody has revised since 2019. Corrections are made by telephone before ten o’clock. The stock is counted by hand on one weekend a year; the last count took 640 hours and was out of date on the Monday.',
      },
      {
        p: 'Yearly cost: €8.35 million, of which €1.1 million is replacement of linen. There is no contract to wait for, as the laundry is in-house.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Six published experiences were read. Identification of single pieces at the laundry gate is mature and answers “what came back”. It does not by itself answer “what will this ward need tomorrow”, which is what causes stock-outs. None of the six reports measured stock-outs before and after.',
      },
      {
        p: 'Conclusion for now: products exist, but need adaptation to link counting with the rhythm of the wards. Patents have not been searched.',
      },
    ],
    market: [
      {
        p: 'Four firms are known from trade fairs; we have not met any of them formally and hold no document from them. A preliminary market consultation should come after the opportunity study, with the same questions to all.',
      },
    ],
    impacts: [
      {
        ul: [
          'About 46,000 pieces a year not bought: €310,000 and some fourteen tonnes of textile.',
          'Twelve points fewer pieces washed unused: 620 tonnes less to wash and dry.',
          'Time given back to care: eleven minutes per nurse and shift is the upper bound.',
        ],
      },
    ],
    'business-case': [
      {
        p: 'Going on as today costs €8.35 million a year. The alternative assumes an investment of €720,000, €85,000 of transition in the first year, and yearly costs of €7.94 million including maintenance. The saving rests almost wholly on the second and third outcomes. If unused returns do not fall, the project pays for itself only in the fourth year.',
      },
    ],
    risks: [
      {
        p: 'The main risk is mistrust on both sides: wards hoard because deliveries fail, and deliveries fail because wards hoard. A ward that gives up its reserve must be certain of the next trolley. The pilot should therefore guarantee an emergency delivery within one hour for its whole duration.',
      },
    ],
    interoperability: [
      {
        p: 'The laundry software exports a CSV file each night. Its interface is not documented, and the publisher has been asked. Bed occupancy is available as anonymous counts by ward and hour from the hospital information system.',
      },
      { p: 'Anything fixed to a textile must survive 200 washes at 85 °C and must not disturb imaging equipment.' },
    ],
    ipr: [
      {
        p: 'Ownership may stay with the supplier. We want our own data back in an open format, and the right to publish our results with the method. The licence remains to be written with the lawyer.',
      },
    ],
    data: [
      {
        p: 'No personal data: counts are kept by ward and by hour. Pieces issued to named staff, such as uniforms, are **out of scope** for this reason. Hosting has no special constraint; this is not a critical system.',
      },
    ],
    'joint-buying': [
      {
        p: 'Two public laundries of the region have said by telephone that they have the same difficulty. Nothing is written yet; volumes and dates must be collected before this section can be counted upon.',
      },
    ],
    timing: [
      {
        p: 'A first site should run by **1 March 2028**, before the summer, when staff are fewest. The budget has not been set: the finance department wants the opportunity study first.',
      },
    ],
    'next-step': [
      {
        p: 'We ask for an **opportunity study**: is the loss what we believe, where does it arise, and is it worth more than €700,000?',
      },
      {
        tasks: [
          { done: true, text: 'Shadow four wards for two weeks' },
          { done: false, text: 'Count stock properly on two wards for one month' },
          { done: false, text: 'Collect volumes from the two other laundries' },
          { done: false, text: 'Set a budget range' },
        ],
      },
    ],
  },
};
