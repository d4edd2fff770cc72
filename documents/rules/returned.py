"""A form that came back filled in: what it says, where it differs from the records, what is decided."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date

from approvals.rules.opinions import Opinion, Stance
from concierge.kernel.errors import N_, Invalid, Refusal

LONGEST_SAID = 10_000


class ReturnState(enum.Enum):
    """Where a returned form stands."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


class FoundBy(enum.Enum):
    """What a field was recognised by: its tag, its title, the words beside it, or its column in a list."""

    TAG = "tag"
    ALIAS = "alias"
    LABEL = "label"
    COLUMN = "column"


class FieldDecision(enum.Enum):
    """What a person decided about one field of a returned form."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"
    SAME = "same"


class ReturnedBy(enum.Enum):
    """The way a filled form came back."""

    LINK = "link"
    STAFF = "staff"


class AnotherForm(Invalid):
    """A returned file that is another document than the one it was sent in for."""

    message = N_("The file is %(found)s, but %(expected)s was expected. Send it in at its own document.")


class FormNotThere(Refusal):
    """A form is to be read of which there is no page to compare it with."""

    message = N_("“%(title)s” has no page yet to compare the form with. Wait until it is written.")


class HasNoFields(Refusal):
    """A document nobody fills in."""

    message = N_("“%(title)s” has no fields to fill in, so nothing can be read from a returned copy.")


class FormSettled(Refusal):
    """A returned form that was decided on before."""

    message = N_("This form was decided on already. Send the form in again if something is to be changed.")


class StanceUnread(Invalid):
    """A returned opinion whose answer is none of those offered."""

    message = N_("“%(said)s” is none of the answers on the sheet. Choose one on the sheet and send it again.")


def same_words(one: str, other: str) -> bool:
    """Whether two values say the same, but for spaces and line ends at their edges."""
    return _lines(one) == _lines(other)


def _lines(text: str) -> list[str]:
    return [line.strip(" \u3000\t") for line in text.strip().splitlines() if line.strip(" \u3000\t")]


def opinion_of(
    values: Mapping[str, str], stances: Mapping[str, Stance], *, file_key: str, name: str
) -> Opinion:
    """The opinion a sheet says.

    Shape: ``stances`` are the answers as the sheet prints them. The basis is written below the reasons.
    Raises: StanceUnread, for no answer or one the sheet does not offer.
    Source: PR-4.
    """
    said = values.get("stance", "").strip()
    if said not in stances:
        raise StanceUnread(said=said, field="stance")
    stance = stances[said]
    has_conditions = stance in (Stance.CONDITIONS, Stance.MATERIAL)
    return Opinion(
        stance=stance,
        text=values.get("text", ""),
        conditions=tuple(_lines(values.get("conditions", ""))) if has_conditions else (),
        materials=tuple(_lines(values.get("materials", ""))) if stance is Stance.MATERIAL else (),
        given_on=day_said(values.get("given_on", "")),
        given_by=values.get("given_by", ""),
        number=values.get("number", ""),
        file_key=file_key,
        file_name=name,
    )


def day_said(text: str) -> date | None:
    """A day as the reader of forms gives it, 2026-04-15; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
