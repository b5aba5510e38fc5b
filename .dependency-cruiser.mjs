/**
 * The import rules of the house: rooms import downwards only, and few rooms may touch files and processes.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const WORLD = '^(node:)?(fs|child_process|http|https|net|os|worker_threads|fs/promises)$';

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-is-the-ground',
      comment: 'src/model imports nothing but itself.',
      severity: 'error',
      from: { path: '^src/model/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/model/' },
    },
    {
      name: 'schema-on-model',
      severity: 'error',
      from: { path: '^src/schema/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|scripts)/', pathNot: '^src/(schema|model)/' },
    },
    {
      name: 'data-on-schema',
      severity: 'error',
      from: { path: '^src/data/' },
      to: { path: '^(src|scripts)/', pathNot: '^src/(data|schema|model)/' },
    },
    {
      name: 'excerpts-on-data',
      comment: 'src/excerpts colours and renders what src/data chose; it knows no page.',
      severity: 'error',
      from: { path: '^src/excerpts/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|scripts)/', pathNot: '^src/(excerpts|data|schema|model)/' },
    },
    {
      name: 'explain-on-data',
      comment:
        'src/explain runs in the browser and on the command line: words and data, no schema.',
      severity: 'error',
      from: { path: '^src/explain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(src|scripts)/|node_modules/(astro|zod)/',
        pathNot: '^src/(explain|data|model)/',
      },
    },
    {
      name: 'site-never-imports-scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'scripts-never-import-the-site',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^src/(pages|layouts|components|search|styles)/' },
    },
    {
      name: 'only-readers-touch-the-world',
      comment:
        'Files and processes are for scripts/xen/tree*, scripts/mail/archive*, scripts/markdown and the commands.',
      severity: 'error',
      from: {
        path: '^(src|scripts)/',
        pathNot:
          '^scripts/(xen/tree[^/]*|debian/[^/]*|measure/machine[^/]*|mail/archive[^/]*|markdown/[^/]*|build-(?:search|offline)|setup)\\.[a-z]+$|\\.test\\.ts$',
      },
      to: { path: WORLD, dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js'] },
  },
};
