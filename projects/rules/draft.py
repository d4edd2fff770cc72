"""A new project that is still being put together: what has been told so far, as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

PAGES = ("project", "plan", "officers", "check")
TYPED = ("name", "code", "enterprise", "uscc", "contact", "phone", "start_on", "target_on")


@dataclass(frozen=True, kw_only=True)
class DraftProject:
    """What a wizard has been told.

    Shape: ``typed`` holds the first page as text, ``facts`` the recorded facts only; ``is_relaxed`` is
        whether the quick gates are wanted, None until somebody has said; ``pair`` is A and B, none when
        left open; ``furthest`` is the last page reached, counted from 1.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    is_relaxed: bool | None = None
    days: str = "elapsed"
    pair: tuple[int, int] | None = None
    is_pair_told: bool = False
    furthest: int = 1

    def with_(self, **changed: Any) -> DraftProject:
        """The same with some of it told anew."""
        return replace(self, **changed)

    def word(self, name: str) -> str:
        """One field of the first page as it was typed."""
        return self.typed.get(name, "")

    def to_body(self) -> dict[str, object]:
        """The draft as plain lists and words, ready for JSON."""
        return {
            "typed": dict(self.typed),
            "template": self.template,
            "facts": {
                name: list(value) if isinstance(value, tuple) else value for name, value in self.facts.items()
            },
            "is_relaxed": self.is_relaxed,
            "days": self.days,
            "pair": None if self.pair is None else list(self.pair),
            "is_pair_told": self.is_pair_told,
            "furthest": self.furthest,
        }

    @staticmethod
    def from_body(body: Mapping[str, Any]) -> DraftProject:
        """The draft that ``to_body`` wrote."""
        pair = body.get("pair")
        return DraftProject(
            typed={name: str(text) for name, text in body.get("typed", {}).items()},
            template=str(body.get("template", "")),
            facts=dict(body.get("facts", {})),
            is_relaxed=body.get("is_relaxed"),
            days=str(body.get("days", "elapsed")),
            pair=None if pair is None else (int(pair[0]), int(pair[1])),
            is_pair_told=bool(body.get("is_pair_told")),
            furthest=int(body.get("furthest", 1)),
        )
