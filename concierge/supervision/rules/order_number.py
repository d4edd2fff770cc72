"""The number of a supervision order, as it is written on paper."""

from __future__ import annotations


def order_number(year: int, serial: int) -> str:
    """The number of an order in the office's own series, such as 督办〔2026〕3号."""
    return f"督办〔{year}〕{serial}号"
