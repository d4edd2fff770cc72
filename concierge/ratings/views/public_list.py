"""The published ratings as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel.web import language, whole_number
from concierge.ratings.queries.published import Published, PublishedPage, published
from concierge.ratings.rules.rating import Level
from concierge.ratings.views.words import LEVELS, OFFICE, REASONS
from projects.rules.owner import owner_name


@dataclass(frozen=True, kw_only=True)
class PublicList:
    """A page of published ratings for one reader."""

    found: PublishedPage
    catalogue: Catalogue | None
    department: str
    kept: Mapping[str, Any]

    def counts(self) -> list[tuple[str, int]]:
        """How many of each level."""
        return [(gettext(LEVELS[one]), self.found.counts.get(one, 0)) for one in Level]

    def share(self) -> str:
        """How many of a hundred were not negative; a dash for nobody."""
        total = sum(self.found.counts.values())
        bad = sum(count for level, count in self.found.counts.items() if level.is_negative)
        return f"{(total - bad) / total:.1%}" if total else "—"

    def rows(self) -> list[dict[str, Any]]:
        """Each rating."""
        return [self._row(one) for one in self.found.rows]

    def _row(self, one: Published) -> dict[str, Any]:
        matter = self.catalogue.matter_of.get(one.code) if self.catalogue else None
        return {
            "level": gettext(LEVELS[one.level]),
            "stars": [star <= one.level.grade for star in range(1, 6)],
            "service": matter.spoken(language()) if matter else one.title or one.code,
            "department": self.name(one.department),
            "month": one.month.strftime("%Y-%m"),
            "reasons": [gettext(REASONS[reason]) for reason in one.reasons],
            "words": one.words,
            "answer": one.answer,
            "again": gettext(LEVELS[one.again]) if one.again else "",
        }

    def name(self, code: str) -> str:
        """A department as people call it."""
        if not code or self.catalogue is None:
            return gettext(OFFICE)
        return owner_name(self.catalogue.department_of.get(code), code, language())

    def choices(self) -> list[dict[str, Any]]:
        """The departments one can look at."""
        return [{"value": code, "text": self.name(code)} for code in self.found.departments]

    def href(self, page: int) -> str:
        """Another page of the same."""
        asked: dict[str, Any] = {"department": self.department} if self.department else {}
        return url_for("ratings_public.listed", page=page, **asked, **self.kept)


def public_list(session: Session, asked: Mapping[str, str]) -> PublicList:
    """The page an address asks for."""
    department = asked.get("department", "")[:60]
    return PublicList(
        found=published(
            session, department=department, page=whole_number(asked.get("page"), default=1, least=1)
        ),
        catalogue=catalogue_queries.latest_catalogue(session),
        department=department,
        kept={name: asked[name] for name in ("lang", "size") if name in asked},
    )
