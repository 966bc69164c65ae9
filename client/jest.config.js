import { base } from '../jest.base.js';

export default {
  ...base,
  displayName: 'client',
  testEnvironment: '<rootDir>/test/browser-environment.js',
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
  moduleNameMapper: { '\\.css$': '<rootDir>/test/styles.js' },
};
