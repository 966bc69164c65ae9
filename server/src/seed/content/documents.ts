import { nightFallsBrief } from './briefs/night-falls.ts';
import { summerComfortBrief } from './briefs/summer-comfort.ts';
import { winterSaltBrief } from './briefs/winter-salt.ts';
import { autumn } from './minutes/autumn.ts';
import { committeeJune } from './minutes/committee-june.ts';
import { committeeOctober } from './minutes/committee-october.ts';
import { anaestheticGases } from './needs/anaesthetic-gases.ts';
import { coldChain } from './needs/cold-chain.ts';
import { homeReturn } from './needs/home-return.ts';
import { hospitalLinen } from './needs/hospital-linen.ts';
import { locatingRescuers } from './needs/locating-rescuers.ts';
import { nightFalls } from './needs/night-falls.ts';
import { occupiedRenovation } from './needs/occupied-renovation.ts';
import { robotLyceen } from './needs/robot-lyceen.ts';
import { rockfall } from './needs/rockfall.ts';
import { summerComfort } from './needs/summer-comfort.ts';
import { syncro } from './needs/syncro.ts';
import { winterPeak } from './needs/winter-peak.ts';
import { winterSalt } from './needs/winter-salt.ts';
import { glossary } from './notes/glossary.ts';
import { goodNeed } from './notes/good-need.ts';
import { marketConsultation } from './notes/market-consultation.ts';
import { nightQuestions } from './notes/night-questions.ts';
import { winterAnswers } from './notes/winter-answers.ts';
import type { SeedBrief, SeedNeed, SeedText } from './types.ts';

export const NEEDS: readonly SeedNeed[] = [
  nightFalls,
  coldChain,
  hospitalLinen,
  homeReturn,
  anaestheticGases,
  rockfall,
  winterSalt,
  locatingRescuers,
  summerComfort,
  winterPeak,
  occupiedRenovation,
  syncro,
  robotLyceen,
];

export const BRIEFS: readonly SeedBrief[] = [nightFallsBrief, winterSaltBrief, summerComfortBrief];

export const TEXTS: readonly SeedText[] = [
  committeeJune,
  committeeOctober,
  autumn,
  goodNeed,
  glossary,
  marketConsultation,
  nightQuestions,
  winterAnswers,
];

/** Every document of the demonstration; needs come before the briefs that refer to them. */
export const DOCUMENTS: readonly (SeedNeed | SeedBrief | SeedText)[] = [...NEEDS, ...BRIEFS, ...TEXTS];
