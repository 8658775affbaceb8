"""asyncpg and aiosqlite, also where SQLAlchemy calls them."""

from .sql import statement


def fixed(name):
    return lambda names: name


def query(database, variable, verb='query'):
    """The query is in a variable of the function."""
    return lambda names: f'{database} {statement(names.get(variable)) or verb}'


def own_query(names):
    """Of a prepared statement or a cursor."""
    return f'PostgreSQL {statement(getattr(names["self"], "_query", None)) or "query"}'


def copied(names):
    table = names.get('table_name')
    return 'PostgreSQL ' + (statement(f'COPY "{table}"') if type(table) is str and '"' not in table else 'COPY')


CALLS = {
    ('asyncpg.connection', 'connect'): fixed('PostgreSQL connect'),
    ('asyncpg.connection', 'close'): fixed('PostgreSQL close'),
    ('asyncpg.connection', 'executemany'): query('PostgreSQL', 'command'),
    ('asyncpg.connection', 'add_listener'): fixed('PostgreSQL LISTEN'),
    ('asyncpg.connection', 'copy_from_query'): fixed('PostgreSQL COPY'),
    **{('asyncpg.connection', each): fixed('PostgreSQL types') for each in ('set_type_codec', 'reset_type_codec', 'set_builtin_type_codec', 'reload_schema_state')},
    ('asyncpg.pool', '_async__init__'): fixed('PostgreSQL connect'),
    ('asyncpg.pool', '_acquire'): fixed('PostgreSQL acquire'),
    ('asyncpg.pool', 'release'): fixed('PostgreSQL release'),
    ('asyncpg.pool', 'close'): fixed('PostgreSQL close'),
    **{('asyncpg.connection', each): query('PostgreSQL', 'query') for each in ('fetch', 'fetchrow', 'fetchval', 'execute', 'prepare', 'fetchmany')},
    **{('asyncpg.connection', each): copied for each in ('copy_from_table', 'copy_to_table', 'copy_records_to_table')},
    **{('asyncpg.prepared_stmt', each): own_query for each in ('fetch', 'fetchrow', 'fetchval', 'executemany', 'fetchmany', 'explain')},
    **{('asyncpg.cursor', each): own_query for each in ('_init', '_bind', '_exec', '_bind_exec')},
    ('aiosqlite.core', '_connect'): fixed('SQLite connect'),
    ('aiosqlite.core', 'close'): fixed('SQLite close'),
    ('aiosqlite.core', 'commit'): fixed('SQLite COMMIT'),
    ('aiosqlite.core', 'rollback'): fixed('SQLite ROLLBACK'),
    **{('aiosqlite.core', each): query('SQLite', 'sql') for each in ('execute', 'execute_insert', 'execute_fetchall', 'executemany')},
    **{('aiosqlite.cursor', each): query('SQLite', 'sql') for each in ('execute', 'executemany')},
    **{(module, 'executescript'): query('SQLite', 'sql_script', 'script') for module in ('aiosqlite.core', 'aiosqlite.cursor')},
    **{('aiosqlite.cursor', each): fixed(f'SQLite {each}') for each in ('fetchone', 'fetchmany', 'fetchall')},
}
