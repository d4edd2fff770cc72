"""One form for many matters: every field asked once, filled from what is known, cut out again per department.

Source: PR-1 (one form a stage), SF-6 (union of fields by field code), AC-6 (never ask twice).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from approvals.rules.facts import Label
from concierge.kernel.errors import N_, Invalid

EVERY_MATTER = "*"
CONTROLS = ("text", "date", "choice")
LONGEST_ANSWER = 1000
_DAY = re.compile(r"(\d{4})[-.年/](\d{1,2})[-.月/](\d{1,2})日?")


class FieldListBroken(ValueError):
    """The shipped list of fields names a field twice, or a control nobody knows."""


class AnswerUnknown(Invalid):
    """An answer to a field no form has."""

    message = N_("No form has a field named “%(name)s”. Use the form as it was made.")


class AnswerNotOffered(Invalid):
    """A choice that is not among those offered."""

    message = N_("“%(value)s” is not offered for “%(name)s”. Choose one of: %(choices)s.")


class AnswerNoDay(Invalid):
    """Words where a day is asked for."""

    message = N_("“%(value)s” is no day. Write “%(name)s” as 2026-05-01.")


class AnswerTooLong(Invalid):
    """More than a form has room for."""

    message = N_("“%(name)s” takes %(most)s characters at the most. Put the rest into an annex.")


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One field a matter's own form asks for.

    Shape: ``name`` and ``section`` are what the printed form says, in Chinese; their English is for screens.
        ``code`` is the name of its content control; ``source`` says where its value is known from
        (``project.name``, ``fact.floor_area_m2``, ``result.land-registration``), empty where only the
        applicant knows; ``matters`` are those that ask for it, ``*`` for all.
    """

    code: str
    section: str
    name: str
    control: str = "text"
    choices: tuple[str, ...] = ()
    source: str = ""
    matters: frozenset[str] = frozenset()
    name_en: str = ""
    section_en: str = ""

    @property
    def label(self) -> Label:
        """The field's name in both languages."""
        return Label(self.name, self.name_en)

    def is_asked_by(self, matter: str) -> bool:
        """Whether a matter's form has this field."""
        return EVERY_MATTER in self.matters or matter in self.matters


@dataclass(frozen=True, kw_only=True)
class Known:
    """A value that nobody need type: what it is, and which earlier result it was taken from."""

    value: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class MergedField:
    """One field of the merged form: which of the matters want it, and its value where it is known."""

    field: FormField
    asked_by: tuple[str, ...]
    known: Known | None = None

    @property
    def value(self) -> str:
        """The value as the form shows it; empty where the applicant fills it in."""
        return self.known.value if self.known else ""


@dataclass(frozen=True, kw_only=True)
class MergedForm:
    """The union of the fields of several matters, each once, in the order of the list.

    Shape: ``separate_count`` is how many fields the matters' own forms have together.
    """

    matters: tuple[str, ...]
    fields: tuple[MergedField, ...]

    @property
    def separate_count(self) -> int:
        """How many blanks there would be on separate forms."""
        return sum(len(one.asked_by) for one in self.fields)

    @property
    def known_count(self) -> int:
        """How many are filled in before anybody types."""
        return sum(1 for one in self.fields if one.value)

    def sections(self) -> Mapping[str, Sequence[MergedField]]:
        """The fields by the section they stand in, in order; no section is empty."""
        found: dict[str, list[MergedField]] = {}
        for one in self.fields:
            found.setdefault(one.field.section, []).append(one)
        return found

    def of_matters(self, matters: Collection[str]) -> MergedForm:
        """What some of the matters get to see: their own fields with the same values, nothing else.

        Source: PR-3, each member receives the same submission; AC-6, nothing outside its own guide.
        """
        kept = [
            MergedField(field=one.field, asked_by=own, known=one.known)
            for one in self.fields
            if (own := tuple(matter for matter in one.asked_by if matter in matters))
        ]
        return MergedForm(
            matters=tuple(matter for matter in self.matters if matter in matters), fields=tuple(kept)
        )


def merged_form(
    fields: Iterable[FormField], matters: Sequence[str], known: Mapping[str, Known]
) -> MergedForm:
    """The one form of several matters.

    Shape: ``known`` holds values by field code.
    Source: PR-1, SF-6.
    """
    merged = []
    for field in fields:
        asked_by = tuple(matter for matter in matters if field.is_asked_by(matter))
        if asked_by:
            merged.append(MergedField(field=field, asked_by=asked_by, known=known.get(field.code)))
    return MergedForm(matters=tuple(matters), fields=tuple(merged))


def checked_answers(fields: Iterable[FormField], answers: Mapping[str, str]) -> dict[str, str]:
    """Answers as they are kept: trimmed, empty ones left out.

    Shape: by field code. What the records know themselves is no answer and is left out too.
    Raises: AnswerUnknown, AnswerNotOffered, AnswerNoDay, AnswerTooLong.
    """
    known = {field.code: field for field in fields}
    found = {}
    for code, told in answers.items():
        field = known.get(code)
        if field is None:
            raise AnswerUnknown(name=code, field=code)
        value = told.strip()
        if value and not field.source:
            _check_answer(field, value)
            found[code] = _iso_day(field, value) if field.control == "date" else value
    return found


def _iso_day(field: FormField, value: str) -> str:
    """A day however it was written, as 2026-05-01. Raises: AnswerNoDay."""
    found = _DAY.fullmatch(value)
    refused = AnswerNoDay(name=field.label, value=value, field=field.code)
    if found is None:
        raise refused
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError as error:
        raise refused from error


def _check_answer(field: FormField, value: str) -> None:
    if len(value) > LONGEST_ANSWER:
        raise AnswerTooLong(name=field.label, most=LONGEST_ANSWER, field=field.code)
    if field.choices and value not in field.choices:
        raise AnswerNotOffered(
            name=field.label, value=value, choices="、".join(field.choices), field=field.code
        )


def read_fields(text: str) -> tuple[FormField, ...]:
    """The list of fields from its file. Raises: FieldListBroken."""
    found: dict[str, FormField] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["code"] in found or row["control"] not in CONTROLS:
            raise FieldListBroken(row["code"])
        found[row["code"]] = FormField(
            code=row["code"],
            section=row["section"],
            name=row["name_zh"],
            name_en=row["name_en"],
            section_en=row["section_en"],
            control=row["control"],
            choices=tuple(row["choices"].split("/")) if row["choices"] else (),
            source=row["source"],
            matters=frozenset(row["matters"].split("|")),
        )
    return tuple(found.values())
