import { MongoError, notSupported } from '../errors.ts';
import { SUPPORT, type SupportArea } from './table.ts';

/** Refuses a name that MongoDB knows and this server does not, by the code that the table says; others are let pass. */
export function refuseKnown(area: SupportArea, name: string): void {
  const entry = SUPPORT[area].get(name);
  if (entry?.kind !== 'refused') return;
  if (entry.code === 238) throw notSupported(name);
  throw new MongoError(entry.code, `${name}: ${entry.why}`);
}
