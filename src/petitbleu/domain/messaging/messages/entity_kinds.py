"""Numbers of the kinds of text entities, as they are stored. Never reuse or change one."""

from __future__ import annotations

UNKNOWN = 0
MENTION = 1
HASHTAG = 2
BOT_COMMAND = 3
URL = 4
EMAIL = 5
BOLD = 6
ITALIC = 7
CODE = 8
PRE = 9
TEXT_URL = 10
MENTION_NAME = 11
PHONE = 12
CASHTAG = 13
UNDERLINE = 14
STRIKE = 15
BANK_CARD = 16
SPOILER = 17
CUSTOM_EMOJI = 18
BLOCKQUOTE = 19
FORMATTED_DATE = 20
DIFF_INSERT = 21
DIFF_REPLACE = 22
DIFF_DELETE = 23

FOUND_KINDS = frozenset(
    {UNKNOWN, MENTION, HASHTAG, BOT_COMMAND, URL, EMAIL, PHONE, CASHTAG, BANK_CARD}
)
"""Found in the text by the server."""
STYLE_KINDS = frozenset({BOLD, ITALIC, UNDERLINE, STRIKE, SPOILER})
CODE_KINDS = frozenset({CODE, PRE})
"""Nothing else stands inside them."""
BLOCK_KINDS = frozenset({CODE, PRE, BLOCKQUOTE})
"""White space at their edges is part of them."""
