import type { Localised } from '@concert/contract';

/** The strategies a domain can belong to; a region rewrites its list every few years. */
export type Ris3Strategy = 'rhone-alpes-2014' | 'auvergne-2014' | 'auvergne-rhone-alpes-2017';

/**
 * A smart-specialisation domain: a priority area of one strategy. Dates are ISO calendar days, both inclusive;
 * `validTo` is absent while no end is known. `mapsTo` names the domains of a later strategy that took it over.
 * `verified` is false where the wording could not be checked against the official text.
 */
export type Ris3Domain = {
  readonly code: string;
  readonly strategy: Ris3Strategy;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly mapsTo: readonly string[];
  readonly label: Localised;
  readonly verified: boolean;
};

const period2014 = { validFrom: '2014-01-01', validTo: '2020-12-31', verified: true } as const;
const rhoneAlpes = { strategy: 'rhone-alpes-2014', ...period2014 } as const;
const auvergne = { strategy: 'auvergne-2014', ...period2014 } as const;
const excellence = {
  strategy: 'auvergne-rhone-alpes-2017',
  validFrom: '2017-01-01',
  mapsTo: [],
  verified: false,
} as const;

/** A table and not a closed type: lists of domains change with each strategy, records keep the codes they were given. */
export const RIS3_DOMAINS: readonly Ris3Domain[] = [
  {
    code: 'RA1',
    ...rhoneAlpes,
    mapsTo: ['ED4'],
    label: {
      fr: 'Santé personnalisée et maladies infectieuses et chroniques',
      en: 'Personalised health, infectious and chronic diseases',
      it: 'Salute personalizzata, malattie infettive e croniche',
    },
  },
  {
    code: 'RA2',
    ...rhoneAlpes,
    mapsTo: ['ED1'],
    label: {
      fr: 'Procédés industriels et usine éco-efficiente',
      en: 'Industrial processes, eco-efficient factory',
      it: 'Processi industriali e fabbrica ecoefficiente',
    },
  },
  {
    code: 'RA3',
    ...rhoneAlpes,
    mapsTo: ['ED6'],
    label: {
      fr: 'Réseaux et stockages énergétiques',
      en: 'Grids and energy storage',
      it: 'Reti e accumulo di energia',
    },
  },
  {
    code: 'RA4',
    ...rhoneAlpes,
    mapsTo: ['ED2'],
    label: {
      fr: 'Bâtiment intelligent à haute efficacité énergétique',
      en: 'Smart energy-efficient building',
      it: 'Edificio intelligente ad alta efficienza energetica',
    },
  },
  {
    code: 'RA5',
    ...rhoneAlpes,
    mapsTo: ['ED7'],
    label: {
      fr: 'Usages, technologies et systèmes de mobilité intelligents',
      en: 'Smart mobility',
      it: 'Usi, tecnologie e sistemi di mobilità intelligente',
    },
  },
  {
    code: 'RA6',
    ...rhoneAlpes,
    mapsTo: ['ED3'],
    label: {
      fr: 'Technologies numériques et systèmes bienveillants',
      en: 'Digital technologies and user-friendly systems',
      it: 'Tecnologie digitali e sistemi a misura di utente',
    },
  },
  {
    code: 'RA7',
    ...rhoneAlpes,
    mapsTo: ['ED8'],
    label: {
      fr: 'Sports, sécurité et infrastructures en montagne',
      en: 'Mountain sports, safety, infrastructure',
      it: 'Sport, sicurezza e infrastrutture in montagna',
    },
  },
  {
    code: 'AU1',
    ...auvergne,
    mapsTo: ['ED4'],
    label: {
      fr: 'Prévention-santé et confort de vie des patients',
      en: 'Health prevention, comfort of life',
      it: 'Prevenzione sanitaria e qualità di vita dei pazienti',
    },
  },
  {
    code: 'AU2',
    ...auvergne,
    mapsTo: ['ED5'],
    label: {
      fr: 'Espaces agricoles durables',
      en: 'Sustainable agricultural areas',
      it: 'Spazi agricoli sostenibili',
    },
  },
  {
    code: 'AU3',
    ...auvergne,
    mapsTo: ['ED2', 'ED8'],
    label: {
      fr: 'Espaces de vie durables',
      en: 'Sustainable living areas',
      it: 'Spazi di vita sostenibili',
    },
  },
  {
    code: 'AU4',
    ...auvergne,
    mapsTo: ['ED3'],
    label: {
      fr: 'Traçabilité physique et numérique',
      en: 'Physical and digital traceability',
      it: 'Tracciabilità fisica e digitale',
    },
  },
  {
    code: 'AU5',
    ...auvergne,
    verified: false,
    mapsTo: ['ED1'],
    label: { fr: 'Systèmes industriels', en: 'Industrial systems', it: 'Sistemi industriali' },
  },
  {
    code: 'ED1',
    ...excellence,
    label: { fr: 'Industrie du futur', en: 'Industry of the future', it: 'Industria del futuro' },
  },
  { code: 'ED2', ...excellence, label: { fr: 'Bâtiment', en: 'Building', it: 'Edilizia' } },
  { code: 'ED3', ...excellence, label: { fr: 'Numérique', en: 'Digital', it: 'Digitale' } },
  { code: 'ED4', ...excellence, label: { fr: 'Santé', en: 'Health', it: 'Salute' } },
  {
    code: 'ED5',
    ...excellence,
    label: {
      fr: 'Agriculture, agroalimentaire, forêt',
      en: 'Agriculture, food, forest',
      it: 'Agricoltura, agroalimentare, foreste',
    },
  },
  { code: 'ED6', ...excellence, label: { fr: 'Énergie', en: 'Energy', it: 'Energia' } },
  { code: 'ED7', ...excellence, label: { fr: 'Mobilité', en: 'Mobility', it: 'Mobilità' } },
  {
    code: 'ED8',
    ...excellence,
    label: { fr: 'Sport, montagne et tourisme', en: 'Sport, mountain and tourism', it: 'Sport, montagna e turismo' },
  },
];
