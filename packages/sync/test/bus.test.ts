import { describeBus } from './bus.contract.ts';
import { MemoryHub } from './memory-pub-sub.ts';

const hub = new MemoryHub();
describeBus('memory', () => hub.join());
