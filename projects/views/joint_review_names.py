"""How departments and matters are called on the pages of joint reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel.web import language
from projects.press.charted import owner_name


@dataclass(frozen=True)
class ReviewNames:
    """The names of one catalogue, for one reader."""

    catalogue: Catalogue | None

    def department(self, code: str) -> str:
        """A department as people call it."""
        known = self.catalogue.department_of.get(code) if self.catalogue else None
        return owner_name(known, code, language())

    def departments(self, codes: Iterable[str]) -> str:
        """Several departments in one line."""
        return gettext(", ").join(self.department(code) for code in codes)

    def step(self, code: str) -> str:
        """A matter in the reader's language."""
        matter = self.catalogue.matter_of.get(code) if self.catalogue else None
        return matter.spoken(language()) if matter else code

    def group(self, code: str) -> str:
        """A review group in the reader's language."""
        known = self.catalogue.review_group_of.get(code) if self.catalogue else None
        return known.spoken(language()) if known else code
