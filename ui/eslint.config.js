import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

/** Strict, no `any`, no default exports, and Tauri is named in one file alone. */
export const config = ts.config(
  { ignores: ['dist/', 'node_modules/', 'wire.ts'] },
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'svelte/require-each-key': 'error',
      'svelte/no-inline-styles': ['error', { allowTransitions: false }],
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    ignores: ['host/tauri.ts', '*.config.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*'] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
      ],
    },
  },
)

export { config as default }
