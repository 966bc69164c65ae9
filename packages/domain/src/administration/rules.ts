import { no, type PlatformRole, type Verdict, yes } from '@concert/contract';

export const CHANGE_REFUSALS = [
  'administrators-only',
  'own-role',
  'own-account',
  'last-administrator',
  'already-erased',
] as const;
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number];

/** Who acts, and on whom. `otherAdministrators` are those who could still administer without the person. */
export type Situation = {
  readonly actor: { readonly id: string; readonly platformRole: PlatformRole };
  readonly person: {
    readonly id: string;
    readonly platformRole: PlatformRole;
    readonly suspended: boolean;
    readonly erased: boolean;
  };
  readonly otherAdministrators: number;
};

/** [AD1] administrators and the secretariat see the people and the health of the installation; nobody else does. */
export const maySeePeople = (role: PlatformRole): boolean => role === 'administrator' || role === 'secretariat';

/** [AD2] only administrators change people and settings · [AD6] the erased stay as they are */
export function mayEdit({ actor, person }: Situation): Verdict<ChangeRefusal> {
  if (actor.platformRole !== 'administrator') return no('administrators-only');
  return person.erased ? no('already-erased') : yes;
}

/** [AD3] nobody changes their own role · [AD4] an administrator remains */
export function mayChangeRole(situation: Situation, to?: PlatformRole): Verdict<ChangeRefusal> {
  const edits = mayEdit(situation);
  if (!edits.ok) return edits;
  if (situation.actor.id === situation.person.id) return no('own-role');
  return to === 'administrator' ? yes : withoutPerson(situation);
}

/** [AD5] nobody suspends themself · [AD4] an administrator remains */
export function maySuspend(situation: Situation): Verdict<ChangeRefusal> {
  const edits = mayEdit(situation);
  if (!edits.ok) return edits;
  return situation.actor.id === situation.person.id ? no('own-account') : withoutPerson(situation);
}

/** [AD7] people erase themselves, administrators anybody · [AD4] an administrator remains */
export function mayErase(situation: Situation): Verdict<ChangeRefusal> {
  if (situation.person.erased) return no('already-erased');
  const own = situation.actor.id === situation.person.id;
  if (!own && situation.actor.platformRole !== 'administrator') return no('administrators-only');
  return withoutPerson(situation);
}

/** [AD4] The installation does not lose its last active administrator. */
function withoutPerson({ person, otherAdministrators }: Situation): Verdict<ChangeRefusal> {
  const counts = person.platformRole === 'administrator' && !person.suspended && !person.erased;
  return counts && otherAdministrators === 0 ? no('last-administrator') : yes;
}
