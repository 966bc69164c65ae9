import type { Kind } from '../fields/types.ts';
import { words } from '../fields/words.ts';
import { CONDITION_SECTIONS } from './conditions.ts';
import { PLAN_SECTIONS } from './plan.ts';
import { PROBLEM_SECTIONS } from './problem.ts';
import { SUPPLY_SECTIONS } from './supply.ts';
import { VALUE_SECTIONS } from './value.ts';

/**
 * The needs assessment: sixteen sections in the order of the work, from the problem to the request, after the steps of
 * the European Assistance for Innovation Procurement. Its authors are not asked for: who wrote is known.
 */
export const needsAssessment: Kind<'needs-assessment'> = {
  kind: 'needs-assessment',
  label: words('Fiche de besoin', 'Needs assessment', 'Scheda di fabbisogno'),
  description: words(
    'Un besoin non satisfait, décrit par ses résultats attendus, avec l’état de l’art, le coût et les risques.',
    'An unmet need described by its outcomes, with the state of the art, the cost and the risks.',
    'Un fabbisogno insoddisfatto descritto dai risultati attesi, con lo stato dell’arte, i costi e i rischi.',
  ),
  sections: [...PROBLEM_SECTIONS, ...SUPPLY_SECTIONS, ...VALUE_SECTIONS, ...CONDITION_SECTIONS, ...PLAN_SECTIONS],
};
