"""The command ``coroscope`` of the wheel.

With a Node.js it is the same program that npm installs, started by this Python. Without one, this package records programs and writes pages by
itself: a page computes in the browser all that it shows.
"""
