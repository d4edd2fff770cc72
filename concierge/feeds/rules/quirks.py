"""What is known of calendar programs, for those who wonder why theirs shows something else.

Source: FE-16, and the reports each line was read in.
"""

from __future__ import annotations

from dataclasses import dataclass

from concierge.kernel.errors import N_


@dataclass(frozen=True)
class Quirk:
    """One program: what it is called, which families of fetchers it is, how it behaves."""

    program: str
    families: tuple[str, ...]
    behaves: str


QUIRKS = (
    Quirk(
        N_("iPhone, iPad, Mac"),
        ("iPhone or iPad", "Mac Calendar"),
        N_(
            "Fetches every 5 minutes to once a week, as set under Settings, Calendar, Accounts, Fetch. "
            "Alarms are taken out unless “Remove alarms” is switched off when subscribing."
        ),
    ),
    Quirk(
        N_("Outlook on the web, Microsoft 365"),
        ("Outlook.com / Microsoft 365",),
        N_(
            "Choose “Subscribe from web”. Opening the file instead imports it once, and it never "
            "changes again. Fetches every 3 hours or later; alarms are ignored."
        ),
    ),
    Quirk(
        N_("Outlook for Windows"),
        ("Outlook",),
        N_("Fetches at every send and receive. Subscribed days never count as busy for colleagues."),
    ),
    Quirk(
        N_("Google Calendar"),
        ("Google Calendar",),
        N_(
            "Fetches every 8 to 24 hours and cannot be hurried; alarms and colours are ignored. Add it under "
            "“From URL”. The address must be reachable from the internet."
        ),
    ),
    Quirk(
        N_("Thunderbird"),
        ("Thunderbird",),
        N_("New calendar, On the network, format iCalendar. The time between fetches is set there."),
    ),
    Quirk(
        N_("Android"),
        ("ICSx5 (Android)", "DAVx5 (Android)"),
        N_("Android itself cannot subscribe; the app ICSx5 can."),
    ),
    Quirk(
        N_("Nextcloud"),
        ("Nextcloud",),
        N_("Fetches by its own timer, once a day unless its administrator set otherwise."),
    ),
    Quirk(
        N_("DingTalk, WeCom, Feishu, WPS, Xiaomi, Huawei"),
        ("DingTalk", "WeCom", "Feishu", "WeChat"),
        N_(
            "Subscribing by an address is not known to work reliably in these. Use the phone's own calendar, "
            "Outlook or Foxmail, or download single entries."
        ),
    ),
)


def quirks_of(families: set[str]) -> tuple[Quirk, ...]:
    """What is known of the programs that fetched an address."""
    return tuple(quirk for quirk in QUIRKS if families & set(quirk.families))
