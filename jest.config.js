export default {
  // One worker a core: the default leaves one idle, which on two cores is half of them.
  maxWorkers: '100%',
  // Far more than any test takes: a busy machine is no failure.
  testTimeout: 90_000,
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
