"""The contents of a package as a page lists them: what was sent, or before that what is here by now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext

from approvals.rules.papers import HeldFile
from concierge.desk.queries.packages import Package, PackagePaper
from concierge.kernel import spoken
from concierge.kernel.contents import KINDS
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from documents.models.package import PackageRow
from documents.queries.packages import told_changes
from documents.rules.package_facts import by_place
from documents.rules.packages import Change, Item, ItemStatus

Address = Callable[[int, int], str]
ORIGINS: Mapping[str, str] = {
    "applicant": N_("Enterprise"),
    "intermediary": N_("Intermediary"),
    "produced": N_("Earlier step"),
    "shared": N_("Shared by departments"),
    "system": N_("Made by the system"),
}
STATUSES: Mapping[ItemStatus, tuple[str, str]] = {
    ItemStatus.HERE: ("done", N_("All there")),
    ItemStatus.ORIGINAL: ("done", N_("On paper at the counter")),
    ItemStatus.RESULT: ("done", N_("Known from an earlier result")),
    ItemStatus.PROMISED: ("deferred", N_("Comes later")),
    ItemStatus.MISSING: ("waiting", N_("Missing")),
}
CHANGED: Mapping[Change, str] = {
    Change.ADDED: N_("added in revision %(revision)s"),
    Change.REPLACED: N_("replaced in revision %(revision)s"),
    Change.REMOVED: N_("removed in revision %(revision)s"),
}
SAID_CHANGES: Mapping[Change, str] = {
    Change.REPLACED: N_("%(count)s replaced: %(papers)s"),
    Change.ADDED: N_("%(count)s added: %(papers)s"),
    Change.REMOVED: N_("%(count)s removed: %(papers)s"),
}
KILO = 1024


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """One file of a line: its name, its size and where it is fetched."""

    name: str
    size: str
    href: str


@dataclass(frozen=True, kw_only=True)
class ContentsRow:
    """One paper or document of a package."""

    place: int
    name: str
    notes: tuple[str, ...]
    form: str
    pages: str
    source: str
    look: str
    state: str
    tags: tuple[str, ...]
    files: tuple[FileLink, ...]


def contents_rows(package: Package, address: Address) -> list[ContentsRow]:
    """The lines of a package's page: of the revision that stands, else of what is here by now."""
    if package.sent is not None:
        return list(sent_rows(package.sent, address))
    return [_paper_row(paper, address) for paper in package.papers]


def sent_rows(row: PackageRow, address: Address) -> Iterator[ContentsRow]:
    """The lines of one revision, with what it changed."""
    changed = {one.code: one.change for one in told_changes(row)}
    for lines in by_place([item.facts() for item in row.items]):
        yield item_row(lines, changed.get(lines[0].code), row.revision, address)


def item_row(lines: Sequence[Item], change: Change | None, revision: int, address: Address) -> ContentsRow:
    """One line of a revision or of a draft."""
    first, files = lines[0], [item for item in lines if item.path]
    look, word = STATUSES.get(first.status, ("waiting", N_("Missing")))
    origin = gettext(ORIGINS[first.origin]) if first.origin in ORIGINS else first.origin
    tags = (gettext(CHANGED[change], revision=revision),) if change is not None and revision > 1 else ()
    return ContentsRow(
        place=first.place,
        name=first.name_en if language() == "en" else first.name_zh,
        notes=tuple(_notes(first)),
        form=_form(
            [item.media_type for item in files], first.copies, is_here=first.status is not ItemStatus.MISSING
        ),
        pages=_pages([item.pages for item in files]),
        source=gettext("%(origin)s: %(name)s", origin=origin, name=first.source) if first.source else origin,
        look=look,
        state=gettext(word),
        tags=tags,
        files=tuple(
            FileLink(
                name=item.path.partition(" ")[2],
                size=spoken_size(item.size_bytes),
                href=address(item.place, item.n),
            )
            for item in files
        ),
    )


def _notes(item: Item) -> Iterator[str]:
    if item.due_on is not None:
        yield gettext("to be handed in by %(day)s", day=spoken.day(item.due_on))
    if item.paper_revision > 1 and item.came_on is not None:
        yield gettext(
            "version %(number)s, of %(day)s", number=item.paper_revision, day=spoken.day(item.came_on)
        )


def _paper_row(paper: PackagePaper, address: Address) -> ContentsRow:
    versions = (
        (gettext("version %(number)s, of %(day)s", number=paper.version, day=spoken.day(paper.came_on)),)
        if paper.version > 1 and paper.came_on is not None
        else ()
    )
    tags = [gettext("main paper")] * paper.is_main + [gettext("one of several")] * paper.is_choice
    return ContentsRow(
        place=paper.place,
        name=paper.name_en if language() == "en" else paper.name_zh,
        notes=versions,
        form=_form([file.media_type for file in paper.files], paper.paper_copies, is_here=paper.is_here),
        pages=_pages([file.pages for file in paper.files]),
        source=gettext(ORIGINS.get(paper.origin, paper.origin)),
        look="done" if paper.is_here else "waiting",
        state=gettext("Here") if paper.is_here else gettext("Not here"),
        tags=tuple(tags),
        files=tuple(
            FileLink(name=file.name, size=spoken_size(file.size_bytes), href=address(paper.place, n))
            for n, file in enumerate(paper.files, 1)
        ),
    )


def _form(media_types: Sequence[str], copies: int, *, is_here: bool) -> str:
    """In what form a paper comes: its kinds of file, and how many copies on paper."""
    words = list(dict.fromkeys(KINDS[one].name if one in KINDS else one for one in media_types))
    if copies:
        words.append(ngettext("%(num)s paper copy", "%(num)s paper copies", copies))
    return gettext(", ").join(words) if words and is_here else "—"


def _pages(counted: Sequence[int | None]) -> str:
    known = [pages for pages in counted if pages is not None]
    return str(sum(known)) if known else "—"


def spoken_size(size_bytes: int) -> str:
    """A size as people read it. Units: kB and MB of 1024."""
    if size_bytes < KILO * KILO:
        return f"{max(1, round(size_bytes / KILO))} kB" if size_bytes else "0 kB"
    return f"{size_bytes / KILO / KILO:.1f} MB"


def files_of(package: Package) -> Mapping[tuple[int, int], HeldFile | Item]:
    """Every file a page of this package links, by its place and number."""
    if package.sent is not None:
        items = (row.facts() for row in package.sent.items)
        return {(item.place, item.n): item for item in items if item.key is not None}
    return {(paper.place, n): file for paper in package.papers for n, file in enumerate(paper.files, 1)}


def change_sentences(row: PackageRow) -> list[str]:
    """What a revision changed against the one before, a sentence for each kind of change."""
    if row.revision == 1:
        return []
    changed = told_changes(row)
    return [
        gettext(words, count=len(names), papers="、".join(names))
        for change, words in SAID_CHANGES.items()
        if (names := [one.name_zh for one in changed if one.change is change])
    ]


def digest_words(digest: str) -> str:
    """A digest in groups of four, as people compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def sent_facts(row: PackageRow | None) -> dict[str, Any]:
    """What a page says of the ZIP itself; nothing before it is built."""
    if row is None or row.key is None:
        return {}
    return {
        "size": spoken_size(row.size_bytes),
        "sha256": digest_words(row.sha256),
        "sm3": digest_words(row.sm3),
        "short": f"{digest_words(row.sha256[:8])} … {row.sha256[-4:]}",
    }
