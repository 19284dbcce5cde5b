const createConfig = require('@backstage/cli/config/eslint-factory');

const NO_CLOCK = 'Rules take the instant as a parameter.';
const NO_RANDOMNESS = 'Rules take what is random as a parameter.';
const NO_SURROUNDINGS = 'Rules are pure: they see only their parameters.';
const NO_PACKAGE =
  'Rules import no package, only src/model, src/schemas and src/annotations.';

/** What a rule could use to see the clock, chance, or the world around it. */
const restrictedGlobals = [
  'process',
  'performance',
  'crypto',
  'fetch',
  'console',
  'require',
  'globalThis',
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
].map(name => ({ name, message: NO_SURROUNDINGS }));

const packageImports = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
].map(type => ({
  selector: `${type}[source.value=/^[^.]/]`,
  message: NO_PACKAGE,
}));

// The rules have to be reproducible by hand, so they are held to be pure here.
module.exports = createConfig(__dirname, {
  overrides: [
    {
      files: ['src/model/**/*.ts'],
      excludedFiles: ['**/*.test.ts', '**/__testUtils__/**'],
      settings: { 'import/resolver': { node: { extensions: ['.ts'] } } },
      rules: {
        'no-restricted-globals': ['error', ...restrictedGlobals],
        'no-restricted-properties': [
          'error',
          { object: 'Date', property: 'now', message: NO_CLOCK },
          { object: 'Math', property: 'random', message: NO_RANDOMNESS },
        ],
        'no-restricted-syntax': [
          'error',
          {
            selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
            message: NO_CLOCK,
          },
          { selector: 'CallExpression[callee.name="Date"]', message: NO_CLOCK },
          { selector: 'ImportExpression', message: NO_SURROUNDINGS },
          ...packageImports,
        ],
        'import/no-restricted-paths': [
          'error',
          {
            basePath: __dirname,
            zones: [
              {
                target: './src/model',
                from: '.',
                except: [
                  './src/model',
                  './src/schemas',
                  './src/annotations.ts',
                ],
                message: NO_PACKAGE,
              },
            ],
          },
        ],
      },
    },
  ],
});
