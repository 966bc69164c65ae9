import type { Awareness } from 'y-protocols/awareness';

type State = Record<string, unknown>;

/**
 * The same awareness without the carets that an editor could not place. Their owner writes them as he likes, and the
 * editor throws on what is no position, with every letter that anybody types from then on.
 */
export function withSoundCarets(awareness: Awareness): Awareness {
  const sound = (): Map<number, State> => {
    const states = new Map<number, State>();
    for (const [clientId, state] of awareness.getStates()) {
      states.set(clientId, isSound(state.cursor) ? state : { ...state, cursor: null });
    }
    return states;
  };
  return new Proxy(awareness, {
    get: (target, name) => {
      if (name === 'getStates') return sound;
      if (name === 'states') return sound();
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function isSound(cursor: unknown): boolean {
  if (cursor === null || cursor === undefined) return true;
  return isObject(cursor) && isPosition(cursor.anchor) && isPosition(cursor.head);
}

/** Yjs' relative position as JSON: beside an item, or at an end of a type. */
function isPosition(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type, tname, item, assoc } = value;
  const named = isNothing(tname) || typeof tname === 'string';
  const somewhere = !isNothing(type) || !isNothing(tname) || !isNothing(item);
  const side = isNothing(assoc) || Number.isInteger(assoc);
  return somewhere && named && side && [type, item].every((id) => isNothing(id) || isId(id));
}

const isId = (value: unknown): boolean => isObject(value) && isClock(value.client) && isClock(value.clock);
const isClock = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isNothing = (value: unknown): boolean => value === null || value === undefined;
const isObject = (value: unknown): value is State => typeof value === 'object' && value !== null;
