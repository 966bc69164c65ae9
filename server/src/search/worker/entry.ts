/** The module that the thread of the index starts with. */
export const THREAD = new URL('./thread.ts', import.meta.url);
