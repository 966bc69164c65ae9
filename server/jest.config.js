import { base } from '../jest.base.js';

export default { ...base, displayName: 'server', roots: ['<rootDir>/src', '<rootDir>/test'], testTimeout: 20_000 };
