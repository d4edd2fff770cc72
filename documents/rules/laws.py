"""The laws documents rest on, and which of them is in force on a day.

Source: R-LAW-1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Law:
    """One citation and the days between which it may be printed.

    Units: civil days, both inclusive; ``ended_on`` is None where it is in force without end.
    Shape: several may share an ``id``: the later one took the place of the earlier.
    """

    id: str
    title: str
    wenhao: str
    articles: str
    in_force_on: date
    ended_on: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether a document of that day may cite it."""
        return self.in_force_on <= on and (self.ended_on is None or on <= self.ended_on)


def cited(laws: Iterable[Law]) -> tuple[Law, ...]:
    """The citations as one sentence names them: every law once, its articles beside each other.

    Shape: the first citation of a law keeps its place and takes the articles of the later ones.
    Source: R-LAW-1.
    """
    found: dict[tuple[str, str], Law] = {}
    for law in laws:
        first = found.get((law.title, law.wenhao))
        if first is None:
            found[law.title, law.wenhao] = law
        elif law.articles not in first.articles.split("、"):
            articles = "、".join(one for one in (first.articles, law.articles) if one)
            found[law.title, law.wenhao] = replace(first, articles=articles)
    return tuple(found.values())


class LawUnknown(LookupError):
    """A kind of document names a law that is not in the list."""


def in_force(laws: Iterable[Law], ids: Sequence[str], on: date) -> tuple[Law, ...]:
    """The named laws as they stand on a day, in the order named; one not in force that day is left out.

    Raises: LawUnknown, for an id nobody wrote down.
    Source: R-LAW-1.
    """
    named: dict[str, list[Law]] = {}
    for law in laws:
        named.setdefault(law.id, []).append(law)
    unknown = [one for one in ids if one not in named]
    if unknown:
        raise LawUnknown(f"no law is written down under {', '.join(unknown)}")
    return tuple(law for one in ids for law in named[one] if law.is_in_force(on))
