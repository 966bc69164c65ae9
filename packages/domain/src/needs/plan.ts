import { FUNDING_COLUMNS } from '../fields/common.ts';
import type { Section } from '../fields/types.ts';
import { option, words } from '../fields/words.ts';

/** Sections 14 to 16: with whom, by when, with what money, and what is asked now. */
export const PLAN_SECTIONS: readonly Section[] = [
  {
    id: 'joint-buying',
    label: words(
      'Acheteurs intéressés et achat groupé',
      'Interested buyers and joint buying',
      'Acquirenti interessati e acquisto congiunto',
    ),
    prompt: words(
      'Qui d’autre a le même besoin, dans la région ou de l’autre côté de la frontière ? Un volume commun rend le marché visible et intéresse les fournisseurs.',
      'Who else has the same need, in the region or across the border? A common volume makes the market visible and interests suppliers.',
      'Chi altro ha lo stesso fabbisogno, nella regione o oltre frontiera? Un volume comune rende visibile il mercato e interessa i fornitori.',
    ),
    fields: [
      {
        id: 'buyers',
        type: 'rows',
        label: words('Acheteurs', 'Buyers', 'Acquirenti'),
        columns: [
          { id: 'organisation', type: 'organisation', label: words('Organisme', 'Organisation', 'Ente') },
          { id: 'volume', type: 'quantity', label: words('Volume', 'Volume', 'Volume') },
          { id: 'date', type: 'date', label: words('Besoin pour le', 'Needed on', 'Necessario per il') },
          { id: 'crossBorder', type: 'boolean', label: words('Transfrontalier', 'Cross-border', 'Transfrontaliero') },
        ],
      },
    ],
  },
  {
    id: 'timing',
    label: words('Calendrier et budget', 'Timing and budget', 'Calendario e bilancio'),
    prompt: words(
      'Pour quand faut-il un service en fonctionnement, et qu’est-ce qui impose cette date ? Une fourchette assumée aide le marché ; un budget caché le fait fuir.',
      'By when must a service be running, and what imposes that date? An honest range helps the market; a hidden budget scares it away.',
      'Entro quando il servizio deve funzionare, e che cosa impone tale data? Una forbice dichiarata aiuta il mercato; un bilancio nascosto lo allontana.',
    ),
    fields: [
      {
        id: 'neededBy',
        type: 'date',
        required: true,
        label: words('En service pour le', 'In service by', 'In servizio entro il'),
      },
      {
        id: 'budget',
        type: 'money-range',
        required: true,
        label: words('Enveloppe HT (de – à)', 'Budget excl. VAT (from – to)', 'Importo IVA esclusa (da – a)'),
        help: words(
          'Valeur de l’ensemble du besoin, sans le découper.',
          'Value of the whole need, without splitting it.',
          'Valore dell’intero fabbisogno, senza frazionarlo.',
        ),
      },
      {
        id: 'funding',
        type: 'rows',
        label: words('Financements', 'Funding', 'Finanziamenti'),
        columns: FUNDING_COLUMNS,
      },
    ],
  },
  {
    id: 'next-step',
    label: words('Suite demandée', 'Next step requested', 'Passo successivo richiesto'),
    prompt: words(
      'Que demandez-vous à la gouvernance, et que ferez-vous de sa réponse ? Indiquez ce qui est déjà fait et ce qui reste incertain.',
      'What do you ask of the governance, and what will you do with its answer? Say what is already done and what remains uncertain.',
      'Che cosa chiede alla governance, e che cosa farà della sua risposta? Indichi ciò che è già fatto e ciò che resta incerto.',
    ),
    fields: [
      {
        id: 'requested',
        type: 'choice',
        required: true,
        label: words('Demande', 'Request', 'Richiesta'),
        options: [
          option('study-opportunity', 'Étude d’opportunité', 'Opportunity study', 'Studio di opportunità'),
          option('study-feasibility', 'Étude de faisabilité', 'Feasibility study', 'Studio di fattibilità'),
          option('legal-assistance', 'Assistance juridique', 'Legal assistance', 'Assistenza legale'),
          option(
            'consultation',
            'Consultation préalable du marché',
            'Preliminary market consultation',
            'Consultazione preliminare di mercato',
          ),
          option(
            'procedure-advice',
            'Conseil sur la procédure',
            'Advice on the procedure',
            'Consulenza sulla procedura',
          ),
          option('none', 'Aucune pour l’instant', 'None for now', 'Nessuna per ora'),
        ],
      },
    ],
  },
];
