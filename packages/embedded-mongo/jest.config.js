import { base } from '../../jest.base.js';

export default { ...base, displayName: 'embedded-mongo', roots: ['<rootDir>/src', '<rootDir>/test'] };
