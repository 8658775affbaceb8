import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { interpreters, program, runs } from '../engines/here';

/** What is left of queries, commands and addresses: names, and never a value. On every Python, without the libraries. */

const statements: readonly (readonly [string, string])[] = [
  ['SELECT * FROM users WHERE id=$1', 'SELECT users'],
  ['select \'a from hunter2\', extract(epoch FROM now()) from "Users" u', 'SELECT Users'],
  ["SELECT E'it\\' from hunter2', 1 FROM t", 'SELECT t'],
  ['SELECT $x$ from hunter2 $x$ FROM shop.orders', 'SELECT shop.orders'],
  ['-- from hunter2\n/* from hunter2 */ SELECT 1', 'SELECT'],
  ['SELECT count(*) FROM (SELECT id FROM users WHERE name = 7) AS x', 'SELECT users'],
  ['WITH recent AS (SELECT * FROM orders) UPDATE users SET seen = 1', 'UPDATE users'],
  ["INSERT INTO users (id) VALUES (1, 'hunter2')", 'INSERT users'],
  ['insert or replace into `users` values (1)', 'INSERT users'],
  ['DELETE FROM ONLY users', 'DELETE users'],
  ['CREATE TABLE IF NOT EXISTS users (id int)', 'CREATE users'],
  ['CREATE UNIQUE INDEX i ON users (id)', 'CREATE'],
  ["ALTER USER me PASSWORD 'hunter2'", 'ALTER'],
  ["SET my.key = 'hunter2'", 'SET'],
  ["NOTIFY channel, 'hunter2'", 'NOTIFY'],
  ['BEGIN ISOLATION LEVEL SERIALIZABLE;', 'BEGIN'],
  ['PRAGMA key = hunter2', 'PRAGMA'],
  ["SELECT 1 FROM 'hunter2", 'SELECT'],
  ['SELECT 1 FROM "a\u001b[31m', 'SELECT'],
  ['SELECT 1 FROM t3f9a8b7c6d5e4f3a2b1c', 'SELECT …'],
  ['hunter2', ''],
  ['', ''],
];

const commands: readonly (readonly [string, string])[] = [
  ["('GET', 'session:hunter2')", 'GET'],
  ["('set session:hunter2 hunter2',)", 'SET'],
  ["(b'HGETALL', b'hunter2')", 'HGETALL'],
  ["('CONFIG GET', 'hunter2')", 'CONFIG GET'],
  ["('CLIENT', 'INFO')", 'CLIENT INFO'],
  ["('JSON.GET', 'hunter2')", 'JSON.GET'],
  ["('hunter2:hunter2',)", ''],
  ['(7,)', ''],
  ['()', ''],
];

const addresses: readonly (readonly [string, string])[] = [
  ['http://example.com/items?token=hunter2#hunter2', 'example.com/items'],
  ['https://me:hunter2@example.com:443/', 'example.com'],
  ['https://me:hunter2@x@example.com:8443/a/b', 'example.com:8443/a/b'],
  ['ws://[::1]:80/chat', '[::1]/chat'],
  ['http://example.com/reset/3f9a8b7c6d5e4f3a2b1c', 'example.com/reset/…'],
  ['/items', ''],
  ['http://example.com?token=hunter2', 'example.com'],
];

/** A library whose functions are called as those of asyncpg, and have none of their variables. */
const OTHER = `import asyncio, os, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    package = os.path.join(folder, 'site-packages', 'asyncpg')
    os.makedirs(package)
    open(os.path.join(package, '__init__.py'), 'w').close()
    with open(os.path.join(package, 'connection.py'), 'w') as file:
        file.write('''import asyncio, time
async def fetch(statement): await asyncio.sleep(0.001)
async def copy_to_table(): await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.02)
class Statement:
    async def fetch(self, query): await asyncio.sleep(0.001)
class Odd(str):
    def __getitem__(self, key): print("code of the program's ran")
''')
    sys.path.insert(0, os.path.join(folder, 'site-packages'))
    from asyncpg import connection
    async def main():
        await connection.fetch('SELECT 1 FROM users')
        await connection.copy_to_table()
        await connection.Statement().fetch('SELECT 1 FROM users')
        await connection.Statement().fetch(connection.Odd('SELECT 1 FROM users'))
        await asyncio.wait_for(connection.Statement().fetch('DELETE FROM users'), 5)
    asyncio.run(main())
`;

describe.each(interpreters)('$version', ({ version, command }) => {
  const told = (call: string, values: readonly string[]): string[] => {
    const code = `import json, sys; from coroscope.libraries.addresses import shown_address; from coroscope.libraries.redis_client import command; from coroscope.libraries.sql import statement; print(json.dumps([${call} for text in json.load(sys.stdin)]))`;
    const env = { ...process.env, PYTHONPATH: resolve('src/python'), PYTHONDONTWRITEBYTECODE: '1' };
    return JSON.parse(execFileSync(command, ['-c', code], { env, input: JSON.stringify(values), encoding: 'utf8' }));
  };
  const table = (call: string, rows: readonly (readonly [string, string])[]) =>
    expect(
      told(
        call,
        rows.map(([text]) => text),
      ).map((found, i) => [rows[i][0], found]),
    ).toEqual(rows);

  test('queries are cut to verb and table, commands to their names, addresses to host and path', () => {
    table('statement(text)', statements);
    table('command(eval(text))', commands);
    table('shown_address(text)', addresses);
  });

  test('another version of a library has no names, and nothing of it fails', async () => {
    const { timeline, stdout } = await runs(program(OTHER), { engine: command, clock: 'real' });
    expect(stdout).toBe('');
    expect(timeline.errors).toEqual([]);
    const labels = timeline.waits.map((wait) => wait?.label ?? '');
    const limited =
      Number(version.split('.')[1]) < 12 ? [] : ['wait_for(PostgreSQL DELETE users · sleep 0.001 s, 5 s)'];
    expect(labels).toEqual(
      expect.arrayContaining([
        'PostgreSQL query · sleep 0.001 s',
        'PostgreSQL COPY',
        'PostgreSQL SELECT users · sleep 0.001 s',
        ...limited,
      ]),
    );
  });
});
