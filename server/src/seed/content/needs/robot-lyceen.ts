import type { SeedNeed } from '../types.ts';
import { eurRange } from '../values.ts';

/**
 * A real case, told from published facts only (erenumerique.fr, weka.fr after AFP, france-handicap-info.com,
 * handirect.fr, placegrenet.fr, informations.handicap.fr). What no source says is named as not found.
 */
export const robotLyceen: SeedNeed = {
  id: 'need-robot-lyceen',
  kind: 'needs-assessment',
  nature: 'case',
  workspace: 'resources',
  language: 'fr',
  createdBy: 'agency',
  authors: ['agency', 'secretary'],
  createdOn: '2026-01-09',
  updatedOn: '2026-04-02',
  fields: {
    title: 'Robot Lycéen : suivre les cours malgré la maladie ou le handicap (cas réel)',
    owner: 'agence',
    territories: ['01', '42', '69M'],
    domains: ['RA6', 'RA1'],
    cpv: ['80000000', '42000000', '73000000'],
    groups: [{ name: 'Lycéens tenus éloignés par la maladie ou le handicap', kind: 'user' }],
    outcomes: [
      { id: 'o1', outcome: 'Un élève absent pour maladie ou handicap suit les cours de son lycée', priority: 'must' },
      { id: 'o2', outcome: 'L’élève peut se manifester en classe, par exemple lever la main' },
      { id: 'o3', outcome: 'Le dispositif est robuste à l’usage quotidien' },
    ],
    sources: [
      { kind: 'web', reference: 'erenumerique.fr, article 7958' },
      { kind: 'web', reference: 'weka.fr, article 10210 (d’après l’AFP)' },
      { kind: 'web', reference: 'france-handicap-info.com, article 3227' },
      { kind: 'web', reference: 'handirect.fr, septembre 2018' },
      { kind: 'web', reference: 'placegrenet.fr, article 204418' },
      { kind: 'web', reference: 'informations.handicap.fr, article 32727' },
    ],
    budget: eurRange(490000, 490000),
    requested: 'none',
  },
  sections: {
    identity: [
      {
        p: '**Cas réel, rédigé à titre d’illustration.** Les faits ci-dessous viennent d’articles publics, cités à la rubrique « État de l’art ». La **procédure d’achat utilisée en 2014 n’a pas été trouvée** ; rien n’est supposé à son sujet.',
      },
      {
        p: 'La Région Rhône-Alpes a financé le projet à hauteur de **490 000 €**. L’entreprise Awabot l’a conduit avec l’IFÉ, l’Université Lyon 1 et le Learning Lab de l’École centrale de Lyon et d’EM Lyon. L’organisme indiqué dans le formulaire tient cette fiche pour la démonstration ; ce n’est pas le porteur du projet.',
      },
    ],
    context: [
      {
        p: 'Des lycéens sont tenus éloignés de leur établissement par la maladie ou le handicap. Le projet visait à leur permettre de suivre les cours à distance, présents dans la classe par l’intermédiaire d’un robot.',
      },
      {
        p: 'Le nombre d’élèves concernés dans la région et le texte de politique publique à l’origine de la décision : *non trouvés*. Environ **300 entreprises régionales** intervenaient alors dans la robotique, selon l’AFP.',
      },
    ],
    users: [
      {
        p: 'Les usagers sont les élèves absents ; leurs camarades, leurs enseignants et leurs familles sont concernés, sans que les sources les dénombrent. Comment ces groupes ont été consultés avant l’achat : *non trouvé*.',
      },
    ],
    outcomes: [
      {
        p: 'Les résultats suivants se déduisent des améliorations décrites par la presse. Ils sont reformulés ici sans désigner de technique, comme la méthode le demande :',
      },
      {
        ol: [
          'un élève absent suit les cours de son lycée ;',
          'il peut se manifester en classe, par exemple **lever la main** ;',
          'le dispositif est **robuste** dans l’usage quotidien.',
        ],
      },
      {
        p: 'Indicateurs, valeurs de départ et cibles : *non trouvés*. Pour un besoin semblable, on pourrait mesurer les heures suivies par semaine d’absence, ou la part des cours interrompus par une panne.',
      },
    ],
    today: [
      {
        p: 'Ce qui était proposé à ces élèves avant 2014, et ce que cela coûtait : *non trouvé*.',
      },
    ],
    'state-of-the-art': [
      {
        p: 'La recherche d’antériorités préalable à la décision : *non trouvée*. Le champ « état du marché » est laissé vide, car une réponse donnée après coup n’aurait pas de valeur.',
      },
      {
        ul: [
          '*erenumerique.fr*, article 7958',
          '*weka.fr*, article 10210, d’après l’AFP',
          '*france-handicap-info.com*, article 3227',
          '*handirect.fr*, septembre 2018, et « Innover pour compenser »',
          '*placegrenet.fr*, article 204418',
          '*informations.handicap.fr*, article 32727',
        ],
      },
    ],
    market: [
      {
        p: 'Une entreprise est nommée : **Awabot**. D’autres fournisseurs ont-ils été consultés ou mis en concurrence ? *Non trouvé*.',
      },
    ],
    impacts: [
      {
        ul: [
          'Septembre 2014 : **trois robots**, dans les lycées La Martinière Monplaisir (Lyon), Claude Fauriel (Saint-Étienne) et Joseph-Marie Carriat (Bourg-en-Bresse).',
          '25 septembre 2014, à Gand : **prix européen de l’achat public d’innovation**.',
          '4 septembre 2018 : **57 robots** lancés par la région Auvergne-Rhône-Alpes dans ses trois académies.',
          '2022 : **1 750** robots de téléprésence déployés ou prévus dans les écoles françaises.',
        ],
      },
      {
        p: 'Le lien de cause à effet entre le premier achat et le déploiement national n’est pas établi par les sources ; elles montrent une suite, non une preuve. Effets mesurés sur la scolarité des élèves : *non trouvés*.',
      },
    ],
    'business-case': [
      {
        p: 'Montant public connu : 490 000 €, financés par la Région. Coût par robot, fonctionnement, maintenance, comparaison avec d’autres réponses : *non trouvés*. Le calcul ne peut donc pas être fait, et le formulaire ne contient aucune option.',
      },
    ],
    risks: [
      {
        p: 'Aucune analyse de risques n’a été trouvée. Les améliorations demandées (interface, robustesse) laissent penser que l’acceptation en classe et la fiabilité étaient les sujets sensibles ; c’est une lecture, non un fait.',
      },
    ],
    interoperability: [
      {
        p: 'Réseaux des établissements, outils numériques des élèves, normes : *non trouvés*. L’accessibilité est au cœur du sujet, puisque le dispositif s’adresse à des élèves malades ou handicapés ; les exigences précises ne sont pas publiées.',
      },
    ],
    ipr: [{ p: 'Propriété des résultats et licence du logiciel d’interface : *non trouvées*.' }],
    data: [
      {
        p: 'Les sources n’en parlent pas, et le champ reste vide. Un projet semblable aujourd’hui transmettrait l’image et la voix de mineurs, dont certains sont malades : il demanderait sans doute une **analyse d’impact** et l’accord des familles.',
      },
    ],
    'joint-buying': [
      {
        p: 'Un seul financeur public est cité pour 2014, la Région Rhône-Alpes. Le déploiement de 2018 a concerné les trois académies de la région Auvergne-Rhône-Alpes. Pas de groupement de commandes mentionné.',
      },
    ],
    timing: [
      {
        p: 'Premiers robots en **septembre 2014**, puis deux années, jusqu’en **septembre 2016**, pour améliorer l’interface logicielle et la robustesse. Budget de 490 000 €. La date à laquelle le besoin a été exprimé : *non trouvée*.',
      },
    ],
    'next-step': [
      {
        p: 'Aucune suite n’est demandée. La fiche montre comment un premier achat modeste, testé dans trois établissements pendant deux ans, précède un déploiement plus large, et combien il est utile d’écrire les indicateurs **avant** de commencer.',
      },
      {
        tasks: [
          { done: true, text: 'Recouper les faits entre plusieurs sources publiques' },
          { done: false, text: 'Demander au porteur réel la procédure suivie en 2014' },
          { done: false, text: 'Rechercher une évaluation des effets sur la scolarité' },
        ],
      },
    ],
  },
};
