// node_modules stay native ESM; only our own TypeScript is transformed.
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['production', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/.next', '<rootDir>/dist', '<rootDir>/.data'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'],
  moduleNameMapper: {
    '\\.(css|scss)$': '<rootDir>/test/support/empty.cjs',
    '^@payload-config$': '<rootDir>/payload.config.ts',
    '^@/(.*)$': '<rootDir>/src/$1',
  },
  maxWorkers: 2,
  // No test may leave this machine.
  setupFilesAfterEnv: ['<rootDir>/test/support/network-guard-setup.ts'],
  testTimeout: 60_000,
}
