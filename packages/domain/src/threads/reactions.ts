import type { Localised } from '@concert/contract';
import { z } from 'zod';

/** The ways to react to a reply: a closed set, so that a reaction says the same to everybody. */
export const REACTIONS = ['agree', 'disagree', 'thanks', 'celebrate', 'smile', 'idea', 'question', 'seen'] as const;
export const Reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof Reaction>;

/** What each reaction says. */
export const REACTION_LABELS: Readonly<Record<Reaction, Localised>> = {
  agree: { fr: 'D’accord', en: 'Agreed', it: 'D’accordo' },
  disagree: { fr: 'Pas d’accord', en: 'Not agreed', it: 'Non d’accordo' },
  thanks: { fr: 'Merci', en: 'Thank you', it: 'Grazie' },
  celebrate: { fr: 'Bravo', en: 'Well done', it: 'Ben fatto' },
  smile: { fr: 'Sourire', en: 'Smile', it: 'Sorriso' },
  idea: { fr: 'Bonne idée', en: 'Good idea', it: 'Buona idea' },
  question: { fr: 'Une question', en: 'A question', it: 'Una domanda' },
  seen: { fr: 'Vu', en: 'Seen', it: 'Visto' },
};
