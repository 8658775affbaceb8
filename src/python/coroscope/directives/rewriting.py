"""Replaces awaits that have a ``# coroscope:`` comment by simulated ones.

The host reads the comments; here a directive is a dict: ``target`` (await, for, comprehension, with, def), the ``line`` and ``column``
(in bytes) at which the target begins, and what is to happen there: ``takes``, ``every`` (seconds), ``yields`` (a number), ``returns``,
``raises``, ``of`` (each a dict of ``text``, ``line`` and ``column`` of an expression), ``label``, ``ignore``.
"""

import ast
import builtins

from .simulated import Simulation

#: Dunder names are reserved for the language: no program uses this one.
NAME = '__coroscope__'
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: A label made of an expression is cut beyond this.
LONGEST = 60


def rewrite(tree, directives, file, places):
    """Changes ``tree`` in place. ``places`` learns the labels of functions, and which are to be ignored.

    @raises SyntaxError where an expression in a comment is none, with the place of the comment.
    """
    if not directives:
        return tree
    for each in directives:
        if each['target'] != 'def' and each.get('label') and not simulates(each):
            places.labels_at[file, each['line']] = each['label']
        if each['target'] != 'def' and each.get('ignore'):
            places.ignored_at.add((file, each['line']))
    tree = Rewriter(directives, file, places).visit(tree)
    builtins.__dict__[NAME] = Simulation
    return tree


class Rewriter(ast.NodeTransformer):
    def __init__(self, directives, file, places):
        self._file = file
        self._places = places
        self._directives = {(each['target'], each['line'], each['column']): each for each in directives}

    def _directive(self, target, node):
        return self._directives.get((target, node.lineno, node.col_offset))

    def visit_Await(self, node):
        directive = self._directive('await', node)
        if directive is None or not simulates(directive):
            return self.generic_visit(node)
        # The awaited expression is never evaluated.
        return ast.copy_location(ast.Await(self._call('wait', directive, node, label_of(node.value))), node)

    def visit_AsyncFor(self, node):
        directive = self._directive('for', node)
        if directive is not None and simulates(directive):
            node.iter = self._call('items', directive, node.iter, label_of(node.iter))
        return self.generic_visit(node)

    def visit_comprehension(self, node):
        directive = self._directive('comprehension', node.iter)
        if directive is not None and simulates(directive):
            node.iter = self._call('items', directive, node.iter, label_of(node.iter))
        return self.generic_visit(node)

    def visit_AsyncWith(self, node):
        directive = self._directive('with', node)
        if directive is not None and simulates(directive):
            # One simulated manager is entered for all items: the value of other names is unknown.
            for item in node.items:
                item.context_expr = self._call('entered', directive, item.context_expr, label_of(item.context_expr))
        return self.generic_visit(node)

    def visit_FunctionDef(self, node):
        return self._function(node, False)

    def visit_AsyncFunctionDef(self, node):
        return self._function(node, True)

    def _function(self, node, asynchronous):
        directive = self._directive('def', node)
        if directive is None:
            return self.generic_visit(node)
        # The code of a decorated function begins with its decorators.
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        if directive.get('label'):
            self._places.labels[self._file, first, node.name] = directive['label']
        if directive.get('ignore'):
            self._places.ignored.add((self._file, first, node.name))
        if not simulates(directive):
            return self.generic_visit(node)
        here = ast.copy_location(ast.Pass(), node)
        here.end_lineno, here.end_col_offset = node.lineno, node.col_offset + len('async def' if asynchronous else 'def')
        body = self._body(node.name, directive, here, asynchronous)
        node.body = [*node.body[:1], body] if ast.get_docstring(node) is not None else [body]
        node.decorator_list = [self.visit(each) for each in node.decorator_list]
        return node

    def _body(self, name, directive, here, asynchronous):
        if directive.get('yields') is not None:
            items = self._call('items' if asynchronous else 'blocking_items', directive, here, name + '()')
            if not asynchronous:
                return placed(ast.Expr(placed(ast.YieldFrom(items), here)), here)
            each = placed(ast.Name('_', ast.Store()), here)
            given = placed(ast.Expr(placed(ast.Yield(placed(ast.Name('_', ast.Load()), here)), here)), here)
            return placed(ast.AsyncFor(target=each, iter=items, body=[given], orelse=[], type_comment=None), here)
        call = self._call('wait' if asynchronous else 'block', directive, here, name + '()')
        return placed(ast.Return(placed(ast.Await(call), here) if asynchronous else call), here)

    def _call(self, method, directive, here, label):
        """``__coroscope__(…).method(lambda: …)``, at the place of ``here``."""
        facts = [directive.get('takes'), directive.get('yields'), directive.get('every'), directive.get('label') or label,
                 'raises' if directive.get('raises') else 'returns']
        expression = directive.get('returns') or directive.get('raises') or directive.get('of')
        made = placed(ast.Call(placed(ast.Name(NAME, ast.Load()), here), [placed(ast.Constant(each, kind=None), here) for each in facts], []), here)
        value = placed(ast.Constant(None, kind=None), here) if expression is None else self._lambda(expression, here)
        return placed(ast.Call(placed(ast.Attribute(made, method, ast.Load()), here), [value], []), here)

    def _lambda(self, expression, here):
        """A lambda of an expression in a comment, with the names that are in scope there."""
        body = self._expression(expression)
        none = ast.arguments(posonlyargs=[], args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[])
        return placed(ast.Lambda(none, body), here)

    def _expression(self, expression):
        line, column, text = expression['line'], expression['column'], expression['text']
        try:
            body = ast.parse(text, self._file, 'eval').body
        except SyntaxError as error:
            raise SyntaxError(f'in the comment: {error.msg}', (self._file, line, column + (error.offset or 1), '# coroscope: … ' + text)) from None
        for node in ast.walk(body):
            if hasattr(node, 'lineno'):
                node.lineno = node.end_lineno = line
                node.col_offset += column
                node.end_col_offset += column
        return body


def simulates(directive):
    return any(directive.get(name) is not None for name in ('takes', 'returns', 'raises', 'yields'))


def placed(node, here):
    return ast.copy_location(node, here)


def label_of(expression):
    text = ast.unparse(expression)
    text = ' '.join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + '…'
