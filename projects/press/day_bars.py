"""Who held each day of a step, as a bar on an axis all bars of a page share.

Height and outline tell the holders apart as well as colour does, so that a grey print says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from projects.press.axis import TimeAxis
from projects.press.svg import box, num, safe
from projects.rules.day_split import Holder, Link, Stretch

WIDTH = 320.0
_HEIGHT = 20
_TALL: Mapping[Holder, float] = {
    Holder.ENTERPRISE: 12,
    Holder.DEPARTMENT: 12,
    Holder.STOPPED: 6,
    Holder.HOLIDAY: 2,
    Holder.IDLE: 16,
}
_DAY = timedelta(1)


def day_axis(after: date, until: date, *, width: float = WIDTH) -> TimeAxis:
    """The axis of the days after one day up to another."""
    return TimeAxis(after + _DAY, until, 0.0, width / max(1, (until - after).days))


def day_bar(link: Link, axis: TimeAxis, *, title: str) -> str:
    """The days of one link of a span. Shape: ``title`` is what it says to those who cannot see it."""
    return _svg(_parts(link.stretches, axis), axis.right, title)


def key_bar(holder: Holder) -> str:
    """The mark of one holder, for the key."""
    return _svg([_mark(holder, 0.0, 18.0)], 18.0, "")


def _parts(stretches: Sequence[Stretch], axis: TimeAxis) -> list[str]:
    return [
        _mark(stretch.holder, axis.x(stretch.first_on - _DAY), axis.x(stretch.last_on))
        for stretch in stretches
    ]


def _mark(holder: Holder, begin: float, end: float) -> str:
    height = _TALL[holder]
    return box(
        f"dd-{holder.value}",
        x=begin,
        y=(_HEIGHT - height) / 2,
        width=max(end - begin - 0.4, 0.6),
        height=height,
    )


def _svg(parts: Sequence[str], width: float, title: str) -> str:
    named = f'role="img" aria-label="{safe(title)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bd-days" viewBox="0 0 {num(width)} {_HEIGHT}"'
        f' width="{num(width)}" height="{_HEIGHT}" {named}>{"".join(parts)}</svg>'
    )
