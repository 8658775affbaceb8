"""The application of ``uvicorn_asyncio`` on uvloop. Needs: uvicorn, fastapi, httpx, uvloop."""
import uvicorn_asyncio

uvicorn_asyncio.run('uvloop')
