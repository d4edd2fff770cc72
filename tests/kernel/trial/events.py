"""What happens in the trial addon."""

import enum
from dataclasses import dataclass
from datetime import date


class Colour(enum.Enum):
    """Of a stamp."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Sheet:
    """A part of a paper."""

    number: int
    filed_on: date


@dataclass(frozen=True)
class PaperFiled:
    """Somebody filed a paper."""

    name: str
    project_id: int | None = None
    filed_on: date | None = None
    colour: Colour = Colour.RED
    sheets: tuple[Sheet, ...] = ()
