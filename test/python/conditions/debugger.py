"""A debugger: ``sys.settrace`` on the program's own lines, and ``bdb`` that stops at a breakpoint and steps through async code."""
import asyncio
import bdb
import sys


async def inner(n):
    await asyncio.sleep(0)
    return n + 1


async def main():
    total = 0
    for n in range(2):
        total += await inner(n)
    print(total)


def lines(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        print(event, frame.f_lineno)
        return lines
    return None


sys.settrace(lines)
asyncio.run(main())
sys.settrace(None)


class Stepper(bdb.Bdb):
    def user_line(self, frame):
        if frame.f_code.co_filename == self.canonic(__file__):
            print('line', frame.f_lineno)
        self.set_step()


stepper = Stepper()
stepper.set_break(__file__, 14)
stepper.run('asyncio.run(main())', globals())
