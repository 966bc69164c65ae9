/**
 * One realistic slip in the engine, which the tests of the rule that it breaks must notice. Mutants reach the main thread
 * only: workers load their modules on their own.
 */
export type Mutant = {
  name: string;
  /** The safety rule of SPEC.md that it breaks. */
  rule: `S${number}`;
  /** The source that it changes, seen from the package. */
  file: string;
  /** Occurs in the source exactly once. */
  find: string;
  replace: string;
  /** What would go wrong for people. */
  why: string;
  /** The files of tests that are to notice, seen from the package; absent: all of its tests that name the rule. */
  tests?: string[];
  /** Words of the title of the one test that is to notice, where the others of the rule take long. */
  title?: string;
};
