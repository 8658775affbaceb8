import { tellsOf } from './told';

tellsOf('things of another event loop', {
  'a semaphore of the module, used in two runs': {
    source: `import asyncio
limit = asyncio.Semaphore(1)
async def load(name):
    async with limit:
        await asyncio.sleep(0.1)
        return name
async def batch(*names):
    return await asyncio.gather(*(load(n) for n in names), return_exceptions=False)
print(asyncio.run(batch('a', 'b')))
try:
    asyncio.run(batch('c', 'd'))
except RuntimeError:
    raise`,
    from: 10,
    told: ['uncaught 4', 'unfinished 5'],
    says: [
      "limit was created at line 2, and belongs to the event loop of batch('a', 'b') (line 9), where it was used first.",
    ],
  },
  'what was made in a loop that is closed': {
    source: `import asyncio
class Client:
    async def open(self):
        self.loop = asyncio.get_running_loop()
        return self
    async def get(self):
        made = self.loop.create_future()
        self.loop.call_later(0.1, made.set_result, 1)
        return await made
client = asyncio.run(Client().open())
asyncio.run(client.get())`,
    told: ['uncaught 8'],
    says: ['Here it is the event loop of Client.open() (line 10), which was closed when that had ended.'],
  },
});
