// Compiles as for every other test, but for the one file that a mutant changes.
import { createTransformer } from '@swc/jest';
import { base } from '../../../jest.base.js';

const [[, swc]] = Object.values(base.transform);

/** @param {{ path: string, find: string, replace: string } | undefined} mutant */
const create = (mutant) => {
  const compiler = createTransformer(swc);
  const changed = (source, path) =>
    path === mutant?.path ? source.replace(mutant.find, () => mutant.replace) : source;
  return {
    process: (source, path, options) => compiler.process(changed(source, path), path, options),
    processAsync: (source, path, options) => compiler.processAsync(changed(source, path), path, options),
    // Configurations differ by the mutant only: without them, mutants share what was compiled of all other files.
    getCacheKey: (source, path, options) =>
      compiler.getCacheKey(changed(source, path), path, { ...options, configString: '' }),
  };
};

export default { createTransformer: create };
