"""Before 3.12: the profile function is set while a task's step runs, and no longer.

CPython copies the local variables of every frame that it tells a profile function of, and the copies keep what was in them alive, even
where the frame itself has let go of it. Outside the steps of tasks there is nothing to follow, and nothing is to be kept.
"""

import sys


class StepProfile:
    def __init__(self):
        #: The function for ``sys.setprofile``; None: nothing is followed.
        self.profile = None

    def beginning(self, begin):
        """``begin``, for the steps of tasks: it also sets the profile function, unless the program has one of its own."""
        def begin_step():
            profile = self.profile
            if profile is not None and sys.getprofile() is None:
                sys.setprofile(profile)
            return begin()
        return begin_step

    def ended(self):
        profile = self.profile
        if profile is not None and sys.getprofile() is profile:
            sys.setprofile(None)

    def uninstall(self):
        self.ended()
        self.profile = None
