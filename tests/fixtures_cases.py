"""How one case of a test is named."""

from __future__ import annotations

import pytest


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: files composed for a test bear the time of day.

    Two processes that share the tests must find the same names.
    """
    return argname if isinstance(val, bytes) else None
