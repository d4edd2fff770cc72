"""Two people changed the same thing: as you opened it, as it is now, and yours, side by side, field by field.

Nothing here knows a table: a page gives three sets of what its fields would send, and gets back which differ.
The merge screen posts the choice together with both sets, so that nothing typed is lost however often it is
overtaken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

Sent = Mapping[str, Sequence[str]]
TAKE, NOW, YOURS = "take-", "now-", "yours-"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field whose value now is not the value you send.

    Shape: ``opened``, ``now`` and ``yours`` are texts to read; the two ``…_sent`` are what a form sends.
    """

    name: str
    label: str
    opened: str
    now: str
    yours: str
    now_sent: tuple[str, ...]
    yours_sent: tuple[str, ...]
    they_changed: bool
    you_changed: bool

    @property
    def is_conflict(self) -> bool:
        """Whether both changed it: only a person can say which is right."""
        return self.they_changed and self.you_changed

    @property
    def suggestion(self) -> str:
        """The side that changed alone; none for a conflict."""
        return "" if self.is_conflict else "now" if self.they_changed else "yours"


@dataclass(frozen=True)
class Side:
    """What one version of a form sends, and what a person reads in it."""

    sent: Sent
    read: Mapping[str, str]


def differences(
    labels: Mapping[str, str], *, opened: Sent, opened_read: Mapping[str, str], now: Side, yours: Side
) -> list[Difference]:
    """The fields in which your version and the present one differ, in the order of ``labels``."""
    return [
        Difference(
            name=name,
            label=label,
            opened=opened_read.get(name, "、".join(opened.get(name, ()))),
            now=now.read[name],
            yours=yours.read[name],
            now_sent=tuple(now.sent[name]),
            yours_sent=tuple(yours.sent[name]),
            they_changed=list(opened.get(name, ())) != list(now.sent[name]),
            you_changed=list(opened.get(name, ())) != list(yours.sent[name]),
        )
        for name, label in labels.items()
        if list(now.sent[name]) != list(yours.sent[name])
    ]


def taken(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """What a form sends once the choices of a merge screen are applied; any other form stays as it is."""
    chosen = {name.removeprefix(TAKE): side for name, side in form.items() if name.startswith(TAKE)}
    merged = MultiDict(
        (name, value) for name, value in form.items(multi=True) if not name.startswith((TAKE, NOW, YOURS))
    )
    for name, side in chosen.items():
        merged.setlist(name, form.getlist((NOW if side == "now" else YOURS) + name))
    return merged


def packed(sent: Sent) -> str:
    """A version of a form as text for a hidden field."""
    return json.dumps({name: list(values) for name, values in sent.items()}, ensure_ascii=False)


def unpacked(text: str, names: Iterable[str]) -> dict[str, list[str]]:
    """The version in a hidden field; one that was tampered with or is missing is empty."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {name: [str(value) for value in told[name]] for name in names if isinstance(told.get(name), list)}
