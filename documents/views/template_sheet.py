"""What the desk of forms shows: the kinds with their templates, one kind, one version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import gettext

from approvals.rules.lint import Severity
from concierge.kernel.web import may
from documents.models.template import DocumentTemplateRow, TemplateFindingRow, TemplatePageRow
from documents.press.fields import FieldKind, Fields
from documents.press.kind import DocumentKind
from documents.press.samples import SampleSize, sample
from documents.press.template_text import ComparedLine, LineChange
from documents.rules.template_state import TemplateState
from documents.views.template_words import (
    FIELD_KINDS,
    FORMS,
    SAMPLES,
    STATES,
    finding_place,
    finding_sentence,
    kind_name,
)

ON = "DocumentTemplate"
LONGEST_LINE = 60


@dataclass(frozen=True)
class KindLine:
    """One kind of the list: what its documents are made from, and what waits."""

    kind: DocumentKind
    in_force: DocumentTemplateRow | None
    open: Sequence[DocumentTemplateRow]

    @property
    def name(self) -> str:
        """What it is called."""
        return kind_name(self.kind)

    @property
    def form(self) -> str:
        """Its outer form in words."""
        return gettext(FORMS[self.kind.form])

    def source(self) -> str:
        """What its documents are made from now."""
        if self.in_force is None:
            return gettext("The shipped template")
        return gettext("Version %(number)s of our own", number=self.in_force.number)


@dataclass(frozen=True)
class FieldLine:
    """One field of a kind: its name to write in a tag, what it is, where it stands, a sample."""

    path: str
    kind: str
    printed: str
    example: str


@dataclass(frozen=True)
class PageSet:
    """The pictures of one sample's pages."""

    sample: str
    of_pages: int
    pages: Sequence[TemplatePageRow]

    @property
    def name(self) -> str:
        """Which sample it is."""
        return gettext(SAMPLES.get(self.sample, self.sample))


class _Reader:
    """Who reads a sheet, and what they may do with templates."""

    @staticmethod
    def may(verb: str) -> bool:
        """Whether the reader may send, publish or take back."""
        return may(verb, ON)


@dataclass(frozen=True, kw_only=True)
class KindSheet(_Reader):
    """One kind with its versions. Shape: ``said`` is why the last try failed, ``typed`` what was typed."""

    line: KindLine
    versions: Sequence[DocumentTemplateRow]
    fields: Sequence[FieldLine]
    pages: Sequence[PageSet]
    today: date
    said: str = ""
    typed: str = ""


@dataclass(frozen=True, kw_only=True)
class VersionSheet(_Reader):
    """One version: what its trial found, how it looks, what it changes, what may be done with it."""

    kind: DocumentKind
    row: DocumentTemplateRow
    findings: Sequence[TemplateFindingRow]
    pages: Sequence[PageSet]
    changes: Sequence[ComparedLine]
    compared_with: str
    today: date
    is_own: bool
    said: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its kind is called."""
        return kind_name(self.kind)

    def state(self) -> tuple[str, str]:
        """The look and the word of its state; one that is published and over says so."""
        row = self.row
        look, word = STATES[row.state]
        if row.state is TemplateState.PUBLISHED and row.effective_on and row.effective_on > self.today:
            return "waiting", gettext("Begins later")
        if row.state is TemplateState.PUBLISHED and row.ended_on and row.ended_on <= self.today:
            return "ended", gettext("Replaced")
        return look, gettext(word)

    def errors(self) -> list[tuple[str, str, str]]:
        """What stands against publishing: place, text there, sentence."""
        return self._told(Severity.ERROR)

    def warnings(self) -> list[tuple[str, str, str]]:
        """What asks for a second look."""
        return self._told(Severity.WARNING)

    def _told(self, severity: Severity) -> list[tuple[str, str, str]]:
        return [
            (*finding_place(one), finding_sentence(one)) for one in self.findings if one.severity is severity
        ]

    @property
    def can_be_published(self) -> bool:
        """Whether nothing but a second person is lacking."""
        return self.row.state is TemplateState.READY

    @property
    def can_be_taken_back(self) -> bool:
        """Whether documents are, or will be, made from it."""
        is_over = self.row.ended_on is not None and self.row.ended_on <= self.today
        return self.row.state is TemplateState.PUBLISHED and not is_over

    @property
    def is_waiting(self) -> bool:
        """Whether its trial is still going on."""
        return self.row.state is TemplateState.WAITING

    @property
    def can_be_dropped(self) -> bool:
        """Whether it was never published."""
        return self.row.state in (TemplateState.WAITING, TemplateState.FAULTY, TemplateState.READY)


def state_of(row: DocumentTemplateRow) -> tuple[str, str]:
    """The look and the word of a version's state."""
    look, word = STATES[row.state]
    return look, gettext(word)


def page_sets(rows: Sequence[TemplatePageRow]) -> list[PageSet]:
    """Pictures by sample, the ordinary one first."""
    by_sample: dict[str, list[TemplatePageRow]] = {}
    for row in rows:
        by_sample.setdefault(row.sample, []).append(row)
    return [PageSet(name, pages[0].of_pages, pages) for name, pages in by_sample.items()]


def field_lines(fields: Fields, lines: Sequence[str]) -> list[FieldLine]:
    """The fields a template may print, with a sample and the line of the shipped template that prints it."""
    examples = sample(fields, SampleSize.USUAL)
    shown = [path for path, use in sorted(fields.items()) if use.kind is not FieldKind.GROUP]
    return [
        FieldLine(
            path,
            gettext(FIELD_KINDS[fields[path].kind]),
            _printed(path, lines),
            "" if fields[path].kind in (FieldKind.LIST, FieldKind.PICTURE) else _example(path, examples),
        )
        for path in shown
        if not path.endswith("[]") or fields[path].kind is not FieldKind.FLAG
    ]


def _printed(path: str, lines: Sequence[str]) -> str:
    whole, _, last = path.removesuffix("[]").rpartition(".")
    before = r"\." if whole else r"(?<![.\w])"
    wanted = re.compile(r"\{[{%][^}%]*" + before + re.escape(last) + r"\b")
    found = next((line for line in lines if wanted.search(line)), "")
    words = re.sub(r"\{%.*?%\}", "", found)
    return re.sub(r"\{\{.*?\}\}", "…", words)[:LONGEST_LINE]


def _example(path: str, examples: object) -> str:
    value = examples
    for part in path.replace("[]", ".[]").split("."):
        if part == "[]":
            value = value[0] if isinstance(value, list) and value else ""
        else:
            value = value.get(part, "") if isinstance(value, dict) else ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(value)


def line_mark(line: ComparedLine) -> tuple[str, str]:
    """The sign and the word of a compared line."""
    return {
        LineChange.SAME: ("", ""),
        LineChange.ADDED: ("+", gettext("added")),
        LineChange.REMOVED: ("−", gettext("taken out")),
    }[line.change]


def version_href(row: DocumentTemplateRow) -> str:
    """Where a version is shown."""
    return url_for("DocumentTemplateView.version", code=row.kind, number=row.number)
