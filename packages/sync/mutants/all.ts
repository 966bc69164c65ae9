import { durability } from './durability.ts';
import { gate } from './gate.ts';
import { journal } from './journal.ts';
import type { Mutant } from './mutant.ts';
import { presence } from './presence.ts';
import { relay } from './relay.ts';
import { rights } from './rights.ts';
import { sharing } from './sharing.ts';
import { sockets } from './sockets.ts';

export const mutants: Mutant[] = [
  ...durability,
  ...journal,
  ...gate,
  ...relay,
  ...presence,
  ...rights,
  ...sharing,
  ...sockets,
];
