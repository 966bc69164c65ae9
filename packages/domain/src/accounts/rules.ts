/** [A1] Fewest characters of a password. */
export const PASSWORD_MIN = 8;
/** [A1] Most characters of a password: long enough for any sentence, short enough to hash at once. */
export const PASSWORD_MAX = 256;

/**
 * The pages that mailed links open. The secret follows as the fragment (`/reset-password#<secret>`): browsers send it
 * to no server and name it to no other site. Opening a page uses nothing up; its button does, by POST.
 */
export const LINK_PAGES = {
  verify: '/verify-email',
  reset: '/reset-password',
  change: '/confirm-email',
  invitation: '/invitations',
} as const;
