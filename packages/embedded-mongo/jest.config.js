import { base } from '../../jest.base.js';

export default {
  ...base,
  displayName: 'embedded-mongo',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  globalSetup: '<rootDir>/test/global-setup.js',
  globalTeardown: '<rootDir>/test/global-teardown.js',
};
