"""A kind of official document: its name, number, legal basis and form, and where its facts come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from documents.press.form import Form
from documents.press.page import Page
from documents.rules.facts import DocumentFacts

__all__ = ["DocumentKind", "Facts", "Form", "Retention"]

Facts: TypeAlias = Callable[[Any, int, date], DocumentFacts]
Sight: TypeAlias = Callable[[Any, int, Any], None]


class Retention(StrEnum):
    """How long the archive keeps it. Source: S81."""

    TEN_YEARS = "10y"
    THIRTY_YEARS = "30y"
    PERMANENT = "permanent"


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """One kind of document an addon can make.

    Shape: ``code`` is a slug, and the folder of its template; ``title_zh`` the heading it prints, ``name``
        the same in English (marked ``N_``); ``about`` names what ``about_id`` counts ("project", "step",
        "deferral", "review", "opinion", "handover", "report", "rating", "card", "service_case", "month");
        ``series`` is the word of its number (告, 受, 容, …), one count a year each; ``basis`` are ids of laws
        in ``documents/data/laws.csv``; ``facts`` reads the records, given a session, ``about_id`` and the
        data day, in few queries; ``compose`` writes the template with the builder; ``is_sealed`` where an
        office's seal belongs on it; ``is_internal`` where it may reach neither enterprise nor department;
        ``sight`` refuses (Missing) whoever may not see one, given a session, ``about_id`` and the reader: for
        what belongs to no project, which else only those see who see every project;
        ``is_for_owner`` where the enterprise takes it home: it says there how to ask for the progress later;
        ``goes_along`` where it belongs into the package a department receives; ``moves`` are the moves of a
        step, or the kinds of review, that a kind about one tells; all of them where it names none.
    """

    code: str
    title_zh: str
    name: str
    about: str
    series: str
    form: Form
    facts: Facts
    compose: Callable[[Page], None]
    basis: tuple[str, ...] = ()
    retention: Retention = Retention.TEN_YEARS
    is_sealed: bool = False
    is_internal: bool = False
    goes_along: bool = False
    is_for_owner: bool = False
    moves: tuple[str, ...] = ()
    sight: Sight | None = None
