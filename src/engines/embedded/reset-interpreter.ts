/**
 * Python code whose value is a function that saves the state of a fresh interpreter, and returns a function that restores it. Runs share one interpreter,
 * and what one of them replaced (`sys.stdout`, `print`, `asyncio.sleep`) or left (its path, its environment) must not affect the next.
 */
export const RESET_INTERPRETER = `
import gc, os, sys, types

def remember():
    # The tracer keeps its own house; importlib and Pyodide must not be turned back under their feet.
    def ours(name):
        return name in ('sys', '__main__', '_imp') or name.split('.')[0] in ('coroscope', '_frozen_importlib', '_frozen_importlib_external', 'importlib')

    modules = {name: module for name, module in sys.modules.items() if isinstance(module, types.ModuleType)}
    contents = [(vars(module), dict(vars(module))) for name, module in modules.items() if not ours(name)]
    lists = [(getattr(sys, name), list(getattr(sys, name))) for name in ('path', 'argv', 'meta_path', 'path_hooks')]
    attributes = {name: getattr(sys, name) for name in ('stdin', 'stdout', 'stderr', 'path', 'argv', 'meta_path', 'path_hooks', 'excepthook', 'displayhook', 'unraisablehook')}
    environment, folder, depth = dict(os.environ), os.getcwd(), sys.getrecursionlimit()
    chdir, known, clear, update, setattribute = os.chdir, sys.stdlib_module_names, dict.clear, dict.update, setattr

    def tidy():
        for content, original in contents:
            if len(content) != len(original) or content != original:
                for name in [name for name in content if name not in original]:
                    # Submodules that were imported since are no harm.
                    if not isinstance(content[name], types.ModuleType):
                        del content[name]
                update(content, original)
        for target, original in lists:
            target[:] = original
        for name, value in attributes.items():
            setattribute(sys, name, value)
        for name in [name for name in sys.modules if name not in modules and name.split('.')[0] not in known]:
            del sys.modules[name]
        for name, module in modules.items():
            sys.modules.setdefault(name, module)
        os.environ.clear()
        os.environ.update(environment)
        chdir(folder)
        sys.setrecursionlimit(depth)
        gc.enable()

    return tidy

remember
`;
