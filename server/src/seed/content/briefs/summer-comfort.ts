import type { SeedBrief } from '../types.ts';
import { eur, eurRange } from '../values.ts';

export const summerComfortBrief: SeedBrief = {
  id: 'brief-summer-comfort',
  kind: 'project-brief',
  workspace: 'energy',
  language: 'fr',
  createdBy: 'buyer2',
  authors: ['buyer2', 'agency'],
  createdOn: '2026-09-21',
  updatedOn: '2026-11-17',
  fields: {
    needs: ['need-summer-comfort'],
    title: 'Projet « Juin au collège » : six premiers établissements supportables l’été',
    sponsor: 'departement',
    lead: 'buyer2',
    objectives: [
      {
        outcome: 'Les salles restent supportables pendant les heures de cours',
        metric: 'Heures de cours au-dessus de 28 °C, par salle et par an',
        unit: 'h',
        baseline: '96',
        target: '15',
        by: '2029-09-30',
        priority: 'must',
      },
      {
        outcome: 'L’air reste bon',
        metric: 'Heures de cours au-dessus de 1 000 ppm de CO₂',
        unit: '%',
        baseline: '44',
        target: '10',
        by: '2029-09-30',
        priority: 'must',
      },
    ],
    scopeIn:
      'Six collèges, 190 salles ; études, travaux, mise au point pendant deux étés, conduite expliquée aux usagers.',
    scopeOut: 'Gymnases, logements de fonction, cuisines ; les trente-six autres collèges, qui suivront.',
    stakeholders: [
      { name: 'Direction des bâtiments', organisation: 'departement', role: 'sponsor' },
      { name: 'Étienne Rochas', organisation: 'departement', role: 'project-lead' },
      { name: 'Principale du collège pilote', organisation: 'departement', role: 'user-lead' },
      { name: 'Équipe de mesure', organisation: 'labo-usages', role: 'partner' },
    ],
    marketState: 'exists-needs-adaptation',
    evidence: [{ kind: 'web', reference: 'Campagne de mesure de 60 salles, été 2025', date: '2025-11-14' }],
    procedureOptions: [
      {
        procedure: 'neg-w-call',
        reason: 'Part de conception, engagement de résultat à négocier, lots par bassin.',
        preferred: false,
      },
      {
        procedure: 'open',
        reason: 'Possible avec un cahier des charges fonctionnel et des variantes autorisées.',
        preferred: false,
      },
    ],
    resultsOwner: 'open',
    dpia: 'not-needed',
    budget: eurRange(900000, 1100000),
    funding: [{ source: 'own', amount: eur(700000) }],
    gates: [
      {
        name: 'Consultation préalable close',
        date: '2027-02-26',
        criterion: 'Au moins six réponses, dont trois de PME',
      },
      { name: 'Six collèges prêts', date: '2028-06-01', criterion: 'Réception avant les premières chaleurs' },
    ],
    risks: [
      {
        kind: 'organisational',
        text: 'Les travaux ne tiennent pas dans les congés d’été',
        probability: 4,
        impact: 4,
        answer: 'Deux étés, collèges sans classe d’examen d’abord',
        owner: 'buyer2',
      },
    ],
    kpis: [
      {
        name: 'Heures de cours au-dessus de 28 °C',
        unit: 'h par salle',
        baseline: '96',
        target: '15',
        by: '2029-09-30',
      },
    ],
    decisionsAsked: [
      { text: 'Donner un avis sur l’allotissement par bassin', body: 'Comité technique', by: '2027-01-21' },
    ],
  },
  sections: {
    need: [
      {
        p: '**Fiche fictive de démonstration**, en cours de rédaction. Elle porte sur la première tranche du besoin « Des collèges où l’on peut encore apprendre en juin et en septembre » : six collèges sur quarante-deux.',
      },
    ],
    objectives: [
      {
        p: 'Quinze heures de cours au plus au-dessus de 28 °C, et une heure sur dix au plus au-dessus de 1 000 ppm de CO₂. Les deux sont mesurées salle par salle, sur deux étés.',
      },
    ],
    scope: [
      {
        p: 'Six collèges et 190 salles, choisis parmi les plus chauds **et** les plus divers : façade vitrée, préfabriqué des années 1980, bâtiment ancien. Les gymnases et les logements sont exclus.',
      },
    ],
    governance: [
      {
        p: 'La direction des bâtiments conduit le projet. Les élèves y ont une place : dans chaque collège, une classe tient le carnet de mesures. Le référent juridique reste à désigner.',
      },
    ],
    market: [
      {
        p: 'Les mesures de 2025 montrent qu’aucune réponse courante n’atteint seule la cible. La consultation préalable, prévue en janvier 2027, demandera qui accepte d’être payé en partie au résultat.',
      },
    ],
    procedure: [
      {
        p: 'Deux voies sont ouvertes : la procédure avec négociation, ou l’appel d’offres avec cahier des charges fonctionnel et variantes. **Aucune n’est préférée à ce stade** ; l’avis est demandé après la consultation. Information et non avis juridique.',
      },
    ],
    'ipr-data-state-aid': [
      {
        p: 'Mesures et méthode publiées sous licence ouverte. Aucune donnée personnelle. La question des aides d’État ne paraît pas se poser pour des travaux mis en concurrence ; à confirmer.',
      },
    ],
    budget: [
      {
        p: 'Entre 900 000 € et 1,1 M€ hors taxes pour la première tranche. 700 000 € sont inscrits ; le solde dépend de l’aide européenne demandée pour l’ensemble.',
      },
    ],
    schedule: [
      {
        p: 'Consultation préalable en janvier et février 2027, marché à l’automne, travaux pendant les congés de l’été 2027 et au printemps 2028. Les six collèges doivent être prêts le 1er juin 2028. *Le premier été paraît trop proche : à revoir avec les chefs d’établissement.*',
      },
    ],
    risks: [
      {
        p: 'Le calendrier scolaire est le principal risque. Viennent ensuite la disponibilité des entreprises l’été et l’amiante des façades, non encore diagnostiqué dans deux collèges.',
      },
    ],
    kpis: [
      {
        p: 'Un indicateur suffit aux élus : les heures de cours au-dessus de 28 °C. Il sera affiché à l’entrée de chaque collège.',
      },
    ],
    decisions: [
      {
        p: 'Le comité technique est invité à donner son avis sur l’allotissement par bassin avant le 21 janvier 2027.',
      },
      {
        tasks: [
          { done: true, text: 'Choisir les critères de sélection des six collèges' },
          { done: false, text: 'Revoir le calendrier du premier été' },
          { done: false, text: 'Désigner le référent juridique' },
        ],
      },
    ],
  },
};
