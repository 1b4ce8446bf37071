"""The extract room: a segmented Doc to candidates with every field, and to exclusions with their reasons."""

import sys

from taizhang.called_room import CalledRoom

FUNCTION = "taizhang.pipeline:extract"  # taizhang.extract, which this room has the name of

sys.modules[__name__].__class__ = CalledRoom
