"""What may go wrong, said so that a person knows what to do next.

A message is an English template with ``%(name)s`` places; the facts that fill it are attributes. The edge (a
screen, a form, the command line) translates the template and fills it; nothing below the edge builds prose.
"""

from __future__ import annotations

from typing import Any, ClassVar


def N_(message: str) -> str:  # noqa: N802  (the name gettext gives it)
    """Mark a message for the translation catalogue without translating it."""
    return message


class ConciergeError(Exception):
    """The parent of every error a person may see.

    Shape: ``message`` is the English template; ``facts`` fill its places and are attributes too; a fact with
        ``spoken(lang)`` is a name in both languages.
    """

    message: ClassVar[str] = N_("Something went wrong.")
    status: ClassVar[int] = 500

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        self.facts: dict[str, Any] = facts
        for name, value in facts.items():
            setattr(self, name, value)

    def __str__(self) -> str:
        return type(self).message % self.facts if self.facts else type(self).message


class Refusal(ConciergeError):
    """The rules say no; the sentence says why and what would help."""

    message = N_("The rules do not allow this.")
    status = 409


class Invalid(ConciergeError):
    """Something a person typed is wrong; ``field`` names where."""

    message = N_("This value is not right.")
    status = 422
    field: str = ""


class Missing(ConciergeError):
    """There is no such thing, or it is not this person's to see: both look the same."""

    message = N_("There is nothing at this address, or it is not in your charge.")
    status = 404


class Stale(ConciergeError):
    """Somebody changed the row since this page was made."""

    message = N_(
        "Somebody has changed this since you opened the page. Reload it, or compare the two versions."
    )
    status = 409


class Unavailable(ConciergeError):
    """A part the system needs does not answer now; trying again later helps."""

    message = N_(
        "A part of the system does not answer at the moment. Nothing was lost; try again in a minute."
    )
    status = 503


class Misconfigured(ConciergeError):
    """The system refuses to start; the sentence names the setting or addon to mend."""

    message = N_("The configuration is not right: %(what)s")
