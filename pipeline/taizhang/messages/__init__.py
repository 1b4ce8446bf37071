"""The messages' room: what the command says on a terminal, in the user's language. No file depends on it."""

from taizhang.messages.catalogue import _, in_english, speaking, spoken, told
from taizhang.messages.columns import wide
from taizhang.messages.language import Language, language

__all__ = ["Language", "_", "in_english", "language", "speaking", "spoken", "told", "wide"]
