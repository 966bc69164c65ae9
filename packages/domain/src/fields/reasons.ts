import type { Localised } from '@concert/contract';
import { words } from './words.ts';

/** Why a value does not fit its field, in the words of the form. The keys are stable. */
export const INVALID_REASONS = {
  'not-text': words('Ce n’est pas un texte.', 'This is not text.', 'Non è un testo.'),
  'too-long': words('Trop long.', 'Too long.', 'Troppo lungo.'),
  'not-an-option': words(
    'Choisissez une valeur de la liste.',
    'Choose a value from the list.',
    'Scelga un valore dell’elenco.',
  ),
  'not-a-boolean': words('Répondez par oui ou par non.', 'Answer yes or no.', 'Risponda sì o no.'),
  'not-an-integer': words('Entrez un nombre entier.', 'Enter a whole number.', 'Inserisca un numero intero.'),
  'out-of-range': words('Hors des limites admises.', 'Outside the allowed range.', 'Fuori dai limiti ammessi.'),
  'not-a-decimal': words('Entrez un nombre.', 'Enter a number.', 'Inserisca un numero.'),
  'not-a-date': words('Entrez une date du calendrier.', 'Enter a calendar date.', 'Inserisca una data del calendario.'),
  'not-money': words(
    'Entrez un montant positif, avec deux décimales au plus, et sa devise.',
    'Enter a positive amount with at most two decimals, and its currency.',
    'Inserisca un importo positivo, con al massimo due decimali, e la sua valuta.',
  ),
  'min-above-max': words(
    'Le minimum dépasse le maximum.',
    'The minimum is above the maximum.',
    'Il minimo supera il massimo.',
  ),
  'not-a-quantity': words(
    'Entrez un nombre et son unité.',
    'Enter a number and its unit.',
    'Inserisca un numero e la sua unità.',
  ),
  'not-a-list': words('Une liste était attendue.', 'A list was expected.', 'Era atteso un elenco.'),
  'too-many': words('Trop d’éléments.', 'Too many items.', 'Troppi elementi.'),
  'unknown-code': words('Ce code n’existe pas.', 'There is no such code.', 'Questo codice non esiste.'),
  'not-an-id': words('Référence illisible.', 'Unreadable reference.', 'Riferimento illeggibile.'),
  'not-an-address': words(
    'Entrez une adresse complète, commençant par https://.',
    'Enter a full address that begins with https://.',
    'Inserisca un indirizzo completo, che inizi con https://.',
  ),
  'not-a-row': words('Ligne illisible.', 'Unreadable row.', 'Riga illeggibile.'),
} as const satisfies Readonly<Record<string, Localised>>;

export type InvalidReason = keyof typeof INVALID_REASONS;

export const isInvalidReason = (reason: string): reason is InvalidReason => Object.hasOwn(INVALID_REASONS, reason);
