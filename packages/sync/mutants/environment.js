// Runs the tests whose names match `only`, and no more of them once one has failed.
import { TestEnvironment } from 'jest-environment-node';

export default class OnlyEnvironment extends TestEnvironment {
  #only;

  constructor(config, context) {
    super(config, context);
    this.#only = new RegExp(config.projectConfig.testEnvironmentOptions.only);
  }

  handleTestEvent({ name }, state) {
    if (name === 'run_start') state.testNamePattern = this.#only;
    if (name === 'test_fn_failure' || name === 'hook_failure') state.testNamePattern = /(?!)/;
  }
}
