"""Why a document cannot be made, each with what helps."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.kernel.errors import N_, Refusal
from documents.rules.facts import MissingFact


class FactsMissing(Refusal):
    """No record holds what the document cannot do without. Shape: ``missing`` names each, with its page."""

    message = N_("“%(title)s” cannot be made yet. Still to be entered: %(names)s.")

    def __init__(self, *, title: str, missing: Sequence[MissingFact]) -> None:
        super().__init__(title=title, names="、".join(one.name for one in missing))
        self.missing = tuple(missing)


class FieldUnknown(Refusal):
    """A template asks for a value that its kind of document does not have."""

    message = N_(
        "The template asks for a value that does not exist: %(what)s. Correct the name in the template, or go"
        " back to the shipped one, and make the document again."
    )


class TemplateForbidden(Refusal):
    """A template tries to do more than print values."""

    message = N_(
        "The template does something no template may do: %(what)s. Go back to the shipped one, and make the"
        " document again."
    )


class TemplateBroken(Refusal):
    """A template's tags do not fit together, or what it makes is no Word file."""

    message = N_(
        "The template cannot be filled in: %(what)s. Mend it in Word, or go back to the shipped one, and make"
        " the document again."
    )


class ValueLost(Refusal):
    """A value does not stand in the finished page as it was given: the page is not kept."""

    message = N_(
        "The document was not kept, because a value is missing from the finished page: “%(value)s”. Write it"
        " without unusual marks and make the document again."
    )
