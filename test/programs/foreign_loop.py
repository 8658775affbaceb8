"""A loop that is none of asyncio's own: its tasks are seen, its waiting is not."""
import asyncio
import collections
import contextvars
import heapq
import time


class TinyLoop(asyncio.AbstractEventLoop):
    def __init__(self):
        self._soon = collections.deque()
        self._later = []
        self._count = 0

    def call_soon(self, callback, *args, context=None):
        handle = asyncio.Handle(callback, args, self, context or contextvars.copy_context())
        self._soon.append(handle)
        return handle

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        handle = asyncio.TimerHandle(when, callback, args, self, context or contextvars.copy_context())
        self._count += 1
        heapq.heappush(self._later, (when, self._count, handle))
        return handle

    def time(self):
        return time.monotonic()

    def get_debug(self):
        return False

    def create_future(self):
        return asyncio.Future(loop=self)

    def create_task(self, coro, **kwargs):
        return asyncio.Task(coro, loop=self, **kwargs)

    def call_exception_handler(self, context):
        print('handler:', context['message'])

    def _timer_handle_cancelled(self, handle):
        pass

    def run_until_complete(self, coro):
        asyncio._set_running_loop(self)
        try:
            task = self.create_task(coro)
            while not task.done():
                self._run_once()
            return task.result()
        finally:
            asyncio._set_running_loop(None)

    def _run_once(self):
        while self._later and (not self._soon or self._later[0][0] <= self.time()):
            when, _, handle = heapq.heappop(self._later)
            time.sleep(max(0, when - self.time()))
            self._soon.append(handle)
        handle = self._soon.popleft()
        if not handle.cancelled():
            handle._run()


async def child(queue):
    await asyncio.sleep(0.01)
    await queue.put('from a child')


async def main():
    queue = asyncio.Queue()
    task = asyncio.ensure_future(child(queue))
    print(await queue.get())
    await task
    done, pending = await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=0.01)
    print(len(done), 'done', len(pending), 'pending')


print(TinyLoop().run_until_complete(main()))
