"""Foreign tools of ``sys.monitoring``: coverage's, and then all of them. Since 3.12."""
import asyncio
import sys

mon = sys.monitoring
lines = []


async def main():
    await asyncio.sleep(0)
    print(len(lines))


mon.use_tool_id(mon.COVERAGE_ID, 'coverage')
mon.register_callback(mon.COVERAGE_ID, mon.events.LINE, lambda code, line: lines.append(line) if code.co_filename == __file__ else mon.DISABLE)
mon.set_events(mon.COVERAGE_ID, mon.events.LINE)
asyncio.run(main())
mon.set_events(mon.COVERAGE_ID, 0)
print(lines)
for tool in (0, 2, 5):
    mon.use_tool_id(tool, f'tool {tool}')
asyncio.run(main())
