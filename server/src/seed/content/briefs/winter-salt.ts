import type { SeedBrief } from '../types.ts';
import { eur, eurRange } from '../values.ts';

export const winterSaltBrief: SeedBrief = {
  id: 'brief-winter-salt',
  kind: 'project-brief',
  workspace: 'mobility',
  language: 'en',
  createdBy: 'reviewer2',
  authors: ['reviewer2', 'buyer2', 'legal'],
  createdOn: '2026-08-31',
  updatedOn: '2026-11-12',
  fields: {
    needs: ['need-winter-salt'],
    title: 'Half the salt, same safety: a cross-border winter service',
    sponsor: 'citta-alpina',
    lead: 'reviewer2',
    objectives: [
      {
        outcome: 'The same roads are kept clear with half the salt',
        metric: 'Salt spread, corrected for severity',
        unit: 't per winter',
        baseline: '14800',
        target: '7400',
        by: '2030-04-30',
        priority: 'must',
      },
      {
        outcome: 'Roads are as safe as before',
        metric: 'Injury accidents on ice or snow per million vehicle-kilometres',
        unit: 'per million',
        baseline: '0.31',
        target: '0.31',
        by: '2030-04-30',
        priority: 'must',
      },
    ],
    scopeIn: '1,140 km of roads of both authorities; 71 vehicles; decision, spreading, measurement and training.',
    scopeOut: 'Motorways, municipal roads, pavements, summer maintenance.',
    stakeholders: [
      { name: 'Road directorate', organisation: 'citta-alpina', role: 'sponsor' },
      { name: 'Marco Balestra', organisation: 'citta-alpina', role: 'project-lead' },
      { name: 'Étienne Rochas', organisation: 'departement', role: 'buyer' },
      { name: 'Shift planners of both fleets', organisation: 'departement', role: 'user-lead' },
      { name: 'Antoine Delaroche', organisation: 'cabinet', role: 'legal' },
      { name: 'Cluster manager', organisation: 'cluster-montagne', role: 'partner' },
    ],
    marketState: 'exists-needs-adaptation',
    evidence: [
      { kind: 'supplier', reference: 'Summary of fourteen answers to the market consultation', date: '2026-07-10' },
      { kind: 'web', reference: 'Review of 24 Nordic and Alpine reports', date: '2026-03-27' },
    ],
    procedureOptions: [
      {
        procedure: 'comp-dial',
        reason: 'Means and sharing of performance risk cannot be settled in advance between two countries.',
        preferred: true,
      },
      {
        procedure: 'neg-w-call',
        reason: 'Possible if the trial of the first winter settles the technical part.',
        preferred: false,
      },
      {
        procedure: 'pcp',
        reason: 'Research only; service on the network would need a second purchase.',
        preferred: false,
      },
    ],
    resultsOwner: 'shared',
    dpia: 'needed',
    budget: eurRange(2400000, 3000000),
    funding: [
      { source: 'own', amount: eur(1600000) },
      { source: 'EU', amount: eur(1000000) },
    ],
    gates: [
      {
        name: 'Agreement between the authorities signed',
        date: '2027-02-28',
        criterion: 'One applicable law, shares, exit rule',
      },
      {
        name: 'Trial winter finished',
        date: '2028-04-15',
        criterion: '35% less salt on two rounds, no loss of safety',
      },
      { name: 'Service on the whole network', date: '2028-11-01', criterion: 'Fleet equipped, drivers trained' },
    ],
    risks: [
      {
        kind: 'legal',
        text: 'The agreement is not signed in time',
        probability: 3,
        impact: 5,
        answer: 'Two parallel purchases with the same specification as fallback',
        owner: 'legal',
      },
      {
        kind: 'acceptance',
        text: 'Drivers do not trust the dose',
        probability: 4,
        impact: 4,
        answer: 'Drivers choose the trial rounds; reasons shown in the cab',
        owner: 'reviewer2',
      },
    ],
    kpis: [
      { name: 'Salt per winter, corrected', unit: 't', baseline: '14800', target: '7400', by: '2030-04-30' },
      { name: 'Kilometres at service level at 7 a.m.', unit: '%', baseline: '91', target: '95', by: '2030-04-30' },
    ],
    decisionsAsked: [
      {
        text: 'Support the legal assistance for the cross-border agreement',
        body: 'Comité de pilotage',
        by: '2026-12-10',
      },
    ],
  },
  sections: {
    need: [
      {
        p: '**Fictitious demonstration brief.** It takes up the need “Winter roads as safe as today with half the salt”, stated by two invented authorities on both sides of the border.',
      },
    ],
    objectives: [
      {
        p: 'Halve the salt over a whole network, corrected for the severity of the winter, **without any loss of safety**. Both are minimum requirements: an offer that trades one for the other is not acceptable.',
      },
    ],
    scope: [
      {
        p: 'In: 1,140 km, 71 vehicles, and everything from the decision at 3 a.m. to the chloride measured in spring.',
      },
      {
        p: 'Out: motorways, municipal roads, pavements. They may join a framework agreement later, with volumes stated now.',
      },
    ],
    governance: [
      {
        p: 'A joint board of four decides by consensus; the lead buyer signs. Working language is English, documents for drivers are in Italian and French. The cluster informs its members and takes **no part in award criteria**.',
      },
    ],
    market: [
      {
        p: 'Fourteen firms answered the consultation of June 2026. Parts of an answer are mature; the whole is not. The published summary names nobody, and remains open to comments until the call.',
      },
    ],
    procedure: [
      {
        p: 'Competitive dialogue is preferred, since neither the means nor the sharing of performance risk can be written in advance. It is **blocked until the agreement between the two authorities is signed**: one applicable law must be agreed first. This page is information, not legal advice.',
      },
      {
        ul: [
          'Competitive procedure with negotiation: if the trial winter answers the technical questions.',
          'Pre-commercial procurement: buys research only, roll-out would be a second competition.',
        ],
      },
    ],
    'ipr-data-state-aid': [
      {
        p: 'Results are shared; road authorities of both regions use them freely. Vehicle positions are personal data, so an impact assessment is needed in both countries. The position on State aid is **not written yet**; it depends on the European grant.',
      },
    ],
    budget: [
      {
        p: 'From €2.4 to €3.0 million without VAT: 56% borne by the Italian side and 44% by the French side, in proportion to kilometres. Own funds are voted for €1.6 million; the European grant of €1.0 million is not secured.',
      },
    ],
    schedule: [
      {
        ol: [
          'February 2027: agreement signed, call published.',
          'Winter 2027-2028: trial on two rounds by up to three candidates.',
          'November 2028: service on the whole network.',
          'April 2030: final measurement.',
        ],
      },
    ],
    risks: [
      {
        p: 'If the agreement slips beyond spring, a winter is lost. The fallback is two parallel purchases with one specification; it costs more and loses the volume, but keeps the date.',
      },
    ],
    kpis: [
      {
        p: 'Two figures are published after each winter, by section of road: salt corrected for severity, and kilometres at service level at 7 a.m.',
      },
    ],
    decisions: [
      {
        p: 'The steering committee is asked to support legal assistance for the cross-border agreement before **10 December 2026**.',
      },
    ],
  },
};
