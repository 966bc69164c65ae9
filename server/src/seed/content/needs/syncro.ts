import type { SeedNeed } from '../types.ts';

/**
 * A real case, told from published facts only (Présences Grenoble, marchespublicspme.com, rinnovabili.it). What no
 * source says is named as not found, and left empty in the fields.
 */
export const syncro: SeedNeed = {
  id: 'need-syncro',
  kind: 'needs-assessment',
  nature: 'case',
  workspace: 'resources',
  language: 'fr',
  createdBy: 'agency',
  authors: ['agency', 'legal'],
  createdOn: '2026-01-08',
  updatedOn: '2026-04-02',
  fields: {
    title: 'SYNCRO : connaître en temps réel l’état des routes entre l’Isère et Turin (cas réel)',
    owner: 'agence',
    territories: ['38', 'ITC11'],
    domains: ['RA5'],
    cpv: ['34000000', '38000000', '48000000', '72000000'],
    groups: [
      { name: 'Exploitants des réseaux routiers', kind: 'staff' },
      { name: 'Usagers de la route', kind: 'citizen' },
    ],
    outcomes: [
      {
        id: 'o1',
        outcome:
          'Disposer en temps réel de données routières allant au-delà du débit, de la vitesse et du taux d’occupation',
        priority: 'must',
      },
      { id: 'o2', outcome: 'Connaître aussi la météo, les travaux et les routes saturées' },
      { id: 'o3', outcome: 'Préparer l’échange d’informations entre véhicules et infrastructure (C2X)' },
    ],
    sources: [
      { kind: 'web', reference: 'Présences Grenoble, « Le bon timing du projet Syncro »' },
      { kind: 'web', reference: 'marchespublicspme.com, article 10935 (2015)' },
      { kind: 'web', reference: 'rinnovabili.it, « Syncro », dialogue compétitif' },
    ],
    requested: 'none',
  },
  sections: {
    identity: [
      {
        p: '**Cas réel, rédigé à titre d’illustration.** Les faits ci-dessous proviennent de trois articles publics, cités à la rubrique « État de l’art ». Ce qu’aucun d’eux ne dit est signalé par *non trouvé* et n’a pas été complété.',
      },
      {
        p: 'SYNCRO est né en **2012**. Il associe le Département de l’Isère, la Città metropolitana di Torino (alors Provincia), la chambre de commerce et d’industrie de Grenoble et la chambre de commerce de Turin, avec le soutien de la Commission européenne. L’organisme indiqué dans le formulaire est celui qui tient cette fiche pour la démonstration ; ce n’est pas le porteur du projet.',
      },
    ],
    context: [
      {
        p: 'Le réseau départemental de l’Isère compte **5 100 km** de routes, dont **1 500 km** de réseau structurant, et des routes d’accès à la montagne. Le besoin exprimé est de disposer de données routières en temps réel, pour les exploitants comme pour les usagers.',
      },
      {
        p: 'Le déclencheur exact et les volumes de trafic : *non trouvés*. Le champ correspondant du formulaire est laissé vide.',
      },
    ],
    users: [
      {
        p: 'Deux groupes ressortent des sources : les **exploitants** des réseaux et les **usagers de la route**. Leur nombre et la manière dont ils ont été consultés : *non trouvés*.',
      },
    ],
    outcomes: [
      { p: 'Ce que les sources permettent d’écrire, sans chiffre puisqu’elles n’en donnent pas :' },
      {
        ul: [
          'disposer en temps réel d’informations **au-delà du débit, de la vitesse et du taux d’occupation** ;',
          'y inclure la météo, les travaux et les routes saturées ;',
          'préparer les échanges entre véhicules et infrastructure (C2X).',
        ],
      },
      {
        p: 'Indicateurs, valeurs de départ et cibles : *non trouvés*. Pour reprendre ce besoin aujourd’hui, il faudrait les écrire, par exemple sous la forme : « l’exploitant doit pouvoir connaître [quoi], mesuré par [indicateur], de [aujourd’hui] à [cible], d’ici [date] ».',
      },
    ],
    today: [
      {
        p: 'Les sources disent seulement que l’information visée devait dépasser le débit, la vitesse et le taux d’occupation. Le dispositif en place avant le projet, ses contrats et son coût : *non trouvés*.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'Un article annonce **trois défis**. Deux ont pu être lus : un défi économique, celui du déploiement en masse, et un défi technique. Le troisième n’apparaît pas dans l’extrait consulté.',
      },
      {
        p: 'La recherche d’antériorités menée par les partenaires et leur conclusion sur l’état du marché : *non trouvées*. Le champ « état du marché » reste donc vide.',
      },
      {
        ul: [
          '*Présences Grenoble*, « Le bon timing du projet Syncro »',
          '*marchespublicspme.com*, article 10935, 2015',
          '*rinnovabili.it*, article sur Syncro (non daté dans l’extrait)',
        ],
      },
    ],
    market: [
      {
        p: 'La presse cite **huit entreprises**. L’accord-cadre a été remporté par **Karrus**, de Grenoble, avec trois autres entreprises françaises et italiennes. Les chambres de commerce ont aidé à constituer des groupements transfrontaliers.',
      },
      {
        p: 'La taille des entreprises, les noms des trois partenaires et un registre de consultation préalable : *non trouvés*.',
      },
    ],
    impacts: [
      {
        p: 'Un **pilote sur la route de Sassenage au Vercors** a fonctionné de façon fiable par tous les temps, selon la presse économique locale. Étaient annoncés ensuite l’Oisans, la Bourne et le Nord-Isère.',
      },
      { p: 'Effets mesurés sur la sécurité, la circulation ou l’économie : *non trouvés*.' },
    ],
    'business-case': [
      {
        p: 'Budget, coûts de fonctionnement et économies : *non trouvés*. Le déploiement en masse étant cité comme défi économique, une analyse reprise aujourd’hui devrait au moins comparer le coût par kilomètre équipé sur les 1 500 km structurants et sur l’ensemble des 5 100 km.',
      },
    ],
    risks: [
      {
        p: 'Aucune analyse de risques n’a été trouvée. Le cas permet cependant de nommer des risques que tout acheteur transfrontalier aura à coter : droit applicable, langue, calendriers de deux collectivités, fonctionnement par mauvais temps, passage du pilote au déploiement.',
      },
    ],
    interoperability: [
      {
        p: 'La préparation du C2X, c’est-à-dire de l’échange entre véhicules et infrastructure, est le seul élément cité. Normes, formats et interfaces retenus : *non trouvés*.',
      },
    ],
    ipr: [{ p: 'Répartition de la propriété intellectuelle entre acheteurs et entreprises : *non trouvée*.' }],
    data: [
      {
        p: 'Les sources ne mentionnent pas de données personnelles ; ce silence n’étant pas une réponse, le champ reste vide. Un projet équivalent aujourd’hui devrait poser la question pour toute donnée venant de véhicules ou de téléphones.',
      },
    ],
    'joint-buying': [
      {
        p: 'C’est l’intérêt principal du cas. L’**Isère est pouvoir adjudicateur**, avec l’appui de Turin ; des pilotes sont prévus dans les deux pays, puis un achat de déploiement. La convention qui liait les deux collectivités : *non trouvée*.',
      },
      {
        p: 'Depuis la directive 2014/24/UE, l’article 39 traite des marchés conjoints entre acheteurs d’États membres différents. Il faut notamment convenir du droit applicable.',
      },
    ],
    timing: [
      {
        p: 'Naissance du projet en 2012. Avis de marché publié un mois d’**octobre**, très probablement en 2013 (l’article lu n’est pas daté), puis **un an de dialogue**, les pilotes, et l’achat de déploiement. Montants et date de besoin : *non trouvés*.',
      },
    ],
    'next-step': [
      {
        p: 'Procédure suivie : **dialogue compétitif**, selon les sources. Aucune suite n’est demandée : cette fiche sert d’exemple, en particulier pour montrer qu’une rubrique vide et signalée vaut mieux qu’une rubrique inventée.',
      },
      {
        tasks: [
          { done: true, text: 'Relire trois sources publiques' },
          { done: false, text: 'Demander aux porteurs réels le budget et la convention' },
          { done: false, text: 'Retrouver l’avis de marché et sa date' },
        ],
      },
    ],
  },
};
