/**
 * Who may import whom: `npm run lint` holds it. Data flows through the folders in the order in which they stand here, from bytes to
 * pixels, and each imports only from those before it. docs/architecture.md says what each is for.
 */
const core = [
  ['trace'],
  ['protocol'],
  ['timeline'],
  ['places'],
  ['causes'],
  ['lanes'],
  ['live', 'axis'],
  ['what-if'],
  ['words'],
  ['compare', 'tried'],
  ['findings'],
  ['explain', 'describe', 'why'],
  ['predict'],
  ['rows'],
  ['layout'],
  ['overview', 'text', 'json', 'history', 'check'],
  ['stats', 'recent'],
];
const editor = [
  ['words', 'host'],
  ['documents'],
  ['program'],
  ['recording'],
  ['contributions'],
  ['engine'],
  ['run'],
  ['traces', 'launch'],
  ['timeline'],
  ['lines'],
  ['hover', 'directives'],
  ['problems', 'tasks', 'findings', 'history', 'tests'],
  ['commands'],
];
const webview = [
  ['page', 'frames'],
  ['state'],
  ['live', 'canvas'],
  ['interact'],
  ['stage'],
  ['what-if'],
  ['predict'],
  ['names', 'panes', 'playback', 'notices', 'controls'],
  ['source', 'numbers'],
  ['access'],
  ['app'],
];

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...inOrder('src/core', core),
    ...inOrder('src/editor', editor),
    ...inOrder('webview', webview),
    only(
      'core',
      '^src/core/',
      '^(src/core/|node_modules/)',
      'The core is pure: it knows neither editor, engines nor page.',
    ),
    only('webview', '^webview/', '^(src/core/|webview/|node_modules/)', 'The page knows only the core.'),
    only(
      'source',
      '^src/source/',
      '^(src/core/|src/source/|node_modules/)',
      'Reading source needs no editor and no engine.',
    ),
    {
      name: 'editor-without-node',
      comment: 'The extension runs in browsers, too: what only Node has is asked of the host.',
      severity: 'error',
      from: { path: '^src/editor/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'editor-knows-no-host',
      comment: 'The entry point chooses the host.',
      severity: 'error',
      from: { path: '^src/editor/' },
      to: { path: '^src/hosts/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};

/** A folder imports from itself and from those in the lines before its own. */
function inOrder(root, lines) {
  const unplaced = {
    name: `${root}/unplaced`,
    comment: 'Every folder has a place in the order above.',
    severity: 'error',
    from: { path: `^${root}/[^/]+/`, pathNot: `^${root}/(${lines.flat().join('|')})/` },
    to: {},
  };
  const ordered = lines.flatMap((line, i) =>
    line.flatMap((folder) => {
      const later = [...line.filter((other) => other !== folder), ...lines.slice(i + 1).flat()];
      if (later.length === 0) return [];
      return [
        {
          name: `${root}/${folder}`,
          comment: `What ${folder} is made of comes before it.`,
          severity: 'error',
          from: { path: `^${root}/${folder}/` },
          to: { path: `^${root}/(${later.join('|')})/` },
        },
      ];
    }),
  );
  return [unplaced, ...ordered];
}

function only(name, from, to, comment) {
  return {
    name: `${name}-only`,
    comment,
    severity: 'error',
    from: { path: from },
    to: { pathNot: `${to.slice(0, -1)}|^[a-z@])` },
  };
}
