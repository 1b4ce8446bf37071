"""The messages' codes: what a code of the records is called, beside the code itself."""

from __future__ import annotations

from taizhang.messages.catalogue import spoken
from taizhang.write.fields import fields, values


def named(field: str, code: str) -> str:
    """A code with its Chinese name where Chinese is spoken: what stands in the files stays in sight.

    >>> from taizhang.messages import speaking
    >>> named("phase", "result")
    'result'
    >>> with speaking("zh"):
    ...     named("phase", "result"), named("reason", "a reason of the future")
    ('成果 result', 'a reason of the future')
    """
    if spoken() == "en" or code not in values().get(field, {}):
        return code
    return f"{values()[field][code].zh} {code}"


def called(field: str) -> str:
    """What a field of the record is called.

    >>> called("place")
    'place'
    """
    known = fields().root["RectificationItem"]
    return field if spoken() == "en" or field not in known else known[field].zh
