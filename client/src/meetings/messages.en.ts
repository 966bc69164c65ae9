import { sittingEn } from './sitting/messages.en.ts';
import { agendaEn } from './texts/agenda.en.ts';
import { minutesEn } from './texts/minutes.en.ts';
import { peopleEn } from './texts/people.en.ts';
import { planEn } from './texts/plan.en.ts';
import { problemsEn } from './texts/problems.en.ts';

export const en = { ...planEn, ...agendaEn, ...peopleEn, ...minutesEn, ...problemsEn, ...sittingEn } as const;
