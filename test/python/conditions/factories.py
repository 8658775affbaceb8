"""A loop of the program's own that overrides ``call_soon``, a task factory with a Task of its own, a policy, context variables."""
import asyncio
import contextvars

seen = 0
var = contextvars.ContextVar('var', default=0)


class Loop(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        global seen
        seen += 1
        return super().call_soon(callback, *args, context=context)


class Task(asyncio.Task):
    def __repr__(self):
        return f'<mine {self.get_name()}>'


async def child():
    var.set(var.get() + 1)
    await asyncio.sleep(0)
    return var.get()


async def main():
    task = asyncio.get_running_loop().create_task(child())
    print(type(task).__name__, await task, var.get(), task)


loop = Loop()
loop.set_task_factory(lambda loop, coro, **options: Task(coro, loop=loop, **options))
loop.run_until_complete(main())
loop.close()
print(seen, repr(loop))
