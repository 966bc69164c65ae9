import { MEASURE_COLUMNS } from '../fields/common.ts';
import type { Section } from '../fields/types.ts';
import { option, words } from '../fields/words.ts';

/** Sections 1 to 5: who has the need, what it is, and how things are today. */
export const PROBLEM_SECTIONS: readonly Section[] = [
  {
    id: 'identity',
    label: words('Identité', 'Identity', 'Identità'),
    prompt: words(
      'Résumez le besoin en trois phrases qu’un élu comprendrait : qui ne peut pas faire quoi aujourd’hui, et ce que cela changerait.',
      'Sum up the need in three sentences an elected member would understand: who cannot do what today, and what would change.',
      'Riassuma il fabbisogno in tre frasi comprensibili a un amministratore: chi oggi non riesce a fare che cosa, e che cosa cambierebbe.',
    ),
    fields: [
      {
        id: 'title',
        type: 'text',
        maxLength: 300,
        required: true,
        label: words('Titre', 'Title', 'Titolo'),
        help: words(
          'Nommez le résultat attendu plutôt qu’un produit : « Réduire l’attente aux urgences », pas « Logiciel de tri ».',
          'Name the result you expect rather than a product: “Shorter waits in emergency care”, not “Triage software”.',
          'Indichi il risultato atteso e non un prodotto: «Ridurre l’attesa al pronto soccorso», non «Software di triage».',
        ),
      },
      {
        id: 'owner',
        type: 'organisation',
        required: true,
        label: words('Organisme porteur', 'Owner organisation', 'Ente titolare'),
        help: words(
          'L’acheteur qui porte le besoin et répondra aux questions.',
          'The buyer who owns the need and will answer questions about it.',
          'L’acquirente che è titolare del fabbisogno e risponderà alle domande.',
        ),
      },
      {
        id: 'territories',
        type: 'codes',
        list: 'territories',
        required: true,
        label: words('Territoires', 'Territories', 'Territori'),
        help: words(
          'Là où le besoin se fait sentir, pas seulement le siège de l’organisme.',
          'Where the need is felt, not only where the organisation has its seat.',
          'Dove il fabbisogno si manifesta, non solo la sede dell’ente.',
        ),
      },
      {
        id: 'domains',
        type: 'codes',
        list: 'ris3',
        required: true,
        label: words(
          'Domaines de spécialisation intelligente',
          'Smart specialisation domains',
          'Ambiti di specializzazione intelligente',
        ),
        help: words(
          'Un ou deux suffisent : ils ouvrent l’accès aux fonds européens pour l’innovation.',
          'One or two are enough: they open the way to European innovation funding.',
          'Uno o due bastano: aprono l’accesso ai fondi europei per l’innovazione.',
        ),
      },
      {
        id: 'cpv',
        type: 'codes',
        list: 'cpv',
        label: words('Codes CPV', 'CPV codes', 'Codici CPV'),
        help: words(
          'Restez au niveau de la division tant que la solution est ouverte.',
          'Stay at the level of divisions while the solution is still open.',
          'Resti al livello delle divisioni finché la soluzione è aperta.',
        ),
      },
    ],
  },
  {
    id: 'context',
    label: words('Problème et contexte', 'Problem and context', 'Problema e contesto'),
    prompt: words(
      'Décrivez la situation qui pose problème, ses causes connues et ce qui se passera si rien ne change. Donnez des faits datés : incidents, délais, réclamations, obligations à venir.',
      'Describe the situation that causes trouble, its known causes and what happens if nothing changes. Give dated facts: incidents, delays, complaints, coming obligations.',
      'Descriva la situazione problematica, le cause note e che cosa accadrà se nulla cambia. Fornisca fatti datati: incidenti, ritardi, reclami, obblighi in arrivo.',
    ),
    fields: [
      {
        id: 'trigger',
        type: 'choice',
        required: true,
        label: words('Élément déclencheur', 'Trigger', 'Fattore scatenante'),
        options: [
          option(
            'service-problem',
            'Difficulté dans le service rendu',
            'Problem in service delivery',
            'Difficoltà nel servizio reso',
          ),
          option(
            'future-quality',
            'Qualité ou efficacité à venir',
            'Future quality or efficiency',
            'Qualità o efficienza future',
          ),
          option('policy', 'Objectif de politique publique', 'Policy objective', 'Obiettivo di politica pubblica'),
          option('legal', 'Obligation légale', 'Legal requirement', 'Obbligo di legge'),
        ],
      },
      {
        id: 'policyLinks',
        type: 'rows',
        label: words(
          'Politiques et textes de référence',
          'Policies and reference texts',
          'Politiche e testi di riferimento',
        ),
        columns: [
          { id: 'label', type: 'text', maxLength: 300, label: words('Intitulé', 'Name', 'Denominazione') },
          { id: 'url', type: 'url', label: words('Adresse', 'Address', 'Indirizzo') },
        ],
      },
      {
        id: 'currentService',
        type: 'long-text',
        label: words('Service actuel', 'Current service', 'Servizio attuale'),
        help: words(
          'Le service rendu aujourd’hui, vu par ses usagers et par ses agents.',
          'The service as it is given today, seen by its users and by its staff.',
          'Il servizio reso oggi, visto dagli utenti e dal personale.',
        ),
      },
      {
        id: 'volumePerYear',
        type: 'quantity',
        label: words('Volume par an', 'Volume per year', 'Volume annuo'),
        help: words(
          'Nombre d’actes, de trajets, de repas… : l’ordre de grandeur suffit.',
          'Number of acts, journeys, meals…: the order of magnitude is enough.',
          'Numero di atti, viaggi, pasti…: basta l’ordine di grandezza.',
        ),
      },
    ],
  },
  {
    id: 'users',
    label: words('Bénéficiaires et utilisateurs', 'Beneficiaries and users', 'Beneficiari e utenti'),
    prompt: words(
      'Racontez une journée de chaque groupe concerné : ce qui l’entrave, ce qu’il a déjà essayé. Rapportez ses propres mots plutôt que ceux du service.',
      'Tell a day in the life of each group: what gets in their way, what they have already tried. Use their own words rather than the department’s.',
      'Racconti la giornata di ciascun gruppo: che cosa lo ostacola, che cosa ha già provato. Riporti le sue parole e non quelle dell’ufficio.',
    ),
    fields: [
      {
        id: 'groups',
        type: 'rows',
        required: true,
        label: words('Groupes concernés', 'Groups concerned', 'Gruppi interessati'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Groupe', 'Group', 'Gruppo') },
          {
            id: 'kind',
            type: 'choice',
            label: words('Qualité', 'Kind', 'Qualità'),
            options: [
              option('user', 'Usagers', 'Service users', 'Utenti'),
              option('staff', 'Agents', 'Staff', 'Personale'),
              option('citizen', 'Habitants', 'Citizens', 'Cittadini'),
            ],
          },
          { id: 'people', type: 'integer', min: 0, label: words('Personnes', 'People', 'Persone') },
          {
            id: 'consultedHow',
            type: 'text',
            maxLength: 500,
            label: words('Consultés comment', 'Consulted how', 'Consultati come'),
            help: words(
              'Atelier, entretiens, enquête, observation… et la date.',
              'Workshop, interviews, survey, observation… and the date.',
              'Laboratorio, interviste, indagine, osservazione… e la data.',
            ),
          },
        ],
      },
    ],
  },
  {
    id: 'outcomes',
    label: words(
      'Besoin fonctionnel : résultats attendus',
      'Functional need: outcomes',
      'Fabbisogno funzionale: risultati attesi',
    ),
    prompt: words(
      'Écrivez ce que chacun doit pouvoir faire, pas la technologie pour y parvenir : « [qui] doit pouvoir [faire quoi], mesuré par [indicateur], de [aujourd’hui] à [cible], d’ici [date] ». Ni marque, ni produit, ni procédé.',
      'Write what people must be able to do, not the technology to get there: “[who] must be able to [do what], measured by [metric], from [today] to [target], by [date]”. No brand, no product, no process.',
      'Scriva che cosa ciascuno deve poter fare, non la tecnologia per riuscirci: «[chi] deve poter [fare che cosa], misurato da [indicatore], da [oggi] a [obiettivo], entro [data]». Nessuna marca, nessun prodotto, nessun procedimento.',
    ),
    fields: [
      {
        id: 'outcomes',
        type: 'rows',
        required: true,
        label: words('Résultats attendus', 'Outcomes', 'Risultati attesi'),
        help: words(
          'Trois à six résultats : au-delà, distinguez les besoins.',
          'Three to six outcomes: beyond that, split the need.',
          'Da tre a sei risultati: oltre, distingua più fabbisogni.',
        ),
        columns: [
          { id: 'outcome', type: 'long-text', label: words('Résultat', 'Outcome', 'Risultato') },
          { id: 'metric', type: 'text', maxLength: 200, label: words('Indicateur', 'Metric', 'Indicatore') },
          ...MEASURE_COLUMNS,
          {
            id: 'priority',
            type: 'choice',
            label: words('Priorité', 'Priority', 'Priorità'),
            options: [
              option('must', 'Indispensable', 'Must', 'Indispensabile'),
              option('should', 'Souhaitable', 'Should', 'Auspicabile'),
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'today',
    label: words('Solution actuelle et son coût', 'Current solution and its cost', 'Soluzione attuale e suo costo'),
    prompt: words(
      'Expliquez comment on fait aujourd’hui, avec quels contrats et quels contournements. Un coût même approché vaut mieux qu’un blanc : dites comment il est estimé.',
      'Explain how it is done today, with which contracts and which workarounds. Even a rough cost beats a blank: say how it is estimated.',
      'Spieghi come si fa oggi, con quali contratti e quali espedienti. Un costo approssimato vale più di uno spazio vuoto: dica come è stimato.',
    ),
    fields: [
      {
        id: 'currentSolution',
        type: 'long-text',
        label: words('Solution en place', 'Solution in place', 'Soluzione in uso'),
      },
      {
        id: 'contractEnds',
        type: 'date',
        label: words('Fin du contrat en cours', 'Current contract ends', 'Scadenza del contratto in corso'),
        help: words(
          'Elle fixe souvent le vrai calendrier du besoin.',
          'It often sets the real calendar of the need.',
          'Spesso determina il vero calendario del fabbisogno.',
        ),
      },
      {
        id: 'yearlyCost',
        type: 'money',
        label: words('Coût annuel HT', 'Yearly cost excl. VAT', 'Costo annuo IVA esclusa'),
        help: words(
          'Contrats, temps des agents et conséquences des défauts compris.',
          'Contracts, staff time and the consequences of failures included.',
          'Compresi contratti, tempo del personale e conseguenze dei difetti.',
        ),
      },
      {
        id: 'pains',
        type: 'rows',
        label: words('Points de douleur', 'Pain points', 'Punti critici'),
        columns: [
          { id: 'text', type: 'text', maxLength: 500, label: words('Difficulté', 'Difficulty', 'Difficoltà') },
          {
            id: 'severity',
            type: 'integer',
            min: 1,
            max: 5,
            label: words('Gravité (1 à 5)', 'Severity (1 to 5)', 'Gravità (da 1 a 5)'),
          },
        ],
      },
    ],
  },
];
