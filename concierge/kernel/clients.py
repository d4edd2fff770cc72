"""What kind of program opens a link: enough for staff to wonder, too little to know a person by."""

from __future__ import annotations

FAMILIES = (
    ("dingtalkbot", "DingTalk preview"),
    ("micromessenger", "WeChat"),
    ("wxwork", "WeCom"),
    ("dingtalk", "DingTalk"),
    ("edg/", "Edge"),
    ("firefox/", "Firefox"),
    ("qqbrowser", "QQ Browser"),
    ("chrome/", "Chrome"),
    ("safari/", "Safari"),
    ("bot", "a robot"),
)
PHONES = ("android", "iphone", "mobile", "harmony")
OTHER = "another program"


def client_family(program: str) -> str:
    """The family of a program by what it calls itself, with “phone” where it is one."""
    called = program.lower()
    family = next((name for sign, name in FAMILIES if sign in called), OTHER)
    return f"{family}, phone" if any(sign in called for sign in PHONES) else family
