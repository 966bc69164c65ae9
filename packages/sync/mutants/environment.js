// Runs the tests whose names match `only`; with `enough`, no more of them once one has failed.
import { TestEnvironment } from 'jest-environment-node';

export default class OnlyEnvironment extends TestEnvironment {
  #only;
  #enough;

  constructor(config, context) {
    super(config, context);
    const { only, enough } = config.projectConfig.testEnvironmentOptions;
    this.#only = new RegExp(only);
    this.#enough = enough;
  }

  handleTestEvent({ name }, state) {
    if (name === 'run_start') state.testNamePattern = this.#only;
    if (this.#enough && (name === 'test_fn_failure' || name === 'hook_failure')) state.testNamePattern = /(?!)/;
  }
}
