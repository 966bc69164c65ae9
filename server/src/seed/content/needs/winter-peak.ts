import type { SeedNeed } from '../types.ts';
import { eur, eurRange, FICTITIOUS } from '../values.ts';

export const winterPeak: SeedNeed = {
  id: 'need-winter-peak',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'energy',
  language: 'en',
  createdBy: 'agency',
  authors: ['agency', 'buyer2'],
  createdOn: '2026-06-08',
  updatedOn: '2026-10-29',
  fields: {
    title: 'Public buildings that draw a third less power at the winter peak',
    owner: 'syndicat-energie',
    territories: ['03', '63', '43'],
    domains: ['RA3', 'RA4'],
    cpv: ['71314200', '09310000'],
    trigger: 'policy',
    policyLinks: [
      { label: 'Directive (EU) 2023/1791 on energy efficiency', url: 'https://eur-lex.europa.eu/eli/dir/2023/1791/oj' },
    ],
    currentService: 'Group purchase of electricity for 214 municipalities; 1,900 metered sites, most of them small.',
    volumePerYear: { value: '86', unit: 'GWh of electricity' },
    groups: [
      {
        name: 'Municipal technical staff',
        kind: 'staff',
        people: 520,
        consultedHow: 'Three local meetings, 71 people',
      },
      { name: 'Users of schools, town halls and sports halls', kind: 'citizen', people: 140000 },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'The sites together draw a third less at the peak',
        metric: 'Mean power from 6 to 8 p.m. on the twenty coldest working days',
        unit: 'MW',
        baseline: '19.4',
        target: '13',
        by: '2029-03-31',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Nobody is cold',
        metric: 'Hours of use below the agreed temperature, per room and winter',
        unit: 'h',
        baseline: '22',
        target: '22',
        by: '2029-03-31',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'A small municipality can take part without a technician',
        metric: 'Staff time per site and year',
        unit: 'h',
        target: '2',
        by: '2029-03-31',
        priority: 'must',
      },
    ],
    currentSolution: 'Yearly energy report by site; advice by four energy advisers; timers set by hand.',
    contractEnds: '2027-12-31',
    yearlyCost: eur(15900000),
    pains: [
      { text: 'Load curves reach us the following month', severity: 4 },
      { text: 'Timers have not been changed since installation at six sites out of ten', severity: 3 },
    ],
    sources: [
      { kind: 'web', reference: 'Load curves of 310 sites, winter 2025-2026', date: '2026-04-30' },
      { kind: 'project', reference: 'Call with two energy syndicates', date: '2026-06-02' },
    ],
    solutions: [
      { name: 'Remote control of large sites', supplier: 'Market of aggregators', trl: 9, gaps: ['o3'] },
      { name: 'Shifting of small loads without a technician', trl: 7, gaps: ['o1'] },
    ],
    marketState: 'near-market-not-at-scale',
    suppliers: [{ organisation: 'soleane', sme: 'yes' }],
    impacts: [
      { kind: 'economic', description: 'Subscribed power and peak prices', level: 4 },
      { kind: 'environmental', description: 'Less generation from gas at the peak', level: 3 },
    ],
    years: 6,
    discountRate: '4',
    systems: [{ name: 'Smart meters of the grid operator', interface: 'Operator’s data service', format: 'JSON' }],
    accessibility: 'Any site screen readable from two metres, and usable without training.',
    resultsOwner: 'shared',
    personalData: 'yes',
    dpia: 'needed',
    hosting: 'European Union',
    securityLevel: 3,
    buyers: [
      {
        organisation: 'syndicat-energie',
        volume: { value: '1900', unit: 'sites' },
        date: '2028-11-01',
        crossBorder: false,
      },
      { organisation: 'metropole', volume: { value: '260', unit: 'sites' }, crossBorder: false },
    ],
    neededBy: '2028-11-01',
    budget: eurRange(900000, 1400000),
    requested: 'study-feasibility',
  },
  sections: {
    identity: [
      { p: `**${FICTITIOUS.en}.** The syndicate, its municipalities and its load curves are invented.` },
      { p: 'Stated by Syndicat d’énergie des Bocages (démo), written with the regional innovation agency (démo).' },
    ],
    context: [
      {
        p: 'The syndicate buys electricity for 214 municipalities and 1,900 sites. On the twenty coldest working days, those sites draw **19.4 MW between 6 and 8 p.m.**, when power is dearest and dirtiest. Half of it heats rooms that will be empty an hour later.',
      },
      {
        p: 'The syndicate’s assembly has set a target of one third less by 2029. It is a policy decision, made before anybody knew whether small sites could follow.',
      },
    ],
    users: [
      {
        p: 'The 520 technical staff are often one person per village, who also drives the school bus. In three meetings they said the same thing: no new tool unless an old one goes. About 140,000 people use the rooms; they were **not consulted**, and comfort complaints are the only trace we have of them.',
      },
    ],
    outcomes: [
      {
        ol: [
          'Mean power from 6 to 8 p.m. on the twenty coldest working days: from 19.4 to 13 MW.',
          'Hours of use below the agreed temperature: no more than today’s 22 hours per room and winter.',
          'Staff time: at most two hours per site and year.',
        ],
      },
      {
        p: 'The third outcome decides whether the other two last. Whether power is saved, shifted, stored or produced on site is left to the supplier; a generator running on fuel oil does not count.',
      },
    ],
    today: [
      {
        p: 'Four advisers visit some 200 sites a year and set timers by hand. At six sites out of ten the timer was last changed when it was installed. Load curves arrive the month after. Electricity costs €15.9 million a year; the supply contract ends on **31 December 2027**.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'The curves of 310 sites were studied. Eighty large sites make 38% of the peak and are well served by existing offers of remote control. The other 1,820 make 62% at about 6.6 kW each: too little, site by site, to pay for a visit. Offers for such sites are at the stage of trials with some tens of buildings.',
      },
      {
        p: 'No search of patents or standards has been made yet. Two other syndicates, called by telephone, stand where we stand.',
      },
    ],
    market: [
      {
        p: 'One SME of the region is known; it presented its software at an open day, where others could have done the same. A proper consultation has not been held. It must ask about cost per small site, as that is where offers differ by a factor of ten.',
      },
    ],
    impacts: [
      {
        p: 'One third less at the peak would lower subscribed power by about 5 MW and the exposure of 214 municipal budgets to peak prices. It would also delay the strengthening of two local lines, according to an informal remark of the grid operator, which must be confirmed in writing.',
      },
    ],
    'business-case': [
      {
        p: 'Options are **not yet costed**. A first order of magnitude: the peak costs the syndicate €1.7 million a winter, and a third of it could carry an investment of about €600 per small site over six years. If equipment and installation cost more, only part of the sites should be equipped.',
      },
    ],
    risks: [
      {
        p: 'The register of risks is still empty in the form; the first three to be rated are: complaints about cold rooms in the first winter, which would end the project in many villages; equipment that talks to one supplier only; and a change of tariffs that moves the peak to another hour.',
      },
    ],
    interoperability: [
      {
        p: 'Smart meters give a load curve through the service of the grid operator, with consent by site. Heating systems range from a thermostat of 1983 to a connected heat pump. A solution must cope with a site where nothing can be connected at all, if only by advice.',
      },
    ],
    ipr: [
      {
        p: 'Results could be shared, with free use by energy syndicates for their members. The text of the licence is to be written. Load curves remain the property of the municipalities.',
      },
    ],
    data: [
      {
        p: 'The load curve of a small site may tell when one person works there, or whether the caretaker’s flat is lived in: personal data. An **impact assessment** is needed. Curves of fewer than five occupants will only be used in sums.',
      },
    ],
    'joint-buying': [
      {
        p: 'Métropole des Puys (démo) has 260 comparable sites and may join; it wants to see the feasibility study first. No date is given. The syndicate can act as central purchasing body for its members.',
      },
    ],
    timing: [
      {
        p: 'In service on **1 November 2028**, in time for one measured winter before the target. Budget from €0.9 to €1.4 million without VAT, voted in principle; funding is not yet secured.',
      },
    ],
    'next-step': [
      {
        p: 'A **feasibility study** on sixty small sites during the winter of 2027-2028, answering one question first: what is the cheapest way to reach 6 kW in a village hall?',
      },
      {
        tasks: [
          { done: true, text: 'Study the load curves of 310 sites' },
          { done: false, text: 'Rate the risks with two municipalities' },
          { done: false, text: 'Hold a market consultation' },
        ],
      },
    ],
  },
};
