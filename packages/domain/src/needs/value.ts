import { RISK_COLUMNS } from '../fields/common.ts';
import type { Field, Section } from '../fields/types.ts';
import { option, words } from '../fields/words.ts';

const perYear = (id: string, fr: string, en: string, it: string): Field => ({
  id,
  type: 'rows',
  label: words(fr, en, it),
  columns: [
    { id: 'year', type: 'integer', min: 1, max: 50, label: words('Année', 'Year', 'Anno') },
    { id: 'money', type: 'money', label: words('Montant HT', 'Amount excl. VAT', 'Importo IVA esclusa') },
  ],
});

/** Sections 8 to 10: what it is worth, what it costs, what could go wrong. */
export const VALUE_SECTIONS: readonly Section[] = [
  {
    id: 'impacts',
    label: words('Impacts attendus', 'Expected impacts', 'Impatti attesi'),
    prompt: words(
      'Pour qui la valeur est-elle créée, et comment le verra-t-on ? Distinguez l’effet sur le service, l’économie, l’environnement, la société et le territoire.',
      'For whom is value created, and how will it show? Tell apart the effect on the service, the economy, the environment, society and the region.',
      'Per chi si crea valore, e come lo si vedrà? Distingua gli effetti sul servizio, sull’economia, sull’ambiente, sulla società e sul territorio.',
    ),
    fields: [
      {
        id: 'impacts',
        type: 'rows',
        label: words('Impacts', 'Impacts', 'Impatti'),
        columns: [
          {
            id: 'kind',
            type: 'choice',
            label: words('Nature', 'Kind', 'Natura'),
            options: [
              option('service', 'Qualité du service', 'Service quality', 'Qualità del servizio'),
              option('economic', 'Économique', 'Economic', 'Economico'),
              option('environmental', 'Environnemental', 'Environmental', 'Ambientale'),
              option('social', 'Social', 'Social', 'Sociale'),
              option('regional', 'Territorial', 'Regional', 'Territoriale'),
            ],
          },
          { id: 'description', type: 'text', maxLength: 1000, label: words('Effet', 'Effect', 'Effetto') },
          {
            id: 'level',
            type: 'integer',
            min: 1,
            max: 5,
            label: words('Intensité (1 à 5)', 'Strength (1 to 5)', 'Intensità (da 1 a 5)'),
          },
        ],
      },
    ],
  },
  {
    id: 'business-case',
    label: words(
      'Analyse économique et coût total',
      'Business case and total cost',
      'Analisi economica e costo totale',
    ),
    prompt: words(
      'Comparez au moins deux options, dont « ne rien faire ». Exposez vos hypothèses : ce sont elles que l’on discutera, plus que le total.',
      'Compare at least two options, one of them “do nothing”. Set out your assumptions: they will be discussed more than the total.',
      'Confronti almeno due opzioni, tra cui «non fare nulla». Esponga le ipotesi: si discuterà di quelle più che del totale.',
    ),
    fields: [
      {
        id: 'years',
        type: 'integer',
        min: 1,
        max: 50,
        label: words('Durée étudiée (années)', 'Period studied (years)', 'Durata considerata (anni)'),
      },
      {
        id: 'discountRate',
        type: 'decimal',
        unit: '%',
        label: words('Taux d’actualisation', 'Discount rate', 'Tasso di sconto'),
        help: words('4 % si rien n’est indiqué.', '4% when nothing is given.', '4 % se non è indicato nulla.'),
      },
      {
        id: 'options',
        type: 'rows',
        label: words('Options comparées', 'Options compared', 'Opzioni a confronto'),
        columns: [
          { id: 'name', type: 'text', maxLength: 200, label: words('Option', 'Option', 'Opzione') },
          { id: 'doNothing', type: 'boolean', label: words('Ne rien faire', 'Do nothing', 'Non fare nulla') },
          { id: 'investment', type: 'money', label: words('Investissement', 'Investment', 'Investimento') },
          perYear('operation', 'Fonctionnement', 'Operation', 'Esercizio'),
          perYear('maintenance', 'Maintenance', 'Maintenance', 'Manutenzione'),
          perYear('transition', 'Transition', 'Transition', 'Transizione'),
          { id: 'endOfLife', type: 'money', label: words('Fin de vie', 'End of life', 'Fine vita') },
          { id: 'residual', type: 'money', label: words('Valeur résiduelle', 'Residual value', 'Valore residuo') },
        ],
      },
    ],
  },
  {
    id: 'risks',
    label: words('Risques', 'Risks', 'Rischi'),
    prompt: words(
      'Innover, c’est choisir ses risques. Pour chacun, dites qui le porte et ce que l’on fera ; n’oubliez pas le risque de ne rien faire.',
      'To innovate is to choose one’s risks. For each, say who bears it and what will be done; do not forget the risk of doing nothing.',
      'Innovare significa scegliere i propri rischi. Per ciascuno dica chi lo sostiene e che cosa si farà; non dimentichi il rischio di non fare nulla.',
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
];
