import { DPIA_STATES, RESULTS_OWNERS, YES_NO } from '../fields/common.ts';
import type { Section } from '../fields/types.ts';
import { words } from '../fields/words.ts';

/** Sections 11 to 13: what any solution must fit in with. */
export const CONDITION_SECTIONS: readonly Section[] = [
  {
    id: 'interoperability',
    label: words('Interopérabilité et normes', 'Interoperability and standards', 'Interoperabilità e norme'),
    prompt: words(
      'Avec quels systèmes la solution devra-t-elle échanger, dans quels formats ? Préférez les normes ouvertes : elles laissent la porte ouverte à plusieurs fournisseurs.',
      'Which systems must the solution exchange with, in which formats? Prefer open standards: they keep the door open to several suppliers.',
      'Con quali sistemi la soluzione dovrà scambiare dati, e in quali formati? Preferisca le norme aperte: lasciano spazio a più fornitori.',
    ),
    fields: [
      {
        id: 'systems',
        type: 'rows',
        label: words('Systèmes à relier', 'Systems to connect', 'Sistemi da collegare'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Système', 'System', 'Sistema') },
          { id: 'interface', type: 'text', maxLength: 200, label: words('Interface', 'Interface', 'Interfaccia') },
          { id: 'format', type: 'text', maxLength: 200, label: words('Format', 'Format', 'Formato') },
        ],
      },
      {
        id: 'accessibility',
        type: 'text',
        maxLength: 1000,
        label: words('Accessibilité', 'Accessibility', 'Accessibilità'),
        help: words(
          'Par exemple EN 301 549, RGAA, facile à lire et à comprendre.',
          'For example EN 301 549, WCAG, easy-to-read.',
          'Per esempio EN 301 549, WCAG, linguaggio facile da leggere.',
        ),
      },
    ],
  },
  {
    id: 'ipr',
    label: words(
      'Propriété intellectuelle et exploitation',
      'Intellectual property and exploitation',
      'Proprietà intellettuale e sfruttamento',
    ),
    prompt: words(
      'De quels droits avez-vous réellement besoin : utiliser, modifier, partager avec d’autres acheteurs ? Laisser les résultats au titulaire lui permet souvent d’investir et fait baisser le prix.',
      'Which rights do you really need: to use, to change, to share with other buyers? Leaving the results to the contractor often lets it invest and lowers the price.',
      'Di quali diritti ha davvero bisogno: usare, modificare, condividere con altri acquirenti? Lasciare i risultati all’aggiudicatario spesso gli permette di investire e riduce il prezzo.',
    ),
    fields: [
      {
        id: 'resultsOwner',
        type: 'choice',
        options: RESULTS_OWNERS,
        label: words('Propriété des résultats', 'Ownership of results', 'Proprietà dei risultati'),
      },
      {
        id: 'licence',
        type: 'text',
        maxLength: 500,
        label: words('Licence souhaitée', 'Licence wanted', 'Licenza desiderata'),
      },
      {
        id: 'backgroundIp',
        type: 'long-text',
        label: words('Connaissances antérieures', 'Background IP', 'Conoscenze preesistenti'),
        help: words(
          'Ce que chaque partie apporte et qui lui reste.',
          'What each party brings and keeps.',
          'Ciò che ciascuna parte apporta e che le resta.',
        ),
      },
    ],
  },
  {
    id: 'data',
    label: words('Données, vie privée, sécurité', 'Data, privacy, security', 'Dati, privacy, sicurezza'),
    prompt: words(
      'Quelles données entrent, lesquelles sont produites, à qui appartiennent-elles ? Signalez tôt les données de santé, de mineurs ou de localisation.',
      'Which data come in, which are produced, whose are they? Flag early any data on health, minors or location.',
      'Quali dati entrano, quali vengono prodotti, a chi appartengono? Segnali presto i dati sanitari, dei minori o di localizzazione.',
    ),
    fields: [
      {
        id: 'personalData',
        type: 'choice',
        required: true,
        options: YES_NO,
        label: words('Données personnelles', 'Personal data', 'Dati personali'),
      },
      {
        id: 'dpia',
        type: 'choice',
        options: DPIA_STATES,
        label: words(
          'Analyse d’impact (AIPD)',
          'Data protection impact assessment (DPIA)',
          'Valutazione d’impatto (DPIA)',
        ),
      },
      { id: 'hosting', type: 'text', maxLength: 500, label: words('Hébergement', 'Hosting', 'Hosting') },
      {
        id: 'securityLevel',
        type: 'integer',
        min: 1,
        max: 4,
        label: words('Niveau de sécurité (1 à 4)', 'Security level (1 to 4)', 'Livello di sicurezza (da 1 a 4)'),
        help: words(
          '1 : limité · 2 : important · 3 : fort · 4 : maximal.',
          '1: limited · 2: significant · 3: high · 4: maximum.',
          '1: limitato · 2: significativo · 3: elevato · 4: massimo.',
        ),
      },
    ],
  },
];
