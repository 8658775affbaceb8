"""Two hundred queries at once through a pool of asyncpg's, a transaction, a prepared statement, and the same database through SQLAlchemy.

Started with the address of a PostgreSQL server: host and port. Needs: asyncpg, sqlalchemy."""

import asyncio
import sys

import asyncpg
import sqlalchemy
from sqlalchemy.ext.asyncio import create_async_engine

SECRET = 'hunter2-hunter2'
HOST, PORT = sys.argv[1], int(sys.argv[2])


async def user(pool, number):
    async with pool.acquire() as connection:
        return await connection.fetchval('SELECT name FROM users WHERE id = $1 AND password = $2', number, SECRET)


async def slow(pool):
    return await pool.fetchval(f"SELECT 'from {SECRET}', pg_sleep(0.05) FROM orders -- {SECRET}")


async def transaction(pool):
    async with pool.acquire() as connection:
        async with connection.transaction():
            await connection.execute('INSERT INTO orders (id, note) VALUES ($1, $2)', 1, SECRET)
            await connection.executemany('UPDATE orders SET note = $2 WHERE id = $1', [(1, SECRET), (2, SECRET)])
        statement = await connection.prepare('DELETE FROM orders WHERE note = $1')
        await statement.fetch(SECRET)
        await connection.copy_records_to_table('orders', records=[(7, SECRET)])


async def with_sqlalchemy():
    engine = create_async_engine(f'postgresql+asyncpg://postgres@{HOST}:{PORT}/postgres')
    async with engine.connect() as connection:
        rows = await connection.execute(sqlalchemy.text('SELECT count(*) FROM users WHERE password = :word'), {'word': SECRET})
        print('SQLAlchemy', rows.scalar())
    await engine.dispose()


async def main():
    pool = await asyncpg.create_pool(host=HOST, port=PORT, user='postgres', database='postgres', min_size=4, max_size=4)
    async with pool.acquire() as connection:
        await connection.execute('DROP TABLE IF EXISTS users; DROP TABLE IF EXISTS orders')
        await connection.execute('CREATE TABLE users (id int, name text, password text); CREATE TABLE orders (id int, note text)')
        await connection.execute(f"INSERT INTO users SELECT n, 'user ' || n, '{SECRET}' FROM generate_series(1, 200) n")
    names = await asyncio.gather(*[user(pool, number) for number in range(1, 201)])
    print(len(names), names[0], names[-1])
    print(await slow(pool) == f'from {SECRET}')
    await transaction(pool)
    try:
        await pool.fetch('SELECT nothing FROM nowhere')
    except asyncpg.UndefinedTableError as error:
        print(type(error).__name__)
    await pool.close()
    await with_sqlalchemy()


asyncio.run(main())
