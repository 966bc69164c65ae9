import { killed } from './f01-kills.ts';
import { powerCut } from './f02-power-cut.ts';
import { damaged } from './f03-damage.ts';
import { storeAway } from './f04-store-away.ts';
import { storeSlow } from './f05-store-slow.ts';
import { storeErrors } from './f06-store-errors.ts';
import { redisAway } from './f07-redis-away.ts';
import { diskFull } from './f08-disk-full.ts';
import { limited } from './f09-limits.ts';
import { twoInstances } from './f11-two-instances.ts';
import { partition } from './f12-partition.ts';
import { stopped } from './f13-stop.ts';
import { clientFaults } from './f14-clients.ts';
import { soak } from './f17-soak.ts';
import type { Fault } from './fault.ts';

/** Every fault that is tried, in order. */
export const faults: readonly Fault[] = [
  killed,
  powerCut,
  damaged,
  storeAway,
  storeSlow,
  storeErrors,
  redisAway,
  diskFull,
  limited,
  twoInstances,
  partition,
  stopped,
  clientFaults,
  soak,
];
