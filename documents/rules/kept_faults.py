"""What went wrong with a document, kept with it so that each reader is told in his own language."""

from __future__ import annotations

import json
from collections.abc import Mapping

from concierge.kernel.errors import ConciergeError

AGAIN = '{"again": true'  # how a fault begins that passes by itself


def kept(error: ConciergeError, *, again: bool = False) -> str:
    """An error as a row keeps it: its sentence in English and what fills it.

    Shape: canonical JSON; ``again`` when a later try may mend it.
    """
    facts = {name: str(value) for name, value in error.facts.items()}
    told = {"message": type(error).message, "facts": facts} | ({"again": True} if again else {})
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def parts(fault: str) -> tuple[str, Mapping[str, str]]:
    """The sentence to translate and what fills it; a fault kept as plain words is its own sentence."""
    if not fault.startswith("{"):
        return fault.replace("%", "%%"), {}
    told = json.loads(fault)
    return told["message"], told["facts"]
