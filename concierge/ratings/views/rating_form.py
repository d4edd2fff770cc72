"""A rating as it is typed: kept whatever is wrong with it, and read into what the rules take."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext

from concierge.kernel.errors import ConciergeError
from concierge.kernel.web import say
from concierge.ratings.rules.rating import (
    FAULTS,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_WORDS,
    Given,
    Level,
    LevelNeeded,
    Reason,
)
from concierge.ratings.views.words import LEVELS, REASONS

MOST_TYPED = 4_000
STARS = range(1, 6)


@dataclass(frozen=True)
class RatingForm:
    """What stands in the form. Shape: ``problems`` each with field and message."""

    level: str = ""
    reasons: tuple[str, ...] = ()
    words: str = ""
    is_anonymous: bool = True
    name: str = ""
    phone: str = ""
    problems: tuple[dict[str, str], ...] = field(default=())

    def given(self) -> Given:
        """The rating that was typed. Raises: LevelNeeded."""
        return Given(
            level=typed_level(self.level),
            reasons=frozenset(one for one in Reason if one.value in self.reasons),
            words=self.words,
            is_anonymous=self.is_anonymous,
            name=self.name,
            phone=self.phone,
        )

    def with_problem(self, error: ConciergeError) -> RatingForm:
        """The same form with what is wrong beside its field."""
        where = str(error.facts.get("field", "level"))
        return replace(self, problems=({"field": where, "message": say(error)},))

    def wrong(self, name: str) -> str:
        """What is wrong with a field; empty for nothing."""
        return next((one["message"] for one in self.problems if one["field"] == name), "")

    def levels(self) -> list[dict[str, Any]]:
        """The five levels with their stars."""
        return [
            {
                "value": one.value,
                "text": gettext(LEVELS[one]),
                "stars": [star <= one.grade for star in STARS],
                "is_on": one.value == self.level,
            }
            for one in Level
        ]

    def praise(self) -> list[dict[str, Any]]:
        """What was good."""
        return [self._reason(one) for one in Reason if one not in FAULTS]

    def faults(self) -> list[dict[str, Any]]:
        """What was not."""
        return [self._reason(one) for one in Reason if one in FAULTS]

    def _reason(self, one: Reason) -> dict[str, Any]:
        return {"value": one.value, "text": gettext(REASONS[one]), "is_on": one.value in self.reasons}

    @property
    def most_words(self) -> int:
        """How many characters the form takes."""
        return LONGEST_WORDS


class Said:
    """Levels and reasons in the reader's words, for a template."""

    def level(self, one: Level) -> str:
        """A level."""
        return gettext(LEVELS[one])

    def reason(self, one: Reason) -> str:
        """A reason."""
        return gettext(REASONS[one])

    def stars(self, one: Level) -> list[bool]:
        """Its five stars, full or not."""
        return [star <= one.grade for star in STARS]


SAID = Said()


def typed_form(form: Any) -> RatingForm:
    """What came with a request."""
    return RatingForm(
        level=form.get("level", ""),
        reasons=tuple(form.getlist("reason")),
        words=form.get("words", "").strip()[:MOST_TYPED],
        is_anonymous=bool(form.get("anonymous")),
        name=form.get("name", "").strip()[:LONGEST_NAME],
        phone=form.get("phone", "").strip()[:LONGEST_PHONE],
    )


def typed_level(raw: str) -> Level:
    """The level of a word. Raises: LevelNeeded."""
    try:
        return Level(raw)
    except ValueError:
        raise LevelNeeded(field="level") from None
