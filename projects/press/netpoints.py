"""The points of an arrow network: its events, and how far the running works have come.

Source: JGJ/T 121: the progress frontier goes from the check date through the actual position of each work
that is running, or that the plan says should be; left of the date is behind, right is ahead.
"""

from __future__ import annotations

from projects.press.axis import HEAD
from projects.press.chart import ChartStep, StepState
from projects.press.netsheet import NetSheet
from projects.press.rails import RADIUS
from projects.press.svg import box, label, num


def events(sheet: NetSheet) -> list[str]:
    """The numbered circles; an event that other drawings share is a square with its letter."""
    groups: dict[str, list[str]] = {}
    for event in sorted(sheet.net.dates):
        inbound = [work.step for work in sheet.net.works.values() if work.j == event]
        is_done = bool(inbound) and all(sheet.steps[step].state is StepState.DONE for step in inbound)
        tone = "ev" + (" ev-done" if is_done else "") + (" ev-crit" if sheet.is_critical_event(event) else "")
        groups.setdefault(tone, []).append(_event(sheet, event))
    return [
        f'<g class="{tone}" text-anchor="middle">{"".join(marks)}</g>'
        for tone, marks in sorted(groups.items())
    ]


def _event(sheet: NetSheet, event: int) -> str:
    x, y = sheet.x_of[event], sheet.place.event_y[event]
    letter = sheet.shared.letters.get(event)
    if letter is None:
        return f'<circle cx="{num(x)}" cy="{num(y)}" r="{RADIUS}"/>' + label(str(event), x, y + 4)
    square = box("ev-sh", x=x - RADIUS, y=y - RADIUS, width=2 * RADIUS, height=2 * RADIUS, extra='rx="3"')
    return square + label(letter, x, y + 4)


def frontier(sheet: NetSheet) -> str:
    """The progress frontier at the check date; empty when the date is not drawn or nothing runs."""
    today = sheet.plan.today_on
    if today is None or not sheet.axis.has(today):
        return ""
    now = sheet.axis.noon(today)
    points = sorted(
        (sheet.place.work_y[number], x)
        for number, step in sheet.steps.items()
        if (x := _reached(sheet, step, now)) is not None
    )
    if not points:
        return ""
    line = [(HEAD + 22.0, now), *points, (sheet.bottom, now)]
    d = "M" + "L".join(f"{num(x)} {num(y)}" for y, x in line)
    dots = "".join(f'<circle cx="{num(x)}" cy="{num(y)}" r="3.4"/>' for y, x in points)
    return f'<path class="front" d="{d}"/><g class="front-p">{dots}</g>'


def _reached(sheet: NetSheet, step: ChartStep, now: float) -> float | None:
    """How far along its arrow a work has come, where that says something at the check date."""
    face = sheet.faces[step.number]
    if step.state is StepState.DOING:
        return face.start_x + (face.ready_x - face.start_x) * step.progress
    if step.state is StepState.DONE:
        return face.ready_x if face.ready_x > now else None
    should_run = face.start_x < now - sheet.axis.pixels_a_day / 2 and face.ready_x > face.start_x
    return face.start_x if should_run else None
