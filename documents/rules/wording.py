"""How a document writes what the catalogue notes down in short."""

from __future__ import annotations

import re

_IN_CHINESE = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def with_chinese_brackets(text: str) -> str:
    """Brackets around Chinese words as Chinese writes them: （承诺制）, but 1:500 (A3) stays as it is.

    Source: S80, 5.2.1 (one kind of type through a page).
    """
    return _IN_CHINESE.sub(r"（\1）", text)
