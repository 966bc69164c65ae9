import type { Localised } from '@concert/contract';

/**
 * A territory a record can be about: a department of the region, the Lyon Metropolis, or a neighbour across a border.
 * `code` is what records store. `insee` is absent abroad. `department` is the department whose outline holds it on a
 * map: the Rhône and the Lyon Metropolis share that of department 69, and their figures add up to it.
 */
export type Territory = {
  readonly code: string;
  readonly kind: 'department' | 'metropolis' | 'neighbour';
  readonly insee?: string;
  readonly department?: string;
  readonly nuts3: string;
  readonly label: Localised;
  readonly mainTown: string;
};

const same = (name: string): Localised => ({ fr: name, en: name, it: name });

const department = (code: string, nuts3: string, label: Localised, mainTown: string): Territory => ({
  code,
  kind: 'department',
  insee: code,
  department: code,
  nuts3,
  label,
  mainTown,
});

const neighbour = (nuts3: string, label: Localised, mainTown: string): Territory => ({
  code: nuts3,
  kind: 'neighbour',
  nuts3,
  label,
  mainTown,
});

export const TERRITORIES: readonly Territory[] = [
  department('01', 'FRK21', same('Ain'), 'Bourg-en-Bresse'),
  department('03', 'FRK11', same('Allier'), 'Moulins'),
  department('07', 'FRK22', same('Ardèche'), 'Privas'),
  department('15', 'FRK12', same('Cantal'), 'Aurillac'),
  department('26', 'FRK23', same('Drôme'), 'Valence'),
  department('38', 'FRK24', same('Isère'), 'Grenoble'),
  department('42', 'FRK25', { fr: 'Loire', en: 'Loire', it: 'Loira' }, 'Saint-Étienne'),
  department('43', 'FRK13', { fr: 'Haute-Loire', en: 'Haute-Loire', it: 'Alta Loira' }, 'Le Puy-en-Velay'),
  department('63', 'FRK14', same('Puy-de-Dôme'), 'Clermont-Ferrand'),
  {
    ...department('69', 'FRK26', { fr: 'Rhône', en: 'Rhône', it: 'Rodano' }, 'Lyon'),
    insee: '69D',
  },
  {
    code: '69M',
    kind: 'metropolis',
    insee: '69M',
    department: '69',
    nuts3: 'FRK26',
    label: { fr: 'Métropole de Lyon', en: 'Lyon Metropolis', it: 'Metropoli di Lione' },
    mainTown: 'Lyon',
  },
  department('73', 'FRK27', { fr: 'Savoie', en: 'Savoie', it: 'Savoia' }, 'Chambéry'),
  department('74', 'FRK28', { fr: 'Haute-Savoie', en: 'Haute-Savoie', it: 'Alta Savoia' }, 'Annecy'),
  neighbour('ITC11', { fr: 'Turin', en: 'Turin', it: 'Torino' }, 'Torino'),
  neighbour('ITC20', { fr: 'Vallée d’Aoste', en: 'Aosta Valley', it: 'Valle d’Aosta' }, 'Aosta'),
  neighbour('CH013', { fr: 'Genève', en: 'Geneva', it: 'Ginevra' }, 'Genève'),
  neighbour('FRL02', { fr: 'Hautes-Alpes', en: 'Hautes-Alpes', it: 'Alte Alpi' }, 'Gap'),
];
