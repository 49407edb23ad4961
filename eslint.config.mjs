import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** A library and the files that may touch it; everybody else goes through them. */
const ONE_FILE_PER_LIBRARY = {
  bull: ['src/queue/queue.ts'],
  'fluent-ffmpeg': ['src/media/ffmpeg.ts'],
  sharp: ['src/media/stills.ts'],
  '@aws-sdk/client-s3': ['src/media/store/s3.ts'],
  '@aws-sdk/lib-storage': ['src/media/store/s3.ts'],
  mongodb: [],
}

const restrictedImports = (names) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: names.map((name) => ({
        name,
        message: `${name} is touched by one file only: ${ONE_FILE_PER_LIBRARY[name].join(', ') || 'none yet'}.`,
      })),
    },
  ],
})

const NO_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/env.ts reads process.env.',
}
const NO_PAYLOAD_DB = {
  selector:
    "MemberExpression[object.name='payload'][property.name='db'], MemberExpression[object.property.name='payload'][property.name='db']",
  message: 'payload.db is touched in src/records only.',
}
const NO_CLOCK = {
  selector:
    "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Date'][callee.property.name='now']",
  message: 'Only src/clock.ts reads the time.',
}
const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only; Next asks for a default in pages alone.',
}

const restrictedSyntax = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules] })

/** Files whose shape Next prescribes. */
const NEXT_FILES = ['src/app/**/{page,layout,not-found,error,loading}.tsx', 'payload.config.ts']

export default defineConfig(
  {
    ignores: [
      'public/js/',
      '.next/',
      '.data/',
      'dist/',
      'media/',
      'coverage/',
      'next-env.d.ts',
      'src/payload-types.ts',
      'src/migrations/',
      'src/app/(payload)/admin/importMap.js',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-undef': 'off',
      'no-unused-vars': 'off',
      'no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-depth': ['error', 3],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      ...restrictedImports(Object.keys(ONE_FILE_PER_LIBRARY)),
      ...restrictedSyntax(NO_ENV, NO_PAYLOAD_DB, NO_CLOCK, NO_DEFAULT_EXPORT),
    },
  },
  ...[...new Set(Object.values(ONE_FILE_PER_LIBRARY).flat())].map((file) => ({
    files: [file],
    rules: restrictedImports(
      Object.keys(ONE_FILE_PER_LIBRARY).filter(
        (name) => !ONE_FILE_PER_LIBRARY[name].includes(file),
      ),
    ),
  })),
  { files: NEXT_FILES, rules: restrictedSyntax(NO_ENV, NO_PAYLOAD_DB, NO_CLOCK) },
  { files: ['src/records/**/*.ts'], rules: restrictedSyntax(NO_ENV, NO_CLOCK, NO_DEFAULT_EXPORT) },
  { files: ['src/clock.ts'], rules: restrictedSyntax(NO_ENV, NO_PAYLOAD_DB, NO_DEFAULT_EXPORT) },
  {
    files: ['src/env.ts', 'src/instrumentation.ts'],
    rules: restrictedSyntax(NO_PAYLOAD_DB, NO_CLOCK, NO_DEFAULT_EXPORT),
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'fetch',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'AbortSignal',
          'Buffer',
          'URL',
          'module',
          'document',
          'window',
          'navigator',
          'location',
          'localStorage',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
)
