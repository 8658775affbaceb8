"""Log records, those too that no handler shows."""
import asyncio
import logging

log = logging.getLogger('shop')


class Order:
    def __str__(self):
        return 'an order'


async def work(number):
    log.warning('order %d of %s', number, 'kim')
    await asyncio.sleep(number)
    log.info('not let through')
    try:
        raise ValueError('sold out')
    except ValueError:
        log.exception('failed: %(why)s', {'why': 'stock'})


async def main():
    log.addHandler(logging.NullHandler())
    log.propagate = False
    await asyncio.gather(work(1), work(2))
    log.setLevel(logging.DEBUG)
    log.debug('quiet %s', Order())
    log.disabled = True
    log.error('disabled')


asyncio.run(main())
