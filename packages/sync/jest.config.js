import { base } from '../../jest.base.js';

export default { ...base, displayName: 'sync', roots: ['<rootDir>/src', '<rootDir>/test'] };
