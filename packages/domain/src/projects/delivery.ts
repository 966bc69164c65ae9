import { DPIA_STATES, FUNDING_COLUMNS, MEASURE_COLUMNS, RESULTS_OWNERS, RISK_COLUMNS } from '../fields/common.ts';
import type { Option, Section } from '../fields/types.ts';
import { option, words } from '../fields/words.ts';

/** Codes of the EU list `procurement-procedure-type` where it has one; `pcp`, `mapa` and `direct` are national or outside the Directive. */
const PROCEDURES: readonly Option[] = [
  option('open', 'Appel d’offres ouvert', 'Open procedure', 'Procedura aperta'),
  option('restricted', 'Appel d’offres restreint', 'Restricted procedure', 'Procedura ristretta'),
  option(
    'neg-w-call',
    'Procédure avec négociation',
    'Competitive procedure with negotiation',
    'Procedura competitiva con negoziazione',
  ),
  option('comp-dial', 'Dialogue compétitif', 'Competitive dialogue', 'Dialogo competitivo'),
  option('innovation', 'Partenariat d’innovation', 'Innovation partnership', 'Partenariato per l’innovazione'),
  option(
    'neg-wo-call',
    'Marché sans publicité ni mise en concurrence',
    'Negotiated without publication',
    'Procedura negoziata senza pubblicazione',
  ),
  option('pcp', 'Achat public avant commercialisation', 'Pre-commercial procurement', 'Appalto pre-commerciale'),
  option('mapa', 'Procédure adaptée (MAPA)', 'Adapted procedure', 'Procedura adattata'),
  option(
    'direct',
    'Achat de gré à gré sous les seuils',
    'Direct award below thresholds',
    'Affidamento diretto sotto soglia',
  ),
];

/** How the project will be bought, paid, steered and decided. */
export const DELIVERY_SECTIONS: readonly Section[] = [
  {
    id: 'procedure',
    label: words('Options de procédure', 'Procedure options', 'Opzioni di procedura'),
    prompt: words(
      'Comparez au moins deux voies et dites pourquoi l’une est préférée. À faire relire par la cellule juridique : ceci est une information, pas un avis de droit.',
      'Compare at least two routes and say why one is preferred. Have the legal cell read it: this is information, not legal advice.',
      'Confronti almeno due vie e dica perché una è preferita. Faccia rileggere dalla cellula legale: queste sono informazioni, non una consulenza legale.',
    ),
    fields: [
      {
        id: 'procedureOptions',
        type: 'rows',
        required: true,
        label: words('Procédures envisagées', 'Procedures considered', 'Procedure considerate'),
        columns: [
          { id: 'procedure', type: 'choice', options: PROCEDURES, label: words('Procédure', 'Procedure', 'Procedura') },
          { id: 'reason', type: 'text', maxLength: 1000, label: words('Motif', 'Reason', 'Motivo') },
          { id: 'preferred', type: 'boolean', label: words('Préférée', 'Preferred', 'Preferita') },
        ],
      },
    ],
  },
  {
    id: 'ipr-data-state-aid',
    label: words(
      'Propriété intellectuelle, données, aides d’État',
      'Intellectual property, data, State aid',
      'Proprietà intellettuale, dati, aiuti di Stato',
    ),
    prompt: words(
      'Dites qui possédera les résultats, quelles données circulent, et pourquoi le prix payé reste celui du marché : c’est ce qui écarte l’aide d’État.',
      'Say who will own the results, which data flow, and why the price paid remains a market price: that is what rules out State aid.',
      'Dica chi possiederà i risultati, quali dati circolano e perché il prezzo pagato resta di mercato: è ciò che esclude l’aiuto di Stato.',
    ),
    fields: [
      {
        id: 'resultsOwner',
        type: 'choice',
        required: true,
        options: RESULTS_OWNERS,
        label: words('Propriété des résultats', 'Ownership of results', 'Proprietà dei risultati'),
      },
      {
        id: 'stateAid',
        type: 'long-text',
        label: words('Position sur les aides d’État', 'State aid position', 'Posizione sugli aiuti di Stato'),
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
    ],
  },
  {
    id: 'budget',
    label: words('Budget et plan de financement', 'Budget and funding plan', 'Bilancio e piano di finanziamento'),
    prompt: words(
      'Comptez tout ce que le projet coûtera jusqu’à la mise en service, temps interne compris, et ce qui est déjà acquis de ses financements.',
      'Count everything the project will cost until it is in service, internal time included, and what of its funding is already secured.',
      'Conti tutto ciò che il progetto costerà fino alla messa in servizio, tempo interno compreso, e quanto del finanziamento è già acquisito.',
    ),
    fields: [
      {
        id: 'budget',
        type: 'money-range',
        required: true,
        label: words('Enveloppe HT (de – à)', 'Budget excl. VAT (from – to)', 'Importo IVA esclusa (da – a)'),
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
    id: 'schedule',
    label: words('Calendrier et jalons', 'Schedule and gates', 'Calendario e tappe'),
    prompt: words(
      'À chaque jalon, quelle question tranche-t-on, sur quelle preuve, et que fait-on si la réponse est non ?',
      'At each gate, which question is decided, on what evidence, and what happens if the answer is no?',
      'A ogni tappa, quale questione si decide, su quale prova, e che cosa si fa se la risposta è no?',
    ),
    fields: [
      {
        id: 'gates',
        type: 'rows',
        required: true,
        label: words('Jalons', 'Gates', 'Tappe'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Jalon', 'Gate', 'Tappa') },
          { id: 'date', type: 'date', label: words('Date', 'Date', 'Data') },
          {
            id: 'criterion',
            type: 'text',
            maxLength: 1000,
            label: words('Critère de passage', 'Criterion to pass', 'Criterio di passaggio'),
          },
        ],
      },
    ],
  },
  {
    id: 'risks',
    label: words('Risques', 'Risks', 'Rischi'),
    prompt: words(
      'Reprenez les risques du besoin et ajoutez ceux du projet : délais, concurrence, montée en charge, dépendance à un fournisseur.',
      'Take up the risks of the need and add those of the project: delays, competition, scaling up, dependence on one supplier.',
      'Riprenda i rischi del fabbisogno e aggiunga quelli del progetto: ritardi, concorrenza, crescita di scala, dipendenza da un fornitore.',
    ),
    fields: [
      {
        id: 'risks',
        type: 'rows',
        required: true,
        label: words('Registre des risques', 'Risk register', 'Registro dei rischi'),
        columns: RISK_COLUMNS,
      },
    ],
  },
  {
    id: 'kpis',
    label: words('Indicateurs de réussite', 'Success indicators', 'Indicatori di riuscita'),
    prompt: words(
      'Choisissez peu d’indicateurs, mesurables sans effort, et dites qui les relèvera un an après la mise en service.',
      'Choose few indicators that can be measured without effort, and say who will read them a year after the start of service.',
      'Scelga pochi indicatori, misurabili senza sforzo, e dica chi li rileverà un anno dopo la messa in servizio.',
    ),
    fields: [
      {
        id: 'kpis',
        type: 'rows',
        required: true,
        label: words('Indicateurs', 'Indicators', 'Indicatori'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Indicateur', 'Indicator', 'Indicatore') },
          ...MEASURE_COLUMNS,
        ],
      },
    ],
  },
  {
    id: 'decisions',
    label: words('Décisions demandées', 'Decisions asked', 'Decisioni richieste'),
    prompt: words(
      'Rédigez chaque décision comme elle figurera au procès-verbal, avec l’instance qui la prend et la date utile.',
      'Word each decision as it will stand in the minutes, with the body that takes it and the date by which it is useful.',
      'Formuli ogni decisione come figurerà a verbale, con l’organo che la prende e la data utile.',
    ),
    fields: [
      {
        id: 'decisionsAsked',
        type: 'rows',
        required: true,
        label: words('Décisions', 'Decisions', 'Decisioni'),
        columns: [
          { id: 'text', type: 'text', maxLength: 1000, label: words('Décision', 'Decision', 'Decisione') },
          { id: 'body', type: 'text', maxLength: 200, label: words('Instance', 'Body', 'Organo') },
          { id: 'by', type: 'date', label: words('Avant le', 'By', 'Entro il') },
        ],
      },
    ],
  },
];
