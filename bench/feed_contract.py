"""``python -m bench.feed_contract``: the sixteen points of a calendar feed, for us and two others."""

from __future__ import annotations

import sys

from bench.event_service import office
from bench.feed_points import POINTS, Cannot, Target, judged
from bench.feed_targets import Ours, Radicale, TaskJuggler
from bench.table import Table


def measure() -> Table:
    """The points that are met by our feeds, by Radicale with our calendar in it, by TaskJuggler's."""
    with office() as app:
        ours = Ours(app)
        body = ours.get(ours.feed()).body
        verdicts = [(ours.name, dict(judged(ours)))]
    for make in (lambda: Radicale(body), TaskJuggler):
        try:
            target: Target = make()
        except Cannot as reason:
            sys.stderr.write(f"left out: {reason}\n")
            continue
        verdicts.append((target.name, dict(judged(target))))
    rows = [
        (str(number), text, *(found[text] or "yes" for _, found in verdicts))
        for number, (text, _) in enumerate(POINTS, 1)
    ]
    totals = [f"{sum(not why for why in found.values())}/{len(POINTS)}" for _, found in verdicts]
    return Table(
        "Calendar feeds: sixteen points",
        "The same probe asks each by HTTP, changes something, and asks again; what is not met says why. "
        "Radicale has our own calendar in it, the best it could be given; TaskJuggler's file stands behind "
        "a web server that tells its date.",
        ("", "point", *(name for name, _ in verdicts)),
        [*rows, ("", "**met**", *(f"**{total}**" for total in totals))],
    )


if __name__ == "__main__":
    sys.stdout.write(measure().as_markdown() + "\n")
