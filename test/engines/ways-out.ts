/**
 * Programs that try to get out of the embedded Python, each in its own way. What they are after: `SECRET`, a file of the host; `MARK`, a
 * file that must not appear; `PORT`, a server that must hear nothing; `TOKEN`, the name of an environment variable. They fail in silence:
 * whether one came through is seen from outside.
 */

/** JavaScript that tries all that a realm of Node's can be asked for. */
const GRAB = `
const tries = [
  (p) => p.getBuiltinModule('fs').writeFileSync(MARK, 'fs'),
  (p) => p.getBuiltinModule('child_process').execSync('touch ' + MARK),
  (p) => p.binding('fs').writeFileUtf8(MARK, 'x', 577, 438),
  (p) => { throw p.getBuiltinModule('fs').readFileSync(SECRET, 'utf8') },
  (p) => { throw p.env[TOKEN] },
  (p) => p.getBuiltinModule('net').connect(PORT, '127.0.0.1'),
  (p) => p.getBuiltinModule('http').get('http://127.0.0.1:' + PORT).on('error', () => {}),
  (p) => p.getBuiltinModule('https').get('https://127.0.0.1:' + PORT).on('error', () => {}),
  (p) => p.getBuiltinModule('http2').connect('http://127.0.0.1:' + PORT).on('error', () => {}).request({}).on('error', () => {}),
  (p) => p.getBuiltinModule('tls').connect(PORT, '127.0.0.1').on('error', () => {}),
  (p) => new (p.getBuiltinModule('net').Socket)().connect(PORT, '127.0.0.1'),
  (p) => p.getBuiltinModule('dgram').createSocket('udp4').send('x', PORT, '127.0.0.1'),
  (p) => new (p.getBuiltinModule('worker_threads').Worker)("require('fs').writeFileSync('" + MARK + "', 'w')", { eval: true }),
  (p) => p.kill(p.ppid, 'SIGUSR2'),
  (p) => p.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6'),
  (p) => p.getBuiltinModule('inspector').open(PORT + 1),
];
const seen = [];
for (const each of tries) { try { each(process) } catch (error) { seen.push(String(error)) } }
try { fetch('http://127.0.0.1:' + PORT).catch(() => {}) } catch {}
seen.join('|')
`;

/** Python that makes `grab`, the text above with what it is after. */
const PRELUDE = (after: After) => `
import os, sys
MARK, SECRET, TOKEN, PORT = ${[after.mark, after.secret, after.token].map((text) => JSON.stringify(text)).join(', ')}, ${after.port}
grab = ${JSON.stringify(
  `(function () { const MARK = ${JSON.stringify(after.mark)}, SECRET = ${JSON.stringify(after.secret)}, TOKEN = ${JSON.stringify(after.token)}, PORT = ${after.port}; ${GRAB.trim().replace(/seen\.join\('\|'\)$/, "return seen.join('|')")} })()`,
)}
def attempt(call):
    try:
        print(call())
    except BaseException as error:
        print(type(error).__name__, error)
`;

export interface After {
  readonly mark: string;
  readonly secret: string;
  readonly token: string;
  readonly port: number;
}

export function waysOut(after: After): Record<string, string> {
  const prelude = PRELUDE(after);
  return Object.fromEntries(Object.entries(ways).map(([name, code]) => [name, prelude + code]));
}

const ways: Record<string, string> = {
  'os.system': 'attempt(lambda: os.system(f"touch {MARK}"))',
  'os.popen and subprocess': `
attempt(lambda: os.popen(f"cat {SECRET}; touch {MARK}").read())
def run():
    import subprocess
    return subprocess.run(["touch", MARK])
attempt(run)`,
  'os.fork, os.exec*, os.spawn*, os.posix_spawn': `
for name, args in (("spawnv", (0, "/bin/touch", ["touch", MARK])), ("posix_spawn", ("/bin/touch", ["touch", MARK], {})),
                   ("execv", ("/bin/touch", ["touch", MARK])), ("fork", ())):
    attempt(lambda: getattr(os, name)(*args))`,
  'files of the host': `
for path in (SECRET, "/proc/self/environ", "/etc/passwd"):
    attempt(lambda: open(path).read())
attempt(lambda: open(MARK, "x").close())
attempt(lambda: os.environ[TOKEN])`,
  'import js: process, require, fetch': `
def run():
    import js
    return js.process.getBuiltinModule("fs").readFileSync(SECRET, "utf8")
attempt(run)
def run():
    import js
    return js.fetch(f"http://127.0.0.1:{PORT}")
attempt(run)`,
  'import js: eval and Function': `
def run():
    import js
    return js.eval(grab)
attempt(run)
def run():
    import js
    return js.Object.constructor("return " + grab)()
attempt(run)`,
  'pyodide_js: mountNodeFS, FS.mount': `
def run():
    import pyodide_js
    os.makedirs("/host", exist_ok=True)
    pyodide_js.mountNodeFS("/host", os.path.dirname(SECRET))
    return open("/host/" + os.path.basename(SECRET)).read()
attempt(run)
def run():
    import pyodide_js
    from pyodide.ffi import to_js
    os.makedirs("/host2", exist_ok=True)
    pyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, to_js({"root": os.path.dirname(SECRET)}), "/host2")
    return open("/host2/" + os.path.basename(SECRET)).read()
attempt(run)`,
  'pyodide.code.run_js': `
def run():
    from pyodide.code import run_js
    return run_js(grab)
attempt(run)
def run():
    from pyodide.code import run_js
    return run_js("import('node:fs').then((fs) => fs.writeFileSync(" + repr(MARK) + ", 'x'))")
attempt(run)`,
  'pyodide.ffi: the constructor of a proxy': `
def run():
    from pyodide.ffi import create_proxy
    return create_proxy(run).constructor.constructor("return " + grab)()
attempt(run)`,
  '_pyodide_core, imported anew': `
def run():
    import _imp, importlib.machinery, importlib.util
    sys.modules.pop("_pyodide_core", None)
    spec = importlib.machinery.ModuleSpec("_pyodide_core", importlib.machinery.BuiltinImporter)
    core = _imp.create_builtin(spec)
    return core.create_proxy(run).constructor.constructor("return " + grab)()
attempt(run)
def run():
    import importlib.machinery
    return importlib.machinery.BuiltinImporter.load_module("_pyodide_core").run_js(grab)
attempt(run)`,
  'ctypes: emscripten_run_script': `
def run():
    import ctypes
    return ctypes.CDLL(None).emscripten_run_script(grab.encode())
attempt(run)
def run():
    import _ctypes
    return _ctypes.dlopen(None, 0)
attempt(run)`,
  'ctypes: system, and Python functions of C': `
def run():
    import ctypes
    return ctypes.CDLL(None).system(f"touch {MARK}".encode())
attempt(run)
def run():
    import ctypes
    return ctypes.pythonapi.PyRun_SimpleString(b"import js; js.eval('1')")
attempt(run)`,
  'objects of JavaScript on the heap': `
def run():
    import gc
    found = [each for each in gc.get_objects() if type(each).__name__.startswith("Js")]
    for each in found:
        attempt(lambda: each.constructor.constructor("return " + grab)())
    return len(found)
attempt(run)`,
  'classes of Pyodide’s': `
def subclasses(kind):
    for each in type.__subclasses__(kind):
        yield each
        yield from subclasses(each)
def run():
    for each in {each for each in subclasses(object) if each.__module__.startswith(("pyodide", "_pyodide")) or each.__name__.startswith("Js")}:
        for args in ((), ("x",)):
            attempt(lambda: each(*args).js_error.constructor.constructor("return " + grab)())
            attempt(lambda: each(*args).constructor.constructor("return " + grab)())
attempt(run)`,
  'frames below the program': `
def run():
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            if type(value).__name__.startswith("Js"):
                attempt(lambda: value.constructor.constructor("return " + grab)())
        frame = frame.f_back
attempt(run)`,
  sockets: `
def run():
    import socket
    return socket.create_connection(("127.0.0.1", PORT), 1)
attempt(run)
def run():
    import urllib.request
    return urllib.request.urlopen(f"http://127.0.0.1:{PORT}", timeout=1).read()
attempt(run)`,
  'WebSocket, XMLHttpRequest, pyodide.http': `
def run():
    import js
    return js.WebSocket.new(f"ws://127.0.0.1:{PORT}")
attempt(run)
def run():
    from pyodide.http import open_url
    return open_url(f"http://127.0.0.1:{PORT}").read()
attempt(run)`,
  'another interpreter in the interpreter': `
def run():
    import _interpreters
    return _interpreters.exec(_interpreters.create(), "import js; js.eval(" + repr(grab) + ")")
attempt(run)
def run():
    from concurrent import interpreters
    return interpreters.create().exec("import js; js.eval(" + repr(grab) + ")")
attempt(run)`,
  'an extension module of its own': `
def run():
    import importlib.machinery, importlib.util
    open("/tmp/evil.so", "wb").write(b"\\0asm\\1\\0\\0\\0")
    spec = importlib.util.spec_from_file_location("evil", "/tmp/evil.so", loader=importlib.machinery.ExtensionFileLoader("evil", "/tmp/evil.so"))
    return importlib.util.module_from_spec(spec)
attempt(run)
def run():
    import ctypes
    return ctypes.CDLL("/tmp/evil.so")
attempt(run)`,
  'packages from the network': `
def run():
    import pyodide_js
    return pyodide_js.loadPackage(f"http://127.0.0.1:{PORT}/evil-1.0-py3-none-any.whl")
attempt(run)
def run():
    import pyodide_js
    return pyodide_js.loadPackage(SECRET)
attempt(run)`,
  'originals behind what was replaced': `
def run():
    import _imp, gc, types
    for each in (os.system, os.popen, os.execv, _imp.create_builtin, _imp.create_dynamic):
        for cell in getattr(each, "__closure__", None) or ():
            if isinstance(cell.cell_contents, types.BuiltinFunctionType):
                attempt(lambda: cell.cell_contents(f"touch {MARK}"))
    for each in gc.get_objects():
        if isinstance(each, types.BuiltinFunctionType) and each.__name__ in ("system", "execv", "create_builtin", "run_js", "create_proxy"):
            attempt(lambda: each(f"touch {MARK}"))
attempt(run)`,
  'built-in modules that are loaded anew': `
def run():
    import importlib, posix
    importlib.reload(posix)
    return posix.system(f"touch {MARK}")
attempt(run)
def run():
    import _imp, posix
    _imp.exec_builtin(posix)
    return posix.system(f"touch {MARK}")
attempt(run)
def run():
    import importlib.util
    again = importlib.util.module_from_spec(sys.modules["posix"].__spec__)
    again.__spec__.loader.exec_module(again)
    return again.system(f"touch {MARK}")
attempt(run)
def run():
    del sys.modules["posix"], sys.modules["os"]
    import os
    return os.system(f"touch {MARK}")
attempt(run)`,
  'what the tracer holds while it runs': `
seen = {}
def look(frame, event, arg):
    for value in [*frame.f_locals.values(), *frame.f_globals.values(), arg]:
        if type(value).__name__.startswith("Js"):
            seen[id(value)] = value
    return look
async def main():
    import asyncio
    sys.settrace(look); sys.setprofile(look)
    for _ in range(3):
        await asyncio.sleep(0.01); print("x")
    sys.setprofile(None); sys.settrace(None)
import asyncio
asyncio.run(main())
for value in list(seen.values()):
    attempt(lambda: value.constructor.constructor("return " + grab)())
    attempt(lambda: value.__call__.constructor("return " + grab)())
    for name in dir(value):
        attempt(lambda: getattr(value, name).constructor.constructor("return " + grab)())`,
  'the tracer’s own modules': `
def run():
    import coroscope.embedded.host as host, coroscope.embedded.run as own, coroscope.embedded.restrictions as restrictions
    for module in (host, own, restrictions):
        for name, value in vars(module).items():
            if type(value).__name__.startswith("Js") or name in ("js", "pyodide_js"):
                attempt(lambda: value.constructor.constructor("return " + grab)())
    return restrictions._modules["posix"].system(f"touch {MARK}"), restrictions.sys.modules["_pyodide_core"]
attempt(run)
def run():
    import coroscope.embedded.restrictions as restrictions
    restrictions.WITHHELD = ()
    restrictions._modules.clear(); restrictions.prepare()
    return restrictions._modules["_pyodide_core"].run_js(grab)
attempt(run)`,
  'readers and writers of the standard library': `
def each():
    import linecache, logging, pathlib, runpy, shutil, tokenize, urllib.request, zipfile, zipimport
    yield lambda: linecache.getlines(SECRET)
    yield lambda: pathlib.Path(SECRET).read_text()
    yield lambda: runpy.run_path(SECRET)
    yield lambda: shutil.copy(SECRET, "/tmp/copied") and open("/tmp/copied").read()
    yield lambda: urllib.request.urlopen("file://" + SECRET).read()
    yield lambda: tokenize.open(SECRET).read()
    yield lambda: zipimport.zipimporter(os.path.dirname(SECRET))
    yield lambda: logging.FileHandler(MARK).close()
    yield lambda: zipfile.ZipFile(MARK, "w").close()
for one in each():
    attempt(one)`,
  'links and mounts of its file system': `
def run():
    os.symlink(os.path.dirname(SECRET), "/tmp/link")
    return open("/tmp/link/" + os.path.basename(SECRET)).read()
attempt(run)
for path in ("/proc/self/root" + SECRET, "/proc/1/environ", "/dev/fd/0", "/../../.." + SECRET, "//" + SECRET):
    attempt(lambda: open(path).read())
attempt(lambda: os.listdir("/proc"))
attempt(lambda: os.rename("/tmp", os.path.dirname(MARK)))
attempt(lambda: os.open(MARK, os.O_CREAT | os.O_WRONLY))
attempt(lambda: os.mkfifo(MARK))
attempt(lambda: os.mkdir(MARK))`,
  'descriptors by their numbers': `
for fd in range(0, 64):
    for call in (lambda: os.write(fd, b"x"), lambda: os.fdopen(fd, "rb", closefd=False).read(100), lambda: os.dup2(fd, 70)):
        try: call()
        except BaseException: pass`,
  'signals and other processes': `
import signal
for call in (lambda: os.kill(os.getppid(), signal.SIGUSR2), lambda: os.killpg(0, signal.SIGUSR2), lambda: os.kill(-1, signal.SIGUSR2),
             lambda: os.kill(1, signal.SIGUSR2), lambda: signal.pthread_kill(1, signal.SIGUSR2), lambda: os.nice(1)):
    attempt(call)`,
  'processes of asyncio, multiprocessing and pty': `
def run():
    import asyncio
    async def main():
        return await (await asyncio.create_subprocess_shell(f"touch {MARK}")).wait()
    return asyncio.run(main())
attempt(run)
def run():
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(os.system, f"touch {MARK}").result()
attempt(run)
def run():
    import pty
    return pty.spawn(["touch", MARK])
attempt(run)
def run():
    import multiprocessing
    return multiprocessing.Process(target=os.system, args=(f"touch {MARK}",)).start()
attempt(run)
def run():
    import webbrowser, pydoc
    return webbrowser.open(f"http://127.0.0.1:{PORT}"), pydoc.pipepager("x", f"touch {MARK}")
attempt(run)`,
  'connections of asyncio, datagrams and sockets of Unix': `
def run():
    import asyncio
    async def main():
        return await asyncio.wait_for(asyncio.open_connection("127.0.0.1", PORT), 2)
    return asyncio.run(main())
attempt(run)
def run():
    import socket
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", PORT))
attempt(run)
def run():
    import socket
    return socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")
attempt(run)
def run():
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=1)
    connection.request("GET", "/")
    return connection.getresponse().status
attempt(run)`,
  'the environment by other names': `
def run():
    import posix, sysconfig
    return posix.environ, os.environb, os.getenv(TOKEN), sysconfig.get_config_vars().get(TOKEN), os.path.expandvars("$" + TOKEN)
attempt(run)
attempt(lambda: sys._emscripten_info)
attempt(lambda: sys.orig_argv)`,
  'what is left to the end': `
import atexit
class Late:
    def __del__(self):
        attempt(lambda: os.system(f"touch {MARK}"))
        attempt(lambda: __import__("js").process)
late = Late()
atexit.register(lambda: attempt(lambda: os.execv("/bin/touch", ["touch", MARK])))
sys.modules["kept_for_later"] = late
sys.excepthook = lambda *error: attempt(lambda: __import__("js").eval(grab))
sys.unraisablehook = sys.excepthook
raise ValueError("out")`,
  'code made of bytes': `
def run():
    import marshal, types
    code = compile("import js", "x", "exec")
    return exec(marshal.loads(marshal.dumps(code)))
attempt(run)
def run():
    import pickle
    return pickle.loads(b"cposix\\nsystem\\n(V" + f"touch {MARK}".encode() + b"\\ntR.")
attempt(run)
def run():
    import pickle
    return pickle.loads(b"cjs\\neval\\n(V" + grab.replace("\\n", " ").encode() + b"\\ntR.")
attempt(run)`,
};
