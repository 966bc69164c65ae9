import { MemoryStore } from '../src/index.ts';
import { describeStore } from './store.contract.ts';

describeStore('memory', async () => new MemoryStore());
