"""What a new version of a document changes, told from its facts and the facts of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

MOST_NAMED = 6
LONGEST = 40
_NOT_TOLD = frozenset(
    {"pictures", "prefilled", "basis", "version", "made_on", "data_on", "changes", "office"}
)


def canonical(values: Mapping[str, Any]) -> str:
    """Values as text that is the same wherever it is made."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def changed_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What differs, as the new version prints it: each change with what stood before, the first six.

    Shape: empty where the facts are the same.
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    changed = [
        _told(old.get(path, ""), new.get(path, ""))
        for path in dict.fromkeys([*old, *new])
        if old.get(path, "") != new.get(path, "")
    ]
    named = list(dict.fromkeys(changed))
    said = "；".join(named[:MOST_NAMED])
    return f"{said}等{len(named)}处" if len(named) > MOST_NAMED else said


def _told(old: str, new: str) -> str:
    if not old:
        return f"增加“{_short(new)}”"
    if not new:
        return f"删去“{_short(old)}”"
    return f"“{_short(old)}”改为“{_short(new)}”"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _leaves(values: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(values, Mapping):
        parts = [(f"{path}.{name}" if path else str(name), one) for name, one in values.items()]
        parts = [(name, one) for name, one in parts if name not in _NOT_TOLD]
    elif isinstance(values, list | tuple):
        parts = [(f"{path}[{place}]", one) for place, one in enumerate(values)]
    else:
        return [(path, "" if values is None else str(values))]
    return [leaf for name, one in parts for leaf in _leaves(one, name)]
