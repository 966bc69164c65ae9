import type { SeedBrief } from '../types.ts';
import { eur, eurRange } from '../values.ts';

export const nightFallsBrief: SeedBrief = {
  id: 'brief-night-falls',
  kind: 'project-brief',
  workspace: 'steering',
  language: 'fr',
  createdBy: 'agency',
  authors: ['agency', 'legal', 'secretary'],
  createdOn: '2026-07-06',
  updatedOn: '2026-11-09',
  fields: {
    needs: ['need-night-falls'],
    title: 'Projet « Nuits sûres » : secourir plus vite les personnes âgées qui chutent',
    sponsor: 'ch-vallees',
    lead: 'buyer',
    objectives: [
      {
        outcome: 'Un soignant est auprès de la personne très vite après la chute, la nuit',
        metric: 'Délai médian de 21 h à 7 h',
        unit: 'min',
        baseline: '34',
        target: '5',
        by: '2028-06-30',
        priority: 'must',
      },
      {
        outcome: 'L’équipe n’est pas dérangée pour rien',
        metric: 'Alertes sans suite par nuit et par unité',
        unit: 'alertes',
        baseline: '11',
        target: '3',
        by: '2028-06-30',
        priority: 'must',
      },
      {
        outcome: 'Les barrières de lit reculent',
        metric: 'Résidents ayant une barrière prescrite',
        unit: '%',
        baseline: '31',
        target: '20',
        by: '2029-06-30',
        priority: 'should',
      },
    ],
    scopeIn: 'Chambres et salles d’eau de 184 lits sur trois sites ; organisation des alertes de nuit ; formation.',
    scopeOut: 'Prévention de jour, rééducation, remplacement de l’appel malade, vidéosurveillance.',
    stakeholders: [
      { name: 'Direction des soins', organisation: 'ch-vallees', role: 'sponsor' },
      { name: 'Claire Montagnier', organisation: 'chu', role: 'project-lead' },
      { name: 'Cadre de nuit', organisation: 'ch-vallees', role: 'user-lead' },
      { name: 'Antoine Delaroche', organisation: 'cabinet', role: 'legal' },
      { name: 'Sandrine Collombet', organisation: 'gestion-fonds', role: 'finance' },
      { name: 'Nadia Chapuis', organisation: 'universite', role: 'partner' },
    ],
    marketState: 'exists-needs-adaptation',
    evidence: [
      { kind: 'web', reference: 'Revue de 31 articles, Université des Deux Rives (démo)', date: '2026-03-20' },
      { kind: 'supplier', reference: 'Compte rendu des six démonstrations du 16 avril 2026', date: '2026-04-16' },
    ],
    procedureOptions: [
      {
        procedure: 'neg-w-call',
        reason: 'La solution existe mais demande une adaptation ; les résultats sont définis, les moyens se négocient.',
        preferred: true,
      },
      {
        procedure: 'comp-dial',
        reason: 'À garder si l’étude montre que les moyens ne peuvent pas être définis.',
        preferred: false,
      },
      {
        procedure: 'innovation',
        reason: 'Écarté en l’état : rien ne prouve qu’aucune solution disponible ne convient.',
        preferred: false,
      },
    ],
    resultsOwner: 'supplier',
    stateAid:
      'Prix de marché après mise en concurrence ; le soutien à l’étude est versé à l’établissement public. À confirmer.',
    dpia: 'needed',
    budget: eurRange(380000, 460000),
    funding: [
      { source: 'own', amount: eur(240000) },
      { source: 'ERDF', amount: eur(150000) },
    ],
    gates: [
      {
        name: 'Étude de faisabilité remise',
        date: '2027-03-31',
        criterion: 'Essai de deux dispositifs, trois résultats mesurés',
      },
      { name: 'Lancement de la procédure', date: '2027-05-10', criterion: 'Analyse d’impact faite, critères validés' },
      {
        name: 'Mise en service du premier site',
        date: '2027-10-01',
        criterion: 'Délai médian inférieur à 8 min pendant un mois',
      },
      { name: 'Généralisation', date: '2028-06-30', criterion: 'Les résultats impératifs sont tenus' },
    ],
    risks: [
      {
        kind: 'acceptance',
        text: 'Rejet par les équipes ou les familles',
        probability: 3,
        impact: 4,
        answer: 'Unité volontaire d’abord, droit d’arrêt individuel',
        owner: 'buyer',
      },
      {
        kind: 'legal',
        text: 'Un candidat ayant fait une démonstration est jugé avantagé',
        probability: 2,
        impact: 4,
        answer: 'Mêmes questions à tous, publication des réponses anonymisées',
        owner: 'legal',
      },
    ],
    kpis: [
      { name: 'Délai médian de nuit', unit: 'min', baseline: '34', target: '5', by: '2028-06-30' },
      { name: 'Soignants qui recommandent le dispositif', unit: '%', target: '75', by: '2028-06-30' },
      { name: 'Offres reçues de PME', unit: 'offres', target: '2', by: '2027-06-30' },
    ],
    decisionsAsked: [
      {
        text: 'Financer l’étude de faisabilité, à hauteur de 28 000 €',
        body: 'Comité de pilotage',
        by: '2026-12-10',
      },
      {
        text: 'Inviter le CHU du Confluent (démo) à rejoindre le groupement de commandes',
        body: 'Comité de pilotage',
        by: '2026-12-10',
      },
    ],
  },
  sections: {
    need: [
      {
        p: '**Fiche fictive de démonstration.** Elle reprend le besoin « Secourir plus vite les résidents âgés qui chutent la nuit », jugé complet par le comité technique le 25 juin 2026 (fictif).',
      },
      {
        p: 'En une phrase : la nuit, une personne âgée qui tombe doit être secourue en cinq minutes, et non en trente-quatre.',
      },
    ],
    objectives: [
      {
        p: 'Deux résultats sont des exigences minimales, non négociables : le délai médian de nuit (5 min) et le nombre d’alertes sans suite (3 par nuit et par unité). Le recul des barrières de lit sert à départager les offres.',
      },
    ],
    scope: [
      { h: 3, text: 'Dans le projet' },
      { p: '184 lits sur trois sites, chambres et salles d’eau, organisation des alertes et formation des équipes.' },
      { h: 3, text: 'Hors du projet' },
      { p: 'La prévention de jour, le remplacement de l’appel malade et **toute vidéosurveillance**.' },
    ],
    governance: [
      {
        p: 'La direction des soins commande et arbitre. La responsable des achats innovants du CHU conduit le projet pour le compte des deux établissements. L’évaluation est confiée à l’université, qui n’a de lien avec aucun candidat. Chaque évaluateur déclare ses intérêts avant de lire les offres.',
      },
    ],
    market: [
      {
        p: 'La revue de littérature et six démonstrations montrent que des solutions existent, mais qu’aucune ne tient ensemble les deux exigences minimales auprès de personnes désorientées. Le compte rendu est joint ; une version anonymisée sera publiée avant l’avis de marché.',
      },
    ],
    procedure: [
      {
        table: [
          ['Procédure', 'Pour', 'Contre'],
          [
            'Procédure avec négociation',
            'Adapter une solution existante à nos unités',
            'Délai plus long qu’un appel d’offres',
          ],
          ['Dialogue compétitif', 'Utile si les moyens restent inconnus', 'Lourd pour des PME'],
          [
            'Partenariat d’innovation',
            'Achat et recherche dans un seul contrat',
            'Preuve d’absence de solution non apportée',
          ],
        ],
      },
      {
        p: 'Ce tableau est une information et non un avis juridique. Les seuils applicables sont ceux de la date de lancement ; ils sont à vérifier à ce moment.',
      },
    ],
    'ipr-data-state-aid': [
      {
        p: 'Le fournisseur garde ses résultats ; les établissements ont un droit d’usage illimité et récupèrent leurs données brutes. L’analyse d’impact est engagée avec le délégué à la protection des données. L’achat se fait au prix du marché ; la position sur les aides d’État sera confirmée par le conseil juridique.',
      },
    ],
    budget: [
      {
        p: 'De 380 000 € à 460 000 € hors taxes. L’établissement apporte 240 000 € ; une aide européenne de 150 000 € est demandée. **Si elle est refusée**, le projet se limite à deux sites et reste finançable.',
      },
    ],
    schedule: [
      {
        ol: [
          'Étude de faisabilité : de janvier à mars 2027.',
          'Procédure : de mai à septembre 2027.',
          'Premier site : 1er octobre 2027, un trimestre avant la fin du contrat actuel.',
          'Trois sites : 30 juin 2028.',
        ],
      },
      { p: 'À chaque jalon, le comité peut arrêter le projet ; le critère est écrit d’avance.' },
    ],
    risks: [
      {
        p: 'Deux risques dominent : le rejet par les équipes, et la contestation par un candidat qui jugerait la consultation préalable inéquitable. Les deux réponses sont déjà engagées.',
      },
    ],
    kpis: [
      {
        p: 'La réussite se lira sur trois chiffres : délai médian de nuit, part des soignants qui recommandent le dispositif, nombre d’offres reçues de PME.',
      },
    ],
    decisions: [
      { p: 'Il est demandé au comité de pilotage, avant le **10 décembre 2026** :' },
      {
        ol: [
          'de financer l’étude de faisabilité, à hauteur de 28 000 € (montant fictif) ;',
          'd’inviter le CHU du Confluent (démo) à rejoindre le groupement de commandes.',
        ],
      },
    ],
  },
};
