/** The code of an error of the system (`ENOSPC`, `ESRCH`), whichever realm it comes from; undefined for others. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
