/** The module that a worker for the jobs of documents starts with. */
export const THREAD = new URL('./thread.ts', import.meta.url);
