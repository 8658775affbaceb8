"""Runs a command in a terminal of its own. Lines of JSON on stdin: what is typed, and other sizes; the terminal's output goes to stdout."""
import fcntl, json, os, pty, select, signal, struct, sys, termios

rows, columns, *command = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)

def resize(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

resize(rows, columns)
orders = b''
sources = [terminal, 0]
while True:
    for source in select.select(sources, [], [])[0]:
        if source == 0:
            data = os.read(0, 1 << 16)
            if not data:
                sources.remove(0)
            *lines, orders = (orders + data).split(b'\n')
            for line in lines:
                order = json.loads(line)
                if 'type' in order:
                    os.write(terminal, order['type'].encode())
                elif 'size' in order:
                    resize(*order['size'])
                else:
                    os.kill(pid, getattr(signal, order['signal']))
            continue
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:
            data = b''
        if not data:
            _, status = os.waitpid(pid, 0)
            sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
        os.write(1, data)
