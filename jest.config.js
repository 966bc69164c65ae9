export default {
  // One worker a core: the default leaves one idle, which on two cores is half of them.
  maxWorkers: '100%',
  // Far more than any test takes: a busy machine is no failure.
  testTimeout: 90_000,
  // Modules of a test file are never let go of by Node 20: what piles up makes every later file slower.
  workerIdleMemoryLimit: '512MB',
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
