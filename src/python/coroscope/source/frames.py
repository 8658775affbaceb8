"""Reads local variables of other frames without keeping their values alive."""

import sys

CO_OPTIMIZED = 0x1


def locals_of(frame):
    """A copy of the local variables."""
    shown = frame.f_locals
    values = dict(shown)
    if sys.version_info[:2] == (3, 12) and frame.f_code.co_flags & CO_OPTIMIZED:
        # The frame caches the dictionary, and with it every value. (Before, ``sys.setprofile`` makes it do so anyway,
        # and writes the dictionary back into the variables.)
        shown.clear()
    return values


def local_of(frame, name):
    shown = frame.f_locals
    value = shown.get(name)
    if sys.version_info[:2] == (3, 12) and frame.f_code.co_flags & CO_OPTIMIZED:
        shown.clear()
    return value
