import { killed } from './f01-kills.ts';
import { powerCut } from './f02-power-cut.ts';
import { damaged } from './f03-damage.ts';
import { storeAway } from './f04-store-away.ts';
import { storeSlow } from './f05-store-slow.ts';
import { storeErrors } from './f06-store-errors.ts';
import type { Fault } from './fault.ts';

/** Every fault that is tried, in order. */
export const faults: readonly Fault[] = [killed, powerCut, damaged, storeAway, storeSlow, storeErrors];
