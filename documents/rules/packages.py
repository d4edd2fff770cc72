"""What belongs in a department's package, what keeps it from being sent, and what a new revision changed."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Refusal

RECEIPT = "package-receipt"
"""The kind of document that says who received a package."""


class PackageState(enum.Enum):
    """Where the building of a package stands."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"


class ItemKind(enum.Enum):
    """What a line of a package's contents is: a paper of the step, or a document made here."""

    PAPER = "paper"
    DOCUMENT = "document"


class ItemStatus(enum.Enum):
    """How a line of the contents stands.

    Shape: ``ORIGINAL`` lies at the counter on paper, without a file; ``RESULT`` is known from an earlier
        step's result; ``PROMISED`` was allowed to come later; ``OTHER`` is left out because another paper of
        the same choice is there; ``MISSING`` is neither here nor promised.
    """

    HERE = "here"
    ORIGINAL = "original"
    RESULT = "result"
    PROMISED = "promised"
    OTHER = "other"
    MISSING = "missing"


class Change(enum.Enum):
    """What a new revision did to a paper of the one before."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"


class PackageIncomplete(Refusal):
    """A package that lacks papers nobody allowed to come later.

    Source: DF-1, AC-6: what is essential is filed now; nothing outside the guide is waited for.
    """

    message = N_(
        "The package lacks: %(papers)s. Take these papers in, or grant a deferral for those that may come"
        " later."
    )


class PackageUnchanged(Refusal):
    """A new revision that would say the same as the last."""

    message = N_(
        "Nothing in this package has changed since revision %(revision)s. Send that one again instead."
    )


class PackageReplaced(Refusal):
    """Something is to be done with a revision a newer one stands for."""

    message = N_("A newer revision of this package was sent. Reload the page and use that one.")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a package's contents. Shape: see ``PackageItemRow``."""

    place: int
    n: int
    kind: ItemKind
    code: str
    name_zh: str
    name_en: str
    status: ItemStatus
    origin: str = ""
    source: str = ""
    copies: int = 0
    paper_revision: int = 0
    came_on: date | None = None
    due_on: date | None = None
    path: str = ""
    media_type: str = ""
    size_bytes: int = 0
    pages: int | None = None
    sha256: str = ""
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One revision of a package: its number and what is in it."""

    number: str
    revision: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Changed:
    """One paper a new revision changed. Shape: ``code`` is the paper's, ``name_*`` what people call it."""

    change: Change
    code: str
    name_zh: str
    name_en: str


def missing_of(items: Iterable[Item]) -> tuple[Item, ...]:
    """The lines that keep a package from being sent, each paper once."""
    found = {item.code: item for item in items if item.status is ItemStatus.MISSING}
    return tuple(found.values())


def check_complete(items: Sequence[Item]) -> None:
    """Refuse a package that lacks papers.

    Raises: PackageIncomplete.
    Source: DF-1, AC-6.
    """
    missing = missing_of(items)
    if missing:
        raise PackageIncomplete(papers="、".join(item.name_zh for item in missing))


def changes(old: Sequence[Item], new: Sequence[Item]) -> tuple[Changed, ...]:
    """What a revision changed against the one before, paper by paper, in the order of the new one.

    Shape: a paper is replaced when the set of its files or its status changed; removed ones come last.
    """
    before, after = _by_paper(old), _by_paper(new)
    found = []
    for code, items in after.items():
        if code not in before:
            found.append(_changed(Change.ADDED, items[0]))
        elif _said(before[code]) != _said(items):
            was_empty = not any(item.sha256 for item in before[code]) and any(item.sha256 for item in items)
            found.append(_changed(Change.ADDED if was_empty else Change.REPLACED, items[0]))
    found.extend(_changed(Change.REMOVED, items[0]) for code, items in before.items() if code not in after)
    return tuple(found)


def _by_paper(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.code, []).append(item)
    return found


def _said(items: Iterable[Item]) -> list[tuple[str, str, str]]:
    return sorted((item.sha256, item.status.value, str(item.due_on or "")) for item in items)


def _changed(change: Change, item: Item) -> Changed:
    return Changed(change, item.code, item.name_zh, item.name_en)
