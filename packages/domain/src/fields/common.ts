import type { Field, Option } from './types.ts';
import { option, words } from './words.ts';

// What needs assessments and project briefs ask in the same words, so that an answer can be carried from one to the other.

export const YES_NO: readonly Option[] = [option('yes', 'Oui', 'Yes', 'Sì'), option('no', 'Non', 'No', 'No')];

/** What can be bought today; the answer leads to a procedure (domain rules P6, P7, P9). */
export const MARKET_STATES: readonly Option[] = [
  option('off-the-shelf', 'Disponible sur étagère', 'Available off the shelf', 'Disponibile sul mercato'),
  option('exists-needs-adaptation', 'Existe, à adapter', 'Exists, needs adaptation', 'Esiste, da adattare'),
  option(
    'near-market-not-at-scale',
    'Proche du marché, pas encore à l’échelle',
    'Near the market, not yet at scale',
    'Vicino al mercato, non ancora su larga scala',
  ),
  option(
    'none-needs-R&D',
    'Rien ne convient : R&D nécessaire',
    'Nothing suits: R&D is needed',
    'Nulla è adatto: serve R&S',
  ),
  option('unknown', 'Pas encore connu', 'Not yet known', 'Non ancora noto'),
];

/** Where knowledge of the state of the art comes from. */
export const SOURCE_KINDS: readonly Option[] = [
  option('web', 'Recherche en ligne', 'Web search', 'Ricerca in rete'),
  option('patent', 'Brevet', 'Patent', 'Brevetto'),
  option('standard', 'Norme', 'Standard', 'Norma'),
  option('project', 'Projet comparable', 'Comparable project', 'Progetto comparabile'),
  option('supplier', 'Échange avec un fournisseur', 'Exchange with a supplier', 'Scambio con un fornitore'),
];

/** Columns of a list of evidence: where it was found, and when. */
export const EVIDENCE_COLUMNS: readonly Field[] = [
  {
    id: 'kind',
    type: 'choice',
    options: SOURCE_KINDS,
    label: words('Type de source', 'Kind of source', 'Tipo di fonte'),
  },
  {
    id: 'reference',
    type: 'text',
    maxLength: 1000,
    label: words('Référence', 'Reference', 'Riferimento'),
    help: words(
      'Titre, numéro ou adresse : de quoi la retrouver.',
      'Title, number or address: enough to find it again.',
      'Titolo, numero o indirizzo: quanto basta per ritrovarla.',
    ),
  },
  { id: 'date', type: 'date', label: words('Consultée le', 'Consulted on', 'Consultata il') },
];

export const RESULTS_OWNERS: readonly Option[] = [
  option('buyer', 'L’acheteur', 'The buyer', 'L’acquirente'),
  option(
    'supplier',
    'Le titulaire, avec droits d’usage',
    'The contractor, with rights of use',
    'L’aggiudicatario, con diritti d’uso',
  ),
  option('shared', 'Propriété partagée', 'Shared ownership', 'Proprietà condivisa'),
  option('open', 'Résultats ouverts', 'Open results', 'Risultati aperti'),
];

/** State of the data protection impact assessment (GDPR, article 35). */
export const DPIA_STATES: readonly Option[] = [
  option('done', 'Réalisée', 'Done', 'Realizzata'),
  option('needed', 'À réaliser', 'Needed', 'Da realizzare'),
  option('not-needed', 'Pas nécessaire', 'Not needed', 'Non necessaria'),
];

export const FUNDING_SOURCES: readonly Option[] = [
  option('own', 'Budget propre', 'Own budget', 'Bilancio proprio'),
  option('ERDF', 'FEDER', 'ERDF', 'FESR'),
  option('State', 'État', 'State', 'Stato'),
  option('EU', 'Autre programme européen', 'Other European programme', 'Altro programma europeo'),
  option('other', 'Autre', 'Other', 'Altro'),
];

export const FUNDING_COLUMNS: readonly Field[] = [
  { id: 'source', type: 'choice', options: FUNDING_SOURCES, label: words('Origine', 'Source', 'Fonte') },
  { id: 'amount', type: 'money', label: words('Montant HT', 'Amount excl. VAT', 'Importo IVA esclusa') },
];

const RISK_KINDS: readonly Option[] = [
  option('technical', 'Technique', 'Technical', 'Tecnico'),
  option('organisational', 'Organisationnel', 'Organisational', 'Organizzativo'),
  option('legal', 'Juridique', 'Legal', 'Giuridico'),
  option('supplier', 'Fournisseur', 'Supplier', 'Fornitore'),
  option('acceptance', 'Acceptation', 'Acceptance', 'Accettazione'),
];

const fromOneToFive = { type: 'integer', min: 1, max: 5 } as const;

/** A register of risks: criticality is probability × impact, 1 to 25. */
export const RISK_COLUMNS: readonly Field[] = [
  { id: 'kind', type: 'choice', options: RISK_KINDS, label: words('Nature', 'Kind', 'Natura') },
  {
    id: 'text',
    type: 'text',
    maxLength: 1000,
    label: words('Risque', 'Risk', 'Rischio'),
    help: words(
      'Ce qui pourrait arriver, et la conséquence.',
      'What could happen, and with what consequence.',
      'Che cosa potrebbe accadere, e con quale conseguenza.',
    ),
  },
  {
    id: 'probability',
    ...fromOneToFive,
    label: words('Probabilité (1 à 5)', 'Probability (1 to 5)', 'Probabilità (da 1 a 5)'),
  },
  { id: 'impact', ...fromOneToFive, label: words('Impact (1 à 5)', 'Impact (1 to 5)', 'Impatto (da 1 a 5)') },
  {
    id: 'answer',
    type: 'text',
    maxLength: 1000,
    label: words('Réponse prévue', 'Planned answer', 'Risposta prevista'),
  },
  { id: 'owner', type: 'person', label: words('Responsable', 'Owner', 'Responsabile') },
];

/** How a target is measured; outcomes and indicators share these columns. */
export const MEASURE_COLUMNS: readonly Field[] = [
  { id: 'unit', type: 'text', maxLength: 80, label: words('Unité', 'Unit', 'Unità') },
  { id: 'baseline', type: 'decimal', label: words('Situation actuelle', 'Baseline', 'Situazione attuale') },
  { id: 'target', type: 'decimal', label: words('Cible', 'Target', 'Obiettivo') },
  { id: 'by', type: 'date', label: words('Échéance', 'By', 'Scadenza') },
];
