import { sittingIt } from './sitting/messages.it.ts';
import { agendaIt } from './texts/agenda.it.ts';
import { minutesIt } from './texts/minutes.it.ts';
import { peopleIt } from './texts/people.it.ts';
import { planIt } from './texts/plan.it.ts';
import { problemsIt } from './texts/problems.it.ts';

export const it = { ...planIt, ...agendaIt, ...peopleIt, ...minutesIt, ...problemsIt, ...sittingIt } as const;
