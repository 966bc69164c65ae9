import type { SeedNeed } from '../types.ts';
import { eur, everyYear, FICTITIOUS } from '../values.ts';

export const anaestheticGases: SeedNeed = {
  id: 'need-anaesthetic-gases',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'health',
  language: 'en',
  createdBy: 'buyer',
  authors: ['buyer', 'reviewer3'],
  createdOn: '2026-04-21',
  updatedOn: '2026-10-06',
  fields: {
    title: 'Operating theatres that release four times less anaesthetic gas, with the same care',
    owner: 'chu',
    territories: ['69M'],
    domains: ['RA1', 'RA2'],
    cpv: ['33172000', '33661100'],
    trigger: 'policy',
    policyLinks: [
      {
        label: 'Regulation (EU) 2024/573 on fluorinated greenhouse gases',
        url: 'https://eur-lex.europa.eu/eli/reg/2024/573/oj',
      },
    ],
    currentService:
      'Thirty-eight operating theatres, general anaesthesia with inhaled agents in about six cases out of ten.',
    volumePerYear: { value: '41000', unit: 'general anaesthetics' },
    groups: [
      {
        name: 'Anaesthetists and nurse anaesthetists',
        kind: 'staff',
        people: 212,
        consultedHow: 'Department meeting and an anonymous survey, 131 answers',
      },
      { name: 'Patients under general anaesthesia', kind: 'user', people: 41000 },
      { name: 'Theatre technicians', kind: 'staff', people: 40, consultedHow: 'Interviews' },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'Theatres release far less greenhouse gas',
        metric: 'Emissions from anaesthetic gases',
        unit: 't CO₂e a year',
        baseline: '1640',
        target: '410',
        by: '2029-12-31',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Care is not affected',
        metric: 'Delayed recovery or unplanned deepening, per 1,000 anaesthetics',
        unit: 'per 1,000',
        baseline: '7.2',
        target: '7.2',
        by: '2029-12-31',
        priority: 'must',
      },
      {
        id: 'o3',
        outcome: 'Staff breathe no more gas than today',
        metric: 'Highest eight-hour exposure measured in any theatre, share of the limit',
        unit: '%',
        baseline: '35',
        target: '35',
        by: '2028-12-31',
        priority: 'must',
      },
    ],
    currentSolution:
      'Low-flow training in 2023; central piping of nitrous oxide still in service; waste gas vented outside.',
    yearlyCost: eur(540000),
    pains: [
      { text: 'Gas bought and gas used by patients differ by a factor of four for one product', severity: 4 },
      { text: 'No measurement by theatre: nobody sees the effect of good practice', severity: 3 },
    ],
    sources: [
      { kind: 'web', reference: 'Literature notes by the anaesthesia department, 18 papers', date: '2026-05-30' },
      { kind: 'supplier', reference: 'Data sheets of five devices', date: '2026-06-15' },
    ],
    solutions: [
      { name: 'Recovery of exhaled agents at the workstation', supplier: 'Two makers', trl: 12, gaps: ['o3'] },
      { name: 'Monitoring of gas use by theatre', supplier: 'Several makers', trl: 9, gaps: ['o1'] },
    ],
    marketState: 'near-market-not-at-scale',
    impacts: [
      { kind: 'environmental', description: 'About 1,230 t CO₂e avoided every year', level: 5 },
      { kind: 'economic', description: 'Less gas bought', level: 2 },
    ],
    years: 7,
    discountRate: '4',
    options: [
      {
        name: 'Go on as today',
        doNothing: true,
        investment: eur(0),
        operation: everyYear(1, 7, 540000),
        maintenance: [],
        transition: [],
        endOfLife: eur(0),
        residual: eur(0),
      },
      {
        name: 'Fewer losses, less release',
        doNothing: false,
        investment: eur(610000),
        operation: everyYear(1, 7, 405000),
        maintenance: everyYear(1, 7, 58000),
        transition: everyYear(1, 1, 30000),
        endOfLife: eur(10000),
        residual: eur(0),
      },
    ],
    risks: [
      {
        kind: 'technical',
        text: 'Laboratory yields of recovery are not reached in real theatres',
        probability: 4,
        impact: 4,
        answer: 'Payment linked to tonnes measured over twelve months',
        owner: 'buyer',
      },
      {
        kind: 'legal',
        text: 'Status of the recovered product: waste or medicine',
        probability: 3,
        impact: 4,
        answer: 'Written opinion before any trial',
        owner: 'legal',
      },
    ],
    systems: [
      { name: 'Anaesthesia record', interface: 'IEEE 11073 service-oriented device connectivity', format: 'XML' },
    ],
    resultsOwner: 'supplier',
    personalData: 'no',
    dpia: 'not-needed',
    securityLevel: 3,
    neededBy: '2028-09-01',
    requested: 'consultation',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.en}.** The hospital and its measurements are invented. One value in the form beside this text is deliberately impossible (a readiness level of 12 on a scale of 9), to show how the platform flags it.`,
      },
      { p: 'Stated by the anaesthesia department with the purchasing department of the hospital.' },
    ],
    context: [
      {
        p: 'The thirty-eight theatres give 41,000 general anaesthetics a year. The gases they release weigh **1,640 t CO₂e**, about 6% of the direct emissions of the hospital. The board has decided to halve direct emissions by 2030. European rules on fluorinated gases already restrict one of the agents we used.',
      },
      {
        p: 'A large part of the release is not due to care at all: for one product the quantity bought is four times the quantity that reaches patients. The rest leaks or is vented.',
      },
    ],
    users: [
      {
        p: 'The survey among 212 anaesthetists and nurse anaesthetists (131 answers) is clear: 88% want to act, 61% do not know what their own theatre releases, and nearly all refuse any device that asks for attention during induction.',
      },
      {
        p: 'Patients were not consulted, as nothing they perceive should change. The users’ committee will be informed before a trial.',
      },
    ],
    outcomes: [
      {
        table: [
          ['Outcome', 'Now', 'Target'],
          ['Emissions from anaesthetic gases, t CO₂e a year', '1,640', '410'],
          ['Delayed recovery or unplanned deepening, per 1,000', '7.2', 'not above 7.2'],
          ['Highest staff exposure, share of the limit', '35%', 'not above 35%'],
        ],
      },
      {
        p: 'The three outcomes are all compulsory. Clinicians keep the free choice of agent and technique for each patient. A supplier may act upon supply, use, measurement, capture or several of these.',
      },
    ],
    today: [
      {
        p: 'Low-flow training in 2023 cut purchases of one agent by a quarter within six months; half of the gain was lost a year later. Nitrous oxide is still piped from a central store installed in 1996. Waste gas goes through the roof. Yearly cost of gases and of the central store: €540,000.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Eighteen papers and five data sheets were read. Monitoring by theatre is mature but changes nothing by itself. Recovery of exhaled agents is sold by two makers; published yields run from 25% to 70%, the spread being largely explained by what is counted.',
      },
      {
        p: 'No published trial shows a reduction by three quarters over a whole site. We consider the answers near to the market, but not available at scale. A search of patents is still to be made.',
      },
    ],
    market: [
      {
        p: 'Nobody has been met yet. We ask for a preliminary market consultation with three questions: which yield do you measure, how, and would you accept payment by tonnes avoided? Answers will be summarised without names for all firms.',
      },
    ],
    impacts: [
      {
        ul: [
          '**Environment**: 1,230 t CO₂e avoided each year.',
          '**Economy**: about €135,000 less of gases and storage a year, which does not pay for the project quickly.',
          '**Service**: none expected, and that is a requirement.',
        ],
      },
    ],
    'business-case': [
      {
        p: 'Over seven years the project needs €610,000, €30,000 for training, and €463,000 a year in place of €540,000. The saving alone does not repay the investment within the period; the case is environmental, at roughly €21 per tonne avoided once the savings are counted. The board accepts up to €60 per tonne.',
      },
    ],
    risks: [
      {
        p: 'Yield is the main risk: laboratory figures do not survive masks, paediatric circuits and hurried turnovers. Hence payment by measured result. The second is legal: if what is captured counts as waste, it cannot be reused; if it counts as a medicine, it must be authorised.',
      },
    ],
    interoperability: [
      {
        p: 'Three makes of anaesthesia workstation are in service, the oldest from 2012. Nothing may be inserted between the patient and the workstation without the written agreement of its maker. Measurements should reach the anaesthesia record without typing.',
      },
    ],
    ipr: [
      {
        p: 'The supplier keeps its results. We ask for the right to publish all measurements, with the method, under our own name: a hospital cannot use a figure that it may not show.',
      },
    ],
    data: [
      {
        p: 'Gas flows are recorded by theatre and by hour, without any link to a patient or a clinician. No personal data. Devices connected to the theatre network must follow the hospital’s rules for medical equipment.',
      },
    ],
    'joint-buying': [
      {
        p: 'Two hospitals abroad have asked to follow the trial through the European Buyers’ Network (démo). A joint purchase is too early.',
      },
    ],
    timing: [
      {
        p: 'First theatres by **1 September 2028**, so that a full year can be measured before the 2030 target. The budget is being discussed: the board wants the answers of the market first.',
      },
    ],
    'next-step': [
      { p: 'A **preliminary market consultation**, held with the help of the agency, before the end of spring 2027.' },
    ],
  },
};
