/** Who may import whom: docs of the house in README.md. `.ci/rooms.mjs` runs it and fails on zero modules. */
const tests = '\\.test\\.tsx?$|^src/testing/';
const rule = (name, comment, from, to, fromNot = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [tests, ...fromNot] },
  to,
});
const outside = (...rooms) => ({ path: '^(src|migrations|cli)', pathNot: rooms });

export default {
  forbidden: [
    rule('no-cycles', 'A cycle has no first room to read.', '', {
      circular: true,
      viaOnly: { dependencyTypesNot: ['type-only'] },
    }),
    rule(
      'protocol-is-pure',
      'An independent client is written from the protocol alone.',
      '^src/protocol/',
      outside('^src/protocol/'),
    ),
    rule(
      'protocol-is-isomorphic',
      'The same code runs in the booth and on the server.',
      '^src/protocol/(?!.*/?node/)',
      { path: '^(node:|src/protocol/(key-holder/)?node/)|^(fs|path|crypto|buffer|stream|worker_threads)$' },
    ),
    rule(
      'domain-is-pure',
      'Rules of elections know neither SQL nor HTTP.',
      '^src/domain/',
      outside('^src/domain/', '^src/protocol/'),
    ),
    rule(
      'store-is-below',
      'SQL knows rules and protocol, never pages.',
      '^src/store/',
      outside('^src/store/', '^src/domain/', '^src/protocol/', '^migrations/', '^src/(secret|clock)\\.ts$'),
    ),
    rule('views-are-shared', 'Components know rules, never use cases.', '^src/views/', {
      path: '^src/(features|http|mail|cli|browser)/',
    }),
    rule('mail-is-below', 'The outbox serves every feature.', '^src/mail/', {
      path: '^src/(features|http|cli|browser)/',
    }),
    {
      name: 'features-do-not-meet',
      comment: 'Features meet in domain and store.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/', pathNot: tests },
      to: { path: '^src/(features|http|cli|browser)/', pathNot: '^src/features/$1/' },
    },
    rule(
      'browser-imports-protocol',
      'A bundle carries the protocol and nothing of the server.',
      '^src/browser/',
      outside('^src/browser/', '^src/protocol/'),
    ),
    rule('sql-only-in-store', 'One place to read what touches the database.', '^src/(?!store/)', {
      path: 'better-sqlite3',
    }),
    rule(
      'key-holder-is-apart',
      'The process that serves requests cannot reach private-key code: only its own program, the offline commands and two browser entries may.',
      '^(src|cli)',
      { path: '^src/protocol/key-holder/', dependencyTypesNot: ['type-only'] },
      ['^src/protocol/key-holder/', '^src/protocol/vectors/', '^src/browser/ceremony\\.ts$'],
    ),
    rule('no-testing-in-product', 'What ships does not import its tests.', '^(src|cli|migrations)', {
      path: '^src/testing/',
    }),
    rule(
      'no-dev-packages',
      'What ships runs after npm ci --omit=dev.',
      '^(src|cli|migrations)',
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
      ['^src/build-assets\\.ts$', '^src/protocol/node/start-worker\\.ts$'],
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
