import { EVIDENCE_COLUMNS, MARKET_STATES, MEASURE_COLUMNS } from '../fields/common.ts';
import type { Section } from '../fields/types.ts';
import { option, words } from '../fields/words.ts';

/** Where the project goes, with whom, and in which market. */
export const DIRECTION_SECTIONS: readonly Section[] = [
  {
    id: 'need',
    label: words('Besoin de référence', 'Need', 'Fabbisogno di riferimento'),
    prompt: words(
      'Rappelez le besoin en quelques lignes et ce qui a changé depuis son recensement. Le détail reste dans la fiche de besoin.',
      'Recall the need in a few lines and what has changed since it was assessed. The detail stays in the needs assessment.',
      'Richiami il fabbisogno in poche righe e ciò che è cambiato dal suo rilevamento. Il dettaglio resta nella scheda di fabbisogno.',
    ),
    fields: [
      {
        id: 'title',
        type: 'text',
        maxLength: 300,
        required: true,
        label: words('Titre', 'Title', 'Titolo'),
        help: words(
          'Un nom court que tous les partenaires reprendront.',
          'A short name that all partners will use.',
          'Un nome breve che tutti i partner riprenderanno.',
        ),
      },
      {
        id: 'needs',
        type: 'documents',
        kind: 'needs-assessment',
        required: true,
        label: words('Fiches de besoin', 'Needs assessments', 'Schede di fabbisogno'),
        help: words(
          'Un projet peut répondre à plusieurs besoins regroupés.',
          'A project may answer several needs brought together.',
          'Un progetto può rispondere a più fabbisogni riuniti.',
        ),
      },
    ],
  },
  {
    id: 'objectives',
    label: words('Objectifs et résultats visés', 'Objectives and target outcomes', 'Obiettivi e risultati attesi'),
    prompt: words(
      'Que devra-t-on constater pour dire que le projet a réussi ? Reprenez les résultats du besoin et fixez la cible que l’on paiera.',
      'What must be observed to say that the project has succeeded? Take up the outcomes of the need and set the target that will be paid for.',
      'Che cosa si dovrà constatare per dire che il progetto è riuscito? Riprenda i risultati del fabbisogno e fissi l’obiettivo che si pagherà.',
    ),
    fields: [
      {
        id: 'objectives',
        type: 'rows',
        required: true,
        label: words('Objectifs', 'Objectives', 'Obiettivi'),
        columns: [
          { id: 'outcome', type: 'long-text', label: words('Résultat', 'Outcome', 'Risultato') },
          { id: 'metric', type: 'text', maxLength: 200, label: words('Indicateur', 'Metric', 'Indicatore') },
          ...MEASURE_COLUMNS,
          {
            id: 'priority',
            type: 'choice',
            label: words('Priorité', 'Priority', 'Priorità'),
            options: [
              option('must', 'Exigence minimale', 'Minimum requirement', 'Requisito minimo'),
              option('should', 'Critère d’appréciation', 'Assessed quality', 'Elemento di valutazione'),
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'scope',
    label: words('Périmètre', 'Scope', 'Perimetro'),
    prompt: words(
      'Tracez la frontière : sites, publics, volumes, systèmes. Ce que l’on exclut évite autant de malentendus que ce que l’on inclut.',
      'Draw the line: sites, people, volumes, systems. What you leave out avoids as many misunderstandings as what you put in.',
      'Tracci il confine: siti, destinatari, volumi, sistemi. Ciò che si esclude evita tanti malintesi quanto ciò che si include.',
    ),
    fields: [
      { id: 'scopeIn', type: 'long-text', required: true, label: words('Inclus', 'In scope', 'Incluso') },
      { id: 'scopeOut', type: 'long-text', label: words('Exclu', 'Out of scope', 'Escluso') },
    ],
  },
  {
    id: 'governance',
    label: words('Parties prenantes et gouvernance', 'Stakeholders and governance', 'Parti interessate e governance'),
    prompt: words(
      'Qui décide, qui conduit, qui utilisera ? Prévoyez dès maintenant un référent des utilisateurs et une personne des affaires juridiques.',
      'Who decides, who leads, who will use it? Name a user lead and somebody from legal affairs now.',
      'Chi decide, chi conduce, chi userà? Preveda sin d’ora un referente degli utenti e una persona degli affari legali.',
    ),
    fields: [
      {
        id: 'sponsor',
        type: 'organisation',
        required: true,
        label: words('Commanditaire', 'Sponsor', 'Committente'),
      },
      { id: 'lead', type: 'person', required: true, label: words('Chef de projet', 'Project lead', 'Capoprogetto') },
      {
        id: 'stakeholders',
        type: 'rows',
        label: words('Parties prenantes', 'Stakeholders', 'Parti interessate'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Nom', 'Name', 'Nome') },
          { id: 'organisation', type: 'organisation', label: words('Organisme', 'Organisation', 'Ente') },
          {
            id: 'role',
            type: 'choice',
            label: words('Rôle', 'Role', 'Ruolo'),
            options: [
              option('sponsor', 'Commanditaire', 'Sponsor', 'Committente'),
              option('project-lead', 'Chef de projet', 'Project lead', 'Capoprogetto'),
              option('user-lead', 'Référent des utilisateurs', 'User lead', 'Referente degli utenti'),
              option('legal', 'Juridique', 'Legal', 'Affari legali'),
              option('buyer', 'Acheteur', 'Buyer', 'Acquirente'),
              option('finance', 'Finances', 'Finance', 'Finanze'),
              option('partner', 'Partenaire', 'Partner', 'Partner'),
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'market',
    label: words('État du marché et preuves', 'Market state and evidence', 'Stato del mercato e prove'),
    prompt: words(
      'Que savez-vous du marché, et d’où le tenez-vous ? La procédure dépendra de cette réponse et de ses preuves.',
      'What do you know of the market, and how? The procedure will depend on this answer and on its evidence.',
      'Che cosa sa del mercato, e come lo sa? La procedura dipenderà da questa risposta e dalle sue prove.',
    ),
    fields: [
      {
        id: 'marketState',
        type: 'choice',
        required: true,
        options: MARKET_STATES,
        label: words('État du marché', 'Market state', 'Stato del mercato'),
      },
      { id: 'evidence', type: 'rows', label: words('Preuves', 'Evidence', 'Prove'), columns: EVIDENCE_COLUMNS },
    ],
  },
];
