import type { SeedNeed } from '../types.ts';
import { eur, FICTITIOUS } from '../values.ts';

export const homeReturn: SeedNeed = {
  id: 'need-home-return',
  kind: 'needs-assessment',
  nature: 'fictitious',
  workspace: 'health',
  language: 'fr',
  createdBy: 'agency',
  authors: ['agency', 'buyer', 'reviewer1'],
  createdOn: '2026-05-12',
  updatedOn: '2026-10-20',
  fields: {
    title: 'Préparer le retour à domicile des personnes âgées dès l’entrée à l’hôpital',
    owner: 'chu',
    territories: ['69M', '42'],
    domains: ['RA1', 'RA6'],
    cpv: ['85141210', '98513310'],
    trigger: 'future-quality',
    currentService:
      'Service social prévenu en moyenne au cinquième jour ; coordination par téléphone avec les services d’aide à domicile.',
    volumePerYear: { value: '6100', unit: 'séjours de personnes de plus de 80 ans' },
    groups: [
      {
        name: 'Personnes de plus de 80 ans hospitalisées',
        kind: 'user',
        people: 6100,
        consultedHow: 'Vingt récits de sortie recueillis par l’Université des Deux Rives (démo)',
      },
      {
        name: 'Assistantes sociales et cadres de soins',
        kind: 'staff',
        people: 54,
        consultedHow: 'Atelier de mai 2026',
      },
      { name: 'Aidants familiaux', kind: 'citizen' },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome: 'La sortie n’attend plus l’organisation du domicile',
        metric: 'Journées d’attente après accord médical, par séjour',
        unit: 'jours',
        baseline: '3.8',
        target: '1.5',
        by: '2029-01-01',
        priority: 'must',
      },
      {
        id: 'o2',
        outcome: 'Les retours tiennent dans la durée',
        metric: 'Réhospitalisations non prévues à 30 jours',
        unit: '%',
        baseline: '17',
        target: '12',
        by: '2029-01-01',
        priority: 'must',
      },
    ],
    currentSolution: 'Fiche de liaison, messagerie de santé, tableau blanc par service, annuaire tenu à la main.',
    yearlyCost: eur(2900000),
    pains: [
      { text: 'Le besoin d’aide est découvert trop tard', severity: 5 },
      { text: 'Nul ne voit les places d’aide disponibles', severity: 4 },
    ],
    impacts: [{ kind: 'service', description: 'Lits libérés pour les urgences', level: 4 }],
    personalData: 'yes',
    dpia: 'needed',
    requested: 'study-opportunity',
  },
  sections: {
    identity: [
      {
        p: `**${FICTITIOUS.fr}.** Fiche inventée, encore en cours d’écriture : plusieurs rubriques disent ce qui manque plutôt que de le remplir au hasard.`,
      },
      {
        p: 'Rédaction conjointe de l’Agence régionale d’innovation (démo) et du CHU du Confluent (démo), à la demande du groupe thématique « santé et grand âge ».',
      },
    ],
    context: [
      {
        p: 'Chaque année, 6 100 personnes de plus de 80 ans sont hospitalisées en court séjour. Leur séjour dure en moyenne 12,4 jours, dont **3,8 jours après l’accord médical de sortie** : l’attente porte sur une aide-ménagère, un lit médicalisé, une clef à récupérer, un enfant qui habite loin.',
      },
      {
        p: 'Le déclencheur est la qualité future du service : la population de plus de 80 ans du territoire doit augmenter d’un quart en dix ans, sans lit supplémentaire.',
      },
    ],
    users: [
      {
        p: 'Vingt récits de sortie ont été recueillis. Quinze personnes disent n’avoir appris la date que la veille. Les aidants, presque absents des réunions, sont ceux qui portent l’organisation : **leur nombre et leur disponibilité restent à établir**.',
      },
      {
        p: 'Les 54 professionnels consultés passent en moyenne quarante minutes par sortie au téléphone, souvent pour joindre un service qui n’a pas de place.',
      },
    ],
    outcomes: [
      {
        p: 'Deux résultats suffisent à juger de la réussite, et ils doivent progresser ensemble :',
      },
      {
        ol: [
          'ramener l’attente après accord médical de 3,8 à 1,5 jour ;',
          'ramener les réhospitalisations non prévues à trente jours de 17 % à 12 %.',
        ],
      },
      {
        p: 'Faire sortir plus vite des personnes qui reviennent aux urgences serait un échec. Un troisième résultat, du point de vue de l’aidant, doit encore être formulé.',
      },
    ],
    today: [
      {
        p: 'Le service social est prévenu au cinquième jour en moyenne, par une fiche que l’infirmière remplit quand elle en a le temps. Les places d’aide à domicile sont connues par téléphone. Le coût des journées d’attente est estimé à 2,9 M€ par an ; la méthode doit être relue par le contrôle de gestion.',
      },
    ],
    'state-of-the-art': [
      {
        p: '**À compléter.** Aucune recherche méthodique n’a été faite. Nous avons connaissance d’expériences de repérage de la fragilité à l’entrée et de plateformes d’orientation, sans en avoir vérifié les effets. L’étude demandée commencera par là ; tant qu’elle n’est pas faite, l’état du marché reste inconnu.',
      },
    ],
    market: [
      {
        p: 'Aucune entreprise n’a été rencontrée. Le cluster Santé et autonomie (démo) propose d’organiser une rencontre ; ses adhérents étant des fournisseurs possibles, il ne participera pas à l’écriture des critères.',
      },
    ],
    impacts: [
      {
        p: 'Un jour d’attente évité par séjour équivaudrait à dix-sept lits. L’effet sur les aidants peut être positif comme négatif : une sortie plus rapide reporte une charge sur eux. Il devra être mesuré, et non supposé.',
      },
    ],
    'business-case': [
      {
        p: 'Pas encore d’analyse. Deux questions la commandent : quelle part de l’attente dépend de l’hôpital, et quelle part du manque d’aides à domicile ? Si la seconde domine, aucun achat ne suffira et la réponse relève d’une politique publique.',
      },
    ],
    risks: [
      {
        p: 'Non cotés à ce jour. Sont déjà identifiés : la multiplication des outils chez les professionnels libéraux, le consentement de personnes vulnérables, et la tentation de classer les patients par « facilité de sortie ».',
      },
    ],
    interoperability: [
      {
        p: 'Le dossier patient, la messagerie sécurisée de santé et les logiciels d’au moins douze services d’aide à domicile sont concernés. L’inventaire des interfaces est confié à la direction du numérique ; réponse attendue en décembre 2026.',
      },
    ],
    ipr: [
      {
        p: 'Sans objet tant que l’achat n’est pas défini. Le principe souhaité est que les méthodes de repérage financées sur fonds publics soient publiées.',
      },
    ],
    data: [
      {
        p: 'Données de santé et données sociales seraient rapprochées : l’analyse d’impact sera nécessaire, et la base légale du partage avec les services d’aide à domicile doit être établie par le conseil juridique avant tout essai.',
      },
    ],
    'joint-buying': [
      {
        p: 'Le Département et deux centres hospitaliers voisins pourraient être associés. Aucun engagement n’est pris. Le financement relevant de plusieurs collectivités, la question du bon porteur est ouverte.',
      },
    ],
    timing: [
      {
        p: 'Pas de date imposée par un contrat. Le projet d’établissement 2028-2032 s’écrit en 2027 : y entrer suppose d’avoir conclu l’étude d’opportunité à l’automne 2027. Le budget n’est pas fixé.',
      },
    ],
    'next-step': [
      {
        p: 'Nous demandons une **étude d’opportunité**, avec une réponse franche à la question : faut-il acheter quelque chose ?',
      },
      {
        tasks: [
          { done: true, text: 'Recueillir vingt récits de sortie' },
          { done: false, text: 'Faire relire le calcul du coût des journées d’attente' },
          { done: false, text: 'Chercher les expériences publiées et leurs effets mesurés' },
          { done: false, text: 'Formuler le résultat attendu par les aidants' },
        ],
      },
    ],
  },
};
