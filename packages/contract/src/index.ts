export * from './actor.ts';
export * from './close-codes.ts';
export * from './events.ts';
export * from './ids.ts';
export * from './problem.ts';
export * from './verdict.ts';
