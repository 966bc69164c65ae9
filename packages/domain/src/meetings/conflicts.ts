import { no, type Verdict, yes } from '@concert/contract';
import type { DeclaredConflict } from './model.ts';

/** Notices that one person gives in one meeting. */
export const MAX_NOTICES = 20;

type Wanted = Pick<DeclaredConflict, 'personId' | 'itemId' | 'declaredBy' | 'note'>;

export type ConflictRefusal = 'already-declared' | 'notice-needs-reason' | 'too-many-notices';

/** [M60] Whether a conflict is only reported: neither by the person concerned nor by who conducts the meeting. */
export const isNotice = ({ personId, declaredBy }: Pick<Wanted, 'personId' | 'declaredBy'>, conducts: boolean) =>
  personId !== declaredBy && !conducts;

/** [M60] A notice that nobody has assessed yet. */
export const isOpenNotice = ({
  notice,
  assessment,
  lifted,
}: Pick<DeclaredConflict, 'notice' | 'assessment' | 'lifted'>) =>
  notice === true && assessment === undefined && !lifted;

const about = (one: Wanted, other: Wanted): boolean => one.itemId === other.itemId && one.personId === other.personId;

/**
 * [M10] [M60] Whether a conflict may be declared beside the others. One that was declared or assessed is not declared again;
 * nobody reports the same twice, or without saying why, or more than twenty.
 */
export function mayDeclare(
  conflicts: readonly DeclaredConflict[],
  wanted: Wanted,
  conducts: boolean,
): Verdict<ConflictRefusal> {
  const before = conflicts.filter((one) => about(one, wanted) && !one.lifted);
  if (before.some((one) => !isOpenNotice(one))) return no('already-declared');
  if (!isNotice(wanted, conducts)) return yes;
  if (before.some(({ declaredBy }) => declaredBy === wanted.declaredBy)) return no('already-declared');
  if (wanted.note === undefined || wanted.note === '') return no('notice-needs-reason');
  const own = conflicts.filter(({ notice, declaredBy }) => notice && declaredBy === wanted.declaredBy);
  return own.length >= MAX_NOTICES ? no('too-many-notices') : yes;
}

/** [M60] All of them with one more: what is declared takes the place of what was only reported. */
export const afterDeclaring = (
  conflicts: readonly DeclaredConflict[],
  declared: DeclaredConflict,
): readonly DeclaredConflict[] => [
  ...conflicts.map((one) =>
    !declared.notice && about(one, declared) && isOpenNotice(one) ? { ...one, lifted: true } : one,
  ),
  declared,
];

/** [M60] Who hears of a notice, until it was assessed and found to matter: the person concerned, who gave it, who conducts. */
export const seesConflict = (
  { notice, assessment, personId, declaredBy }: Omit<DeclaredConflict, 'at'>,
  readerId: string,
  conducts: boolean,
): boolean =>
  !notice ||
  (assessment !== undefined && assessment !== 'no-action') ||
  conducts ||
  readerId === personId ||
  readerId === declaredBy;
