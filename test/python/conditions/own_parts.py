"""What a program can see of itself: its own module, its stack, how deep it may go, handles, tasks, numbers of files."""
import asyncio
import inspect
import os
import traceback

print({name: type(value).__name__ for name, value in sorted(globals().items())})


def deep(n):
    global depth
    depth = n
    deep(n + 1)


class Odd:
    def __getattr__(self, name):
        print('asked for', name)
        raise KeyError(name)

    def method(self):
        print('method')

    def __call__(self):
        print('called')

    def __repr__(self):
        raise RuntimeError('no repr')


class OddError(Exception):
    def __str__(self):
        raise RuntimeError('no str')


async def odd():
    return Odd()


async def raises():
    raise OddError


async def recursive(n):
    await recursive(n + 1)


async def main():
    loop = asyncio.get_running_loop()
    print(os.open(os.devnull, os.O_RDONLY))
    print(loop, loop.call_soon(print, 'soon'), type(loop.call_soon(int)), inspect.signature(loop.call_soon))
    loop.call_soon(Odd().method)
    loop.call_soon(Odd())
    task = asyncio.current_task()
    task.set_name(('not', 'a string'))
    print(task.get_name(), len(asyncio.all_tasks()))
    task.print_stack()
    print(task.get_stack()[0].f_lineno)
    traceback.print_stack()
    await asyncio.gather(odd(), odd())
    for coro in (raises(), recursive(0)):
        try:
            await asyncio.create_task(coro)
        except (OddError, RecursionError) as error:
            print(type(error))


try:
    deep(1)
except RecursionError:
    print('depth', depth)
asyncio.run(main())
