"""Days, moments and sums of money as people read them, in Chinese and English: filters of the templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask_babel import get_locale

from concierge.kernel import clock

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WAN_IN_YI = 10_000
MU_IN_HECTARE = 15


def is_chinese() -> bool:
    """Whether the reader of this request reads Chinese."""
    return str(get_locale() or "zh").startswith("zh")


def day(value: date | None) -> str:
    """A day without its year: 6月8日, 8 Jun."""
    if value is None:
        return "—"
    return f"{value.month}月{value.day}日" if is_chinese() else f"{value.day} {MONTHS[value.month - 1]}"


def day_short(value: date | None) -> str:
    """A day in a table: 6/8, 8 Jun."""
    if value is None:
        return "—"
    return f"{value.month}/{value.day}" if is_chinese() else f"{value.day} {MONTHS[value.month - 1]}"


def day_long(value: date) -> str:
    """A day with its year and weekday: 2026年4月15日 星期三, Wednesday 15 April 2026."""
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日　星期{WEEKDAYS_ZH[value.weekday()]}"
    return f"{WEEKDAYS[value.weekday()]} {value.day} {LONG_MONTHS[value.month - 1]} {value.year}"


def day_full(value: date | None) -> str:
    """A day with its year: 2026年4月15日, 15 April 2026."""
    if value is None:
        return "—"
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {LONG_MONTHS[value.month - 1]} {value.year}"


def money(wan: float) -> str:
    """A sum given in 10,000 yuan: 8.6亿元, 1500万元, CNY 860 m."""
    if is_chinese():
        return f"{wan / WAN_IN_YI:.1f}亿元".replace(".0亿", "亿") if wan >= WAN_IN_YI / 2 else f"{wan:g}万元"
    return f"CNY {wan / 100:,.0f} m"


def mu(hectares: float) -> str:
    """An area of land given in hectares: 126亩, 126 mu."""
    return f"{hectares * MU_IN_HECTARE:.0f}亩" if is_chinese() else f"{hectares * MU_IN_HECTARE:.0f} mu"


def moment(value: datetime | None) -> str:
    """A moment to the second, on a clock in Asia/Shanghai."""
    return f"{clock.local(value):%Y-%m-%d %H:%M:%S}" if value else "—"


def day_time(value: datetime | None) -> str:
    """A moment without its year, on a clock in Asia/Shanghai: 4月15日 09:20, 15 Apr 09:20."""
    return f"{day(clock.local(value).date())} {clock.local(value):%H:%M}" if value else "—"


def local_day(value: datetime) -> date:
    """The civil day of a moment in Asia/Shanghai."""
    return clock.local(value).date()


def month(value: date) -> str:
    """The month of a day, as it stands below its number: 4月, Apr."""
    return f"{value.month}月" if is_chinese() else MONTHS[value.month - 1]


FILTERS: dict[str, Callable[..., object]] = {
    "day": day,
    "day_short": day_short,
    "day_long": day_long,
    "day_full": day_full,
    "day_time": day_time,
    "local_day": local_day,
    "month": month,
    "moment": moment,
    "money": money,
    "mu": mu,
}
