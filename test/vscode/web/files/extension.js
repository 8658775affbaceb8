// A file system in memory, as that of github.dev is one that no program sees. What it holds first comes from the server of the test.
const vscode = require('vscode');

const { FileType, FileSystemError, Uri } = vscode;

exports.activate = async (context) => {
  const home = Uri.joinPath(context.extensionUri, '../workspace.json');
  const texts = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(home)));
  const files = new Map(
    Object.entries(texts).map(([path, text]) => [path, { bytes: new TextEncoder().encode(text), mtime: Date.now() }]),
  );
  const folders = new Set(['/workspace']);
  const changes = new vscode.EventEmitter();
  const tell = (uri, type) => changes.fire([{ uri, type }]);
  const found = ({ path }) => {
    const file = files.get(path);
    if (!file) throw FileSystemError.FileNotFound(path);
    return file;
  };
  const provider = {
    onDidChangeFile: changes.event,
    watch: () => ({ dispose() {} }),
    stat(uri) {
      if (folders.has(uri.path)) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      const { bytes, mtime } = found(uri);
      return { type: FileType.File, ctime: 0, mtime, size: bytes.length };
    },
    readDirectory({ path }) {
      if (!folders.has(path)) throw FileSystemError.FileNotFound(path);
      const inside = (other) => other.startsWith(`${path}/`) && !other.slice(path.length + 1).includes('/');
      const name = (other) => other.slice(path.length + 1);
      return [
        ...[...files.keys()].filter(inside).map((each) => [name(each), FileType.File]),
        ...[...folders].filter(inside).map((each) => [name(each), FileType.Directory]),
      ];
    },
    readFile: (uri) => found(uri).bytes,
    writeFile(uri, bytes) {
      const isNew = !files.has(uri.path);
      files.set(uri.path, { bytes, mtime: Date.now() });
      tell(uri, isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed);
    },
    createDirectory: ({ path }) => void folders.add(path),
    delete(uri) {
      files.delete(uri.path);
      tell(uri, vscode.FileChangeType.Deleted);
    },
    rename() {
      throw FileSystemError.NoPermissions();
    },
  };
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('tests', provider));
  // This workbench has no part that reads notebooks without a server; others have.
  const notebooks = {
    deserializeNotebook(bytes) {
      const { cells } = JSON.parse(new TextDecoder().decode(bytes));
      const { Code, Markup } = vscode.NotebookCellKind;
      const cell = ({ cell_type: type, source }) =>
        new vscode.NotebookCellData(
          type === 'code' ? Code : Markup,
          source.join(''),
          type === 'code' ? 'python' : 'markdown',
        );
      return new vscode.NotebookData(cells.map(cell));
    },
    serializeNotebook: () => new Uint8Array(),
  };
  context.subscriptions.push(vscode.workspace.registerNotebookSerializer('jupyter-notebook', notebooks));
};
