"""Lines of the log on standard error, without the keys that stand in addresses."""

import logging
import re

OPENING = (
    *("appointment", "ask", "asked", "c", "came", "here", "l", "n"),
    *("booking", "opinion", "problem", "r", "talent", "v", "venue"),
)
"""First parts of addresses whose second part is a key; `deploy/nginx` hides the same."""

_KEY = re.compile(rf"((?:https?://[^/\s]+|(?<![\w.\-/]))/(?:{'|'.join(OPENING)})/)[^/\s?\"'<>]+")


class KeylessFormatter(logging.Formatter):
    """Puts `-` in the place of the key in every address of the message and of its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEY.sub(r"\1-", super().format(record))
