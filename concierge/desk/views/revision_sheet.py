"""One revision of a package on its own: of a joint review, or one that a newer revision stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from concierge.desk.views.contents_rows import (
    Address,
    ContentsRow,
    change_sentences,
    item_row,
    sent_facts,
    sent_rows,
)
from concierge.kernel import clock, spoken
from concierge.kernel.web import language
from documents.models.package import PackageRow
from documents.queries.packages import PackageDraft
from documents.rules.package_facts import by_place


@dataclass(frozen=True, kw_only=True)
class RevisionSheet:
    """One revision with what it holds and what it changed."""

    row: PackageRow
    name: str
    project_name: str
    project_code: str
    department: str
    address: Address

    def contents(self) -> list[ContentsRow]:
        """Its papers and documents."""
        return list(sent_rows(self.row, self.address))

    def contents_line(self) -> str:
        """Its number and day."""
        return revision_line(self.row)

    def changed(self) -> list[str]:
        """What it changed, a sentence for each kind of change."""
        return change_sentences(self.row)

    def bag(self) -> dict[str, Any]:
        """What is to be known of the ZIP; nothing before it is built."""
        return sent_facts(self.row)


@dataclass(frozen=True, kw_only=True)
class DraftSheet:
    """What a package would hold if it were made now, and what keeps it from being made."""

    draft: PackageDraft
    problems: tuple[dict[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The matter, or the group of the review."""
        return self.draft.about.spoken(language())

    @property
    def department(self) -> str:
        """Who is to receive it."""
        return self.draft.about.department.spoken(language())

    def contents(self) -> list[ContentsRow]:
        """The lines it would have."""
        return [item_row(lines, None, 1, _nowhere) for lines in by_place(self.draft.items)]

    def missing(self) -> list[str]:
        """The papers that keep it back."""
        return _names((item.name_zh, item.name_en) for item in self.draft.missing)

    def next_words(self) -> str:
        """What making it would do."""
        last = self.draft.last
        if last is None:
            return gettext("Make the package")
        return gettext("Make revision %(number)s", number=last.revision + 1)

    def changes(self) -> list[str]:
        """The papers a new revision would change."""
        return _names((one.name_zh, one.name_en) for one in self.draft.changes)


def revision_line(row: PackageRow) -> str:
    """The number of a package, its revision and the day it was made."""
    made_on = spoken.day(clock.local(row.made_at).date())
    return gettext(
        "%(number)s, revision %(revision)s of %(day)s", number=row.number, revision=row.revision, day=made_on
    )


def _nowhere(_place: int, _n: int) -> str:
    return ""


def _names(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [name_en if language() == "en" else name_zh for name_zh, name_en in pairs]
