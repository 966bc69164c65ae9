import type { Kind } from '../fields/types.ts';
import { words } from '../fields/words.ts';
import { DELIVERY_SECTIONS } from './delivery.ts';
import { DIRECTION_SECTIONS } from './direction.ts';

/** The project brief: what a steering committee needs in order to commit money to a need. */
export const projectBrief: Kind<'project-brief'> = {
  kind: 'project-brief',
  label: words('Fiche projet', 'Project brief', 'Scheda progetto'),
  description: words(
    'Un projet d’achat innovant : objectifs, périmètre, procédure, budget, jalons et décisions demandées.',
    'An innovative purchase as a project: objectives, scope, procedure, budget, gates and decisions asked.',
    'Un acquisto innovativo come progetto: obiettivi, perimetro, procedura, bilancio, tappe e decisioni richieste.',
  ),
  sections: [...DIRECTION_SECTIONS, ...DELIVERY_SECTIONS],
};
