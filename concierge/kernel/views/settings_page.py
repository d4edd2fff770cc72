"""运行配置: every setting with its value and meaning; of a secret only whether it is set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from flask import current_app
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel.config import Settings
from concierge.kernel.web import Page, allowed

SECRET_WORDS = ("key", "secret", "password", "url")  # addresses may carry a password


@dataclass(frozen=True)
class SettingLine:
    """One setting as it may be shown."""

    env: str
    value: str
    means: str
    is_default: bool


def shown_settings(settings: Settings) -> list[SettingLine]:
    """Every setting, in the order it is declared, with no secret among the values."""
    return [_line(one, getattr(settings, one.name)) for one in fields(settings)]


def _line(one: Any, value: Any) -> SettingLine:
    is_secret = any(word in one.name for word in SECRET_WORDS) and one.name != "public_url"
    if is_secret:
        told = gettext("set") if value else gettext("not set")
    elif isinstance(value, bool):
        told = gettext("yes") if value else gettext("no")
    else:
        told = str(value if value != "" else "—")
    env, means = one.metadata["env"], one.metadata["means"]
    return SettingLine(env, told, gettext(means), value == one.default)


class SettingsPage(Page):
    """What this system runs on; settings are changed in its environment, never here."""

    route_base = "/system/settings"
    class_permission_name = "Setting"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """All settings."""
        lines = shown_settings(current_app.config["CONCIERGE"])
        return self.show("concierge/settings.html", lines=lines)
