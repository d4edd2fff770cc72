"""Python's collector of circular garbage, kept out of what people wait for.

A full collection walks over everything a process has read. Once the catalogue is there that takes a third of
a second, at no foreseeable moment. What has been read stays; so it is set aside when a process has warmed up,
and the collections that follow are about what is new. Once a day everything is looked through, so that what
was set aside and has gone since does not stay for good.
"""

from __future__ import annotations

import gc
import threading
import time

WARMED_UP_SECONDS = (30.0, 300.0)
LOOKED_THROUGH_EVERY_SECONDS = 24 * 3600.0
SELDOM = (20_000, 10, 1_000)
"""So many new objects, and the youngest are looked through; so many times, and the next are, then all."""
WORTH_IT = (2_000, 1, 10)
"""The same where nobody waits: so much has come together that the clock of a process looks through it."""


def settle() -> None:
    """Set aside what this process holds now; no later collection walks over it.

    Effects: a full collection, here and now, of all that was set aside before too; those that come by
    themselves are seldom from now on.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def sweep() -> bool:
    """Look through what is new, as far back as enough has come together; answers whether anything was."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] >= WORTH_IT[generation]:
            gc.collect(generation)
            return True
    return False


class Settling:
    """When this process settles: some time after it began, and once a day.

    Units: seconds of the machine's own clock, never the office's.
    """

    def __init__(self, began: float | None = None) -> None:
        self._began = time.monotonic() if began is None else began
        self._done = 0
        self._turn = threading.Lock()

    def tick(self, now: float | None = None) -> bool:
        """Settle if it is time to; answers whether it did."""
        since = (time.monotonic() if now is None else now) - self._began
        with self._turn:
            if since < self._due():
                return False
            self._done += 1
            while self._due() <= since:  # a process that slept settles once, not for every day it missed
                self._done += 1
        settle()
        return True

    def _due(self) -> float:
        if self._done < len(WARMED_UP_SECONDS):
            return WARMED_UP_SECONDS[self._done]
        return (self._done - len(WARMED_UP_SECONDS) + 1) * LOOKED_THROUGH_EVERY_SECONDS
