import type { SyntaxNode } from '@lezer/common';
import type { BlockKind } from './document';
import { importedNames } from './names';
import { definitionIn, inModule, type Module, type Statement } from './statements';
import type { Source } from './syntax';

/** Calls that only configure: a module with only these counts as one that defines things. */
const setUp =
  /^(logging\.(basicConfig|disable|captureWarnings|getLogger)|warnings\.\w+|random\.seed|sys\.(path\.\w+|setrecursionlimit)|os\.(chdir|environ\.\w+)|locale\.setlocale|faulthandler\.\w+|load_dotenv|dotenv\.load_dotenv|nest_asyncio\.apply|uvloop\.install|tracemalloc\.start|asyncio\.(set_event_loop_policy|set_event_loop)|(logger|log|logging)\.(debug|info|warning|error|setLevel|addHandler|addFilter))$/;
/** Calls that only have a value, and no effect. */
const value =
  /^(logging\.getLogger|(\w+\.)*(getLogger|get_logger|TypeVar|NewType|namedtuple|ContextVar|compile|getenv|Path|field|partial|new_event_loop|get_event_loop|urandom|uuid4|token_hex)|time\.\w+|os\.(environ\.get|path\.\w+|getcwd)|int|float|str|bool|list|dict|set|frozenset|tuple|range|len|sorted|min|max|sum|round|abs|zip|enumerate|map|filter|object|type|bytes|bytearray)$/;

/**
 * The first statement that makes a module do something when it runs: more than definitions, imports, values and settings.
 * Such a module is run as it is written. In a block of a note a `print`, and a value that is fetched by a call, count for nothing:
 * there people show what they have, and mean the functions.
 */
export function firstDeed(module: Module, kind: BlockKind): Statement | undefined {
  const does = new Deeds(module.source, kind === 'file');
  return module.statements.find(({ node }) => does.any(node));
}

/** Names of calls that start the program: they are skipped when only one of its functions should run. */
const starting = /(^|\.)(run|start|serve|main|go|launch|cli)(_\w+)?$/;

/** A statement that is one call, by which a module goes to work. */
export function goesToWork({ source }: Module, { node }: Statement): boolean {
  if (node.name !== 'ExpressionStatement') return false;
  return [...inModule(node)].some(
    (each) => each.name === 'CallExpression' && starting.test(source.textOf(each.firstChild!)),
  );
}

class Deeds {
  readonly #imports: ReadonlyMap<string, string>;

  constructor(
    private readonly source: Source,
    private readonly strict: boolean,
  ) {
    this.#imports = importedNames(source);
  }

  any(node: SyntaxNode): boolean {
    if (definitionIn(node) || node.name === 'ImportStatement') return false;
    if (this.strict && (/^(For|While)Statement$/.test(node.name) || this.#isGuard(node))) return true;
    for (const each of inModule(node)) {
      if (each.name === 'CallExpression' && this.#counts(each)) return true;
    }
    return false;
  }

  #isGuard(node: SyntaxNode): boolean {
    return node.name === 'IfStatement' && /\b__name__\b/.test(this.source.textOf(node).split(':', 1)[0]);
  }

  #counts(call: SyntaxNode): boolean {
    const callee = call.firstChild!;
    const text = this.source.textOf(callee);
    const [first, ...rest] = text.split('.');
    const name = [this.#imports.get(first) ?? first, ...rest].join('.');
    if (setUp.test(name) || value.test(name)) return false;
    if (!this.strict && name === 'print') return false;
    // What begins with a capital is a class: `app = FastAPI()`.
    const last = callee.name === 'CallExpression' ? '' : (rest.at(-1) ?? first);
    const isMade = /^[A-Z]/.test(last);
    const isStatement = call.parent?.name === 'ExpressionStatement';
    return isStatement || (!isMade && this.strict);
  }
}
