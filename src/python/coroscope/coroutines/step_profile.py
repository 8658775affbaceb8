"""Before 3.12: sets the profile function only while a task's step runs.

CPython copies the local variables of every frame for which it calls a profile function. The copies keep the values alive, even
when the frame has dropped them. Outside of task steps there is nothing to follow, so nothing should be kept.
"""

import sys


class StepProfile:
    def __init__(self):
        #: The function for ``sys.setprofile``; None: nothing is followed.
        self.profile = None

    def beginning(self, begin):
        """``begin``, for the steps of tasks: it also sets the profile function, unless the program has set one."""
        def begin_step():
            profile = self.profile
            if profile is not None and sys.getprofile() is None:
                sys.setprofile(profile)
            return begin()
        return begin_step

    def pause(self):
        """Stops following while the tracer does a lot of its own: each of its calls would cost as much again. Whether it was followed."""
        profile = self.profile
        if profile is None or sys.getprofile() is not profile:
            return False
        sys.setprofile(None)
        return True

    def resume(self):
        """Follows on after a ``pause`` that returned True."""
        if self.profile is not None:
            sys.setprofile(self.profile)

    def ended(self):
        profile = self.profile
        if profile is not None and sys.getprofile() is profile:
            sys.setprofile(None)

    def uninstall(self):
        self.ended()
        self.profile = None
