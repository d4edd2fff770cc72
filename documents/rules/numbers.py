"""The number a document bears: the office's word, the series, the year in its brackets, the count."""

from __future__ import annotations

FIRST_VERSION = 1


def document_number(office_word: str, series: str, year: int, serial: int) -> str:
    """A number such as 青帮代告〔2026〕12号: no leading noughts, no 第, hexagonal brackets.

    Source: S80, 7.2.5.
    """
    return f"{office_word}{series}〔{year}〕{serial}号"
