"""What kind of calendar program fetches an address, by what it calls itself."""

from __future__ import annotations

from concierge.kernel.errors import N_

FAMILIES = (
    ("google-calendar-importer", "Google Calendar"),
    ("googlebot", "Google Calendar"),
    ("microsoft office", "Outlook"),
    ("microsoft exchange", "Outlook.com / Microsoft 365"),
    ("outlook", "Outlook"),
    ("dataaccessd", N_("iPhone or iPad")),
    ("accountsd", N_("iPhone or iPad")),
    ("ios/", N_("iPhone or iPad")),
    ("calendaragent", N_("Mac Calendar")),
    ("macos/", N_("Mac Calendar")),
    ("thunderbird", "Thunderbird"),
    ("icsx5", "ICSx5 (Android)"),
    ("davx5", "DAVx5 (Android)"),
    ("nextcloud", "Nextcloud"),
    ("evolution", "GNOME Evolution"),
    ("vdirsyncer", "vdirsyncer"),
    ("radicale", "Radicale"),
    ("foxmail", "Foxmail"),
    ("lark", "Feishu"),
    ("feishu", "Feishu"),
    ("dingtalk", "DingTalk"),
    ("wxwork", "WeCom"),
    ("micromessenger", "WeChat"),
    ("concierge", N_("this system's own check")),
    ("mozilla/", N_("a browser")),
)
OTHER = N_("another program")


def client_family(program: str) -> str:
    """The family of a calendar program. Source: FE-13, no more is kept than that."""
    called = program.lower()
    return next((name for sign, name in FAMILIES if sign in called), OTHER)
