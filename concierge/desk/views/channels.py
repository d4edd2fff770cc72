"""接收方式: how a person is told outside the system: addresses proved by a code, and hours of quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from concierge.desk.channels.installed import NEEDED
from concierge.desk.models.channels import ChannelRow
from concierge.desk.press.notice_words import channel_name
from concierge.desk.queries import channels as queries
from concierge.desk.queries import messages
from concierge.desk.rules.channels import Channel, Hours, Rhythm
from concierge.desk.services import keep_channel as services
from concierge.desk.views.messages import line_of
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, actor, allowed, may, say

RHYTHMS: Mapping[Rhythm, str] = {
    Rhythm.MORNING: N_("What presses at once, the rest each morning"),
    Rhythm.PRESSING: N_("Only what presses"),
    Rhythm.EVERYTHING: N_("Everything at once"),
    Rhythm.NEVER: N_("Nothing"),
}
HINTS: Mapping[Channel, str] = {
    Channel.MAIL: N_("Your office mail address"),
    Channel.SMS: N_("Your mobile number; an SMS says how many, which matter and which day, and no names"),
    Channel.DINGTALK: N_("Your mobile number: the robot mentions you in the office's group, without names"),
    Channel.WECOM: N_("Your mobile number: the robot mentions you in the office's group, without names"),
    Channel.FEISHU: N_("Your open_id: the robot mentions you in the office's group, without names"),
}
USUAL: Mapping[Channel, Rhythm] = {Channel.SMS: Rhythm.PRESSING}
SHOWN = 10


class HourMissing(Invalid):
    """A time of day is not one."""

    message = N_("Give a time of day, such as 07:30.")


class ChannelsPage(Page):
    """A person's own channels and hours, and the latest messages."""

    route_base = "/notices/channels"
    class_permission_name = "Notice"
    base_permissions = ["can_hear"]

    @expose("/")
    @allowed("hear")
    def list(self) -> str:
        """All channels, those that are not set up too."""
        return self._page()

    @expose("/<channel>", methods=["POST"])
    @allowed("hear")
    def keep(self, channel: str) -> Answer | tuple[str, int]:
        """Keep an address and how often it may speak."""
        return self._do(channel, lambda which: _keep(which, request.form.get("address", "")))

    @expose("/<channel>/code", methods=["POST"])
    @allowed("hear")
    def code(self, channel: str) -> Answer | tuple[str, int]:
        """Have a new code sent."""
        return self._do(channel, _send_code)

    @expose("/<channel>/confirm", methods=["POST"])
    @allowed("hear")
    def confirm(self, channel: str) -> Answer | tuple[str, int]:
        """Prove an address by the code that came."""
        return self._do(channel, _confirm)

    @expose("/<channel>/remove", methods=["POST"])
    @allowed("hear")
    def remove(self, channel: str) -> Answer | tuple[str, int]:
        """Take an address away."""
        return self._do(channel, _remove)

    @expose("/hours", methods=["POST"])
    @allowed("hear")
    def hours(self) -> Answer | tuple[str, int]:
        """Keep the hours of quiet and of the morning message."""
        try:
            services.keep_hours(_hours(), by=actor())
        except ConciergeError as error:
            return self._page([_problem(error, "quiet_from")]), error.status
        flash(gettext("Your hours are kept."), "success")
        return redirect(url_for("ChannelsPage.list"), code=303)

    def _do(self, channel: str, act: Callable[[Channel], str]) -> Answer | tuple[str, int]:
        which = _channel(channel)
        try:
            flash(act(which), "success")
        except Missing:
            raise
        except ConciergeError as error:
            return self._page([_problem(error, "address", which)]), error.status
        return redirect(f"{url_for('ChannelsPage.list')}#{which.value}", code=303)

    def _page(self, problems: Sequence[dict[str, str]] = ()) -> str:
        db.session.rollback()  # what this request read so far is from before the change
        own = actor().id or 0
        rows = {channel: queries.channel_row(db.session, own, channel) for channel in queries.set_up()}
        logged = messages.log(db.session, own)[:SHOWN]
        return self.show(
            "desk/channels.html",
            channels=[_shown(channel, rows[channel]) for channel in rows],
            missing=[
                {"name": channel_name(channel.value), "setting": NEEDED[channel]}
                for channel in Channel
                if channel not in rows
            ],
            may_see_settings=may("list", "Setting"),
            rhythms=[{"value": one.value, "text": gettext(RHYTHMS[one])} for one in RHYTHMS],
            hours=queries.hours_of(db.session, [own]).get(own, Hours()),
            sent=[line_of(one) for one in logged],
            typed=request.form,
            problems=problems,
        )


def _keep(channel: Channel, typed: str) -> str:
    rhythms = {rhythm.value: rhythm for rhythm in Rhythm}
    rhythm = rhythms.get(request.form.get("rhythm", ""), USUAL.get(channel, Rhythm.MORNING))
    if services.keep_channel(channel, typed, rhythm, by=actor()):
        return gettext(
            "A code is on its way to this address. Type it here; until then nothing else goes there."
        )
    return gettext("Kept.")


def _send_code(channel: Channel) -> str:
    services.send_code(channel, by=actor())
    return gettext("A new code is on its way; the one before is good no more.")


def _confirm(channel: Channel) -> str:
    services.confirm_channel(channel, request.form.get("code", ""), by=actor())
    return gettext("The address is yours. Notices go there from now on.")


def _remove(channel: Channel) -> str:
    services.remove_channel(channel, by=actor())
    return gettext("The address is taken away. Nothing goes there any more.")


def _channel(typed: str) -> Channel:
    found = {channel.value: channel for channel in Channel}.get(typed)
    if found is None:
        raise Missing
    return found


def _problem(error: ConciergeError, field: str, channel: Channel | None = None) -> dict[str, str]:
    where = str(error.facts.get("field", getattr(error, "field", "") or field))
    message = type(error).message
    facts = dict(error.facts)
    if "what" in facts:
        facts["what"] = gettext(str(facts["what"]))
        return {"field": _anchor(where, channel), "message": gettext(message, **facts), "of": _name(channel)}
    return {"field": _anchor(where, channel), "message": say(error), "of": _name(channel)}


def _anchor(field: str, channel: Channel | None) -> str:
    return f"{field}-{channel.value}" if channel else field


def _name(channel: Channel | None) -> str:
    return channel.value if channel else ""


def _shown(channel: Channel, row: ChannelRow | None) -> dict[str, Any]:
    return {
        "value": channel.value,
        "name": channel_name(channel.value),
        "hint": gettext(HINTS[channel]),
        "address": row.address if row else "",
        "rhythm": (row.rhythm if row else USUAL.get(channel, Rhythm.MORNING)).value,
        "is_kept": row is not None,
        "is_confirmed": row is not None and row.confirmed_at is not None,
    }


def _hours() -> Hours:
    return Hours(
        quiet_from=_time("quiet_from"), quiet_until=_time("quiet_until"), digest_at=_time("digest_at")
    )


def _time(field: str) -> time:
    try:
        found = time.fromisoformat(request.form.get(field, ""))
    except ValueError:
        raise HourMissing(field=field) from None
    if found.tzinfo is not None:
        raise HourMissing(field=field)
    return found.replace(second=0, microsecond=0)
