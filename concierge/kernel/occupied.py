"""Who uses the home directory: servers and workers together, a restore alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from concierge.kernel.errors import N_, Refusal

UNFINISHED = "restore-unfinished"
SWEEP = ".sweep"


class HomeInUse(Refusal):
    """A restore while something runs."""

    message = N_("Something is still running on %(home)s. Stop the server and the workers, then restore.")


class RestoreUnfinished(Refusal):
    """A restore was interrupted, so what is in home belongs to two systems."""

    message = N_(
        "A restore of %(home)s was interrupted. Run it again with --force; nothing is served until then."
    )


@contextmanager
def used(home: Path) -> Iterator[None]:
    """Keep a restore away while the block runs.

    Raises: HomeInUse, during a restore; RestoreUnfinished, after one that broke off.
    """
    with _locked(home, fcntl.LOCK_SH):
        if (home / UNFINISHED).exists():
            raise RestoreUnfinished(home=home)
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have home to oneself while the block runs.

    Raises: HomeInUse.
    """
    with _locked(home, fcntl.LOCK_EX):
        yield


@contextmanager
def kept_whole(home: Path) -> Iterator[None]:
    """Have no stored file removed while the block copies them."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / SWEEP).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def sweeping(home: Path) -> Iterator[bool]:
    """Whether stored files may be removed in the block: not while somebody copies them."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / SWEEP).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _locked(home: Path, kind: int) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".in-use").open("a") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeInUse(home=home) from None
        yield
