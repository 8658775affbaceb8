"""Libraries with event loops outside of asyncio: the record only says that the program imported them."""

import sys

from ..records.kinds import NOT_RECORDED

LIBRARIES = ('trio', 'curio')


def note_other_libraries(recorder):
    """Records which of them the program imported."""
    for name in LIBRARIES:
        if name in sys.modules:
            recorder.outside.event(NOT_RECORDED, recorder.clock.now(), recorder.text(name))
