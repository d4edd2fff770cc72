"""Work of a library that starts an event loop of its own: done in a thread, where none runs yet."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def on_own_loop(call: Callable[[], Answer]) -> Answer:
    """What a call answers that may not be made where an event loop runs, as pyHanko's signing and checking.

    Raises: what the call raises.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(call).result()
