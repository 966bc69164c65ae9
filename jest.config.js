export default {
  testTimeout: 20_000,
  projects: [
    '<rootDir>/packages/contract',
    '<rootDir>/packages/domain',
    '<rootDir>/packages/editor',
    '<rootDir>/packages/sync',
    '<rootDir>/packages/embedded-mongo',
    '<rootDir>/server',
    '<rootDir>/client',
    '<rootDir>/packages/e2e',
  ],
};
