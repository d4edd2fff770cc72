"""The figures above a portfolio: how many, how much, how late, and what working side by side saves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Headline:
    """What a portfolio's figures need to know of one project.

    Units: ``investment_wan`` in 10,000 yuan; spans in working days.
    """

    permit_on: date | None
    target_on: date | None
    investment_wan: int
    parallel_workdays: int | None
    serial_workdays: int | None

    @property
    def is_late(self) -> bool:
        """Whether the permit is forecast after the target."""
        return bool(self.permit_on and self.target_on and self.permit_on > self.target_on)


@dataclass(frozen=True)
class Month:
    """The permits forecast for one month."""

    year: int
    month: int
    on_time: int
    late: int
    investment_wan: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The figures. ``latest_workdays`` is how far the latest project is past its target."""

    projects: int
    investment_wan: int
    on_time: int
    late: int
    latest_workdays: int
    this_quarter: int
    saved_workdays: int
    months: tuple[Month, ...]


def summed(
    headlines: Iterable[Headline], *, today: date, workdays_between: Callable[[date, date], int]
) -> Summary:
    """The figures of a portfolio.

    Shape: ``saved_workdays`` is the mean of one-after-another minus side-by-side over the projects that
    have a plan.
    """
    heads = list(headlines)
    late = [h for h in heads if h.is_late]
    saved = [
        h.serial_workdays - h.parallel_workdays for h in heads if h.serial_workdays and h.parallel_workdays
    ]
    quarter = (today.month - 1) // 3
    return Summary(
        projects=len(heads),
        investment_wan=sum(h.investment_wan for h in heads),
        on_time=sum(1 for h in heads if h.permit_on and h.target_on and not h.is_late),
        late=len(late),
        latest_workdays=max(
            (workdays_between(h.target_on, h.permit_on) for h in late if h.target_on and h.permit_on),
            default=0,
        ),
        this_quarter=sum(
            1
            for h in heads
            if h.permit_on and (h.permit_on.year, (h.permit_on.month - 1) // 3) == (today.year, quarter)
        ),
        saved_workdays=round(sum(saved) / len(saved)) if saved else 0,
        months=tuple(_months(heads, today)),
    )


def _months(heads: list[Headline], today: date) -> Iterable[Month]:
    by_month: dict[tuple[int, int], list[Headline]] = {}
    for head in heads:
        if head.permit_on and head.permit_on >= today.replace(day=1):
            by_month.setdefault((head.permit_on.year, head.permit_on.month), []).append(head)
    for (year, month), members in sorted(by_month.items()):
        late = sum(1 for member in members if member.is_late)
        yield Month(year, month, len(members) - late, late, sum(member.investment_wan for member in members))
