import { parseSync } from 'vite';

/** A text in the source that people would see in English, whatever their language. */
export interface VisibleLiteral {
  /** From 1. */
  readonly line: number;
  /** Where it goes: `title:`, `showErrorMessage()`, `.textContent =`. */
  readonly sink: string;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Calls that show every text argument. */
const CALLS = /^(show(Information|Warning|Error)Message|setStatusBarMessage|appendMarkdown|appendText|appendLine|say)$/;
/** Properties, attributes and members that are seen. */
const NAMES =
  /^(title|placeHolder|placeholder|prompt|label|detail|description|tooltip|openLabel|saveLabel|contentText|text|message|textContent|innerText|ariaLabel|aria-label|aria-valuetext|aria-roledescription|validationMessage|reason)$/;
/** Errors whose message is for the user. */
const ERRORS = /^EngineError$/;
/** Children of an element that the webview makes. */
const ELEMENT = /^h$/;
/** Calls that translate, or that only parse or compare text. */
const CATALOGUE = /^(t|words|translate|translator|literal|oneLine\.raw)$/;

/** Two words, or one that begins like a sentence: not a key, a colour, a class, a unit. */
const ENGLISH = /[A-Za-z]{2,}[,:;.]?\s+[A-Za-z]{2,}|^[A-Z][a-z]{2,}[.:!?…]?$/;
/** Names are the same in every language. */
const NAMES_OF_THINGS = /^(Coroscope|Python|HTML|JSON|Markdown)$/;

export function visibleLiterals(file: string, source: string): VisibleLiteral[] {
  const found: VisibleLiteral[] = [];
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  walk(program as unknown as Node, (node) => {
    for (const [sink, value] of sinks(node)) {
      for (const { text, start } of texts(value)) {
        if (!ENGLISH.test(text.trim()) || NAMES_OF_THINGS.test(text.trim())) continue;
        found.push({ line: source.slice(0, start).split('\n').length, sink, text });
      }
    }
  });
  return found;
}

/** The visible part of a node, and where it is shown. */
function sinks(node: Node): [sink: string, value: Node][] {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const name = nameOf(node.callee as Node);
    const given = node.arguments as Node[];
    if (node.type === 'NewExpression') return ERRORS.test(name) ? given.map((value) => [`new ${name}()`, value]) : [];
    if (CALLS.test(name)) return given.map((value) => [`${name}()`, value]);
    if (ELEMENT.test(name)) return given.slice(2).map((value) => [`${name}()`, value]);
    if (name === 'setAttribute' && NAMES.test(constant(given[0]))) return [[`${constant(given[0])}=`, given[1]]];
    return [];
  }
  if (node.type === 'Property') {
    const name = nameOf(node.key as Node);
    return NAMES.test(name) ? [[`${name}:`, node.value as Node]] : [];
  }
  if (node.type === 'AssignmentExpression') {
    const left = node.left as Node;
    const name = left.type === 'MemberExpression' ? nameOf(left) : '';
    return NAMES.test(name) ? [[`.${name} =`, node.right as Node]] : [];
  }
  return [];
}

/** The texts that a value may be, or be made of; not those that are looked up in the catalogue. */
function texts(node: Node | null | undefined): { readonly text: string; readonly start: number }[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [{ text: node.value, start: node.start }] : [];
    case 'TemplateLiteral': {
      const parts = (node.quasis as Node[]).map((part) => ({
        text: (part.value as { cooked: string }).cooked,
        start: part.start,
      }));
      return [...parts, ...(node.expressions as Node[]).flatMap(texts)];
    }
    case 'ConditionalExpression':
      return [...texts(node.consequent as Node), ...texts(node.alternate as Node)];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return ['===', '!==', '<', '>', 'in'].includes(node.operator as string)
        ? []
        : [...texts(node.left as Node), ...texts(node.right as Node)];
    case 'ArrayExpression':
      return (node.elements as Node[]).flatMap(texts);
    case 'CallExpression': {
      const callee = node.callee as Node;
      if (CATALOGUE.test(nameOf(callee))) return [];
      // `[a, b].join(' · ')`: what it is called on.
      return callee.type === 'MemberExpression' ? texts(callee.object as Node) : [];
    }
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return texts(node.expression as Node);
    default:
      return [];
  }
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name as string;
  if (node.type === 'MemberExpression') return nameOf(node.property as Node);
  return constant(node);
}

function constant(node: Node | undefined): string {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : '';
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value])
      if (each && typeof each === 'object' && typeof (each as Node).type === 'string') walk(each as Node, visit);
  }
}
