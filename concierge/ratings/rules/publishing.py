"""What the public may read of a rating: the words without anything that names a person."""

from __future__ import annotations

import re
from collections.abc import Collection

MASK = "＊＊"
_NUMBERS = re.compile(r"\d[\dXx \-—]{5,}[\dXx]")
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_ACCOUNT = re.compile(r"(?:微信|QQ|qq|wechat)[号:：\s]*[A-Za-z0-9_\-]{5,}", re.IGNORECASE)


def without_identity(words: str, names: Collection[str]) -> str:
    """The words of a rating as they are published: no telephone or identity number, mail address, account or
    name of its giver, its enterprise or its project.

    Source: RT-7.
    """
    said = _ACCOUNT.sub(MASK, _MAIL.sub(MASK, _NUMBERS.sub(MASK, words)))
    for name in sorted((one.strip() for one in names if len(one.strip()) > 1), key=len, reverse=True):
        said = said.replace(name, MASK)
    return said
