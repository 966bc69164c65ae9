import { sittingFr } from './sitting/messages.fr.ts';
import { agendaFr } from './texts/agenda.fr.ts';
import { minutesFr } from './texts/minutes.fr.ts';
import { peopleFr } from './texts/people.fr.ts';
import { planFr } from './texts/plan.fr.ts';
import { problemsFr } from './texts/problems.fr.ts';

export const fr = { ...planFr, ...agendaFr, ...peopleFr, ...minutesFr, ...problemsFr, ...sittingFr } as const;
