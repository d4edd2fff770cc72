"""A form that came back filled in: what it says, where it differs from the records, what is decided."""

from __future__ import annotations

import enum


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
