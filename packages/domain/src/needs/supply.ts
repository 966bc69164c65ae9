import { EVIDENCE_COLUMNS, MARKET_STATES } from '../fields/common.ts';
import type { Section } from '../fields/types.ts';
import { option, words } from '../fields/words.ts';

/** Sections 6 and 7: what exists, and who could supply it. */
export const SUPPLY_SECTIONS: readonly Section[] = [
  {
    id: 'state-of-the-art',
    label: words(
      'État de l’art et écart avec le marché',
      'State of the art and market gap',
      'Stato dell’arte e scarto rispetto al mercato',
    ),
    prompt: words(
      'Dites où vous avez cherché, ce que vous avez trouvé et, résultat par résultat, ce qui manque encore. C’est la preuve que demandera un partenariat d’innovation : « rien de disponible ne répond au besoin ».',
      'Say where you searched, what you found and, outcome by outcome, what is still missing. This is the proof an innovation partnership will ask for: “nothing available meets the need”.',
      'Dica dove ha cercato, che cosa ha trovato e, risultato per risultato, che cosa manca ancora. È la prova richiesta da un partenariato per l’innovazione: «nulla di disponibile risponde al fabbisogno».',
    ),
    fields: [
      {
        id: 'sources',
        type: 'rows',
        required: true,
        label: words('Sources consultées', 'Sources searched', 'Fonti consultate'),
        columns: EVIDENCE_COLUMNS,
      },
      {
        id: 'solutions',
        type: 'rows',
        label: words('Solutions repérées', 'Solutions found', 'Soluzioni individuate'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Solution', 'Solution', 'Soluzione') },
          { id: 'supplier', type: 'text', maxLength: 200, label: words('Fournisseur', 'Supplier', 'Fornitore') },
          {
            id: 'trl',
            type: 'integer',
            min: 1,
            max: 9,
            label: words('Maturité (TRL 1 à 9)', 'Maturity (TRL 1 to 9)', 'Maturità (TRL da 1 a 9)'),
            help: words(
              '1 : principe observé · 5 : validé en environnement représentatif · 9 : éprouvé en service.',
              '1: principle observed · 5: validated in a relevant environment · 9: proven in operation.',
              '1: principio osservato · 5: convalidato in ambiente rilevante · 9: provato in esercizio.',
            ),
          },
          {
            id: 'gaps',
            type: 'row-refs',
            of: 'outcomes',
            label: words('Résultats non atteints', 'Outcomes not met', 'Risultati non raggiunti'),
          },
        ],
      },
      {
        id: 'marketState',
        type: 'choice',
        required: true,
        options: MARKET_STATES,
        label: words('Conclusion sur le marché', 'Conclusion on the market', 'Conclusione sul mercato'),
      },
    ],
  },
  {
    id: 'market',
    label: words('Maturité du marché', 'Market readiness', 'Maturità del mercato'),
    prompt: words(
      'Qui pourrait répondre, seul ou à plusieurs ? Qu’a appris le sourçage ? Consignez chaque échange : tous les candidats devront avoir reçu la même information.',
      'Who could answer, alone or together? What did the market consultation teach? Record every exchange: all candidates must have had the same information.',
      'Chi potrebbe rispondere, da solo o insieme ad altri? Che cosa ha insegnato la consultazione? Registri ogni scambio: tutti i candidati dovranno aver ricevuto le stesse informazioni.',
    ),
    fields: [
      {
        id: 'suppliers',
        type: 'rows',
        label: words('Fournisseurs connus', 'Known suppliers', 'Fornitori noti'),
        columns: [
          { id: 'organisation', type: 'organisation', label: words('Organisme', 'Organisation', 'Organizzazione') },
          {
            id: 'sme',
            type: 'choice',
            label: words('PME', 'SME', 'PMI'),
            options: [
              option('yes', 'Oui', 'Yes', 'Sì'),
              option('no', 'Non', 'No', 'No'),
              option('unknown', 'Inconnu', 'Unknown', 'Sconosciuto'),
            ],
          },
        ],
      },
      {
        id: 'consultation',
        type: 'url',
        label: words(
          'Consultation préalable du marché',
          'Preliminary market consultation',
          'Consultazione preliminare di mercato',
        ),
        help: words(
          'Adresse de l’avis ou du registre des échanges.',
          'Address of the notice or of the consultation register.',
          'Indirizzo dell’avviso o del registro degli scambi.',
        ),
      },
    ],
  },
];
