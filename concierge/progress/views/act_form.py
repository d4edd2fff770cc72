"""What every act's page shares: what was typed and what is wrong with it, and how a sent form goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, redirect, request, url_for

from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import say
from concierge.progress.rules.links import ProgressLink
from concierge.progress.views.link_pages import kept_choices, sent_form

NO_FORM: Mapping[str, str] = {}
OUR_NAMES: Mapping[str, str] = {"on": "wanted_on", "what": "words"}
"""Fields of lower addons, as these forms call them."""


@dataclass(frozen=True)
class ActForm:
    """A form as it stands: empty, or with what was typed and what is wrong. Shape: ``problems`` by field."""

    typed: Mapping[str, str]
    problems: tuple[dict[str, str], ...] = ()
    status: int = 200

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.typed.get(name, "")

    def wrong(self, name: str) -> str:
        """What is wrong with a field; empty for nothing."""
        return next((one["message"] for one in self.problems if one["field"] == name), "")


EMPTY = ActForm(NO_FORM)


def sent(
    link: ProgressLink, deed: Callable[[str], Any], *, onward: str, field: str, **where: Any
) -> Response | ActForm:
    """Do what a form asks and go on; or the form again with what is wrong, and nothing lost.

    Shape: ``deed`` takes the form's number; ``field`` is where a refusal without a place of its own stands.
    Raises: Missing.
    """
    try:
        deed(sent_form(link))
    except Missing:
        raise
    except ConciergeError as error:
        db.session.expire_all()
        named = str(error.facts.get("field") or field)
        place = OUR_NAMES.get(named, named)
        said = {"field": place if place != "key" else field, "message": say(error)}
        return ActForm(request.form.to_dict(), (said,), error.status)
    here = {"handle": link.handle, "sent": 1, **where, **kept_choices()}
    return redirect(url_for(f".{onward}", **here), code=303)  # type: ignore[return-value]


def was_sent() -> bool:
    """Whether this page is shown after a form was taken."""
    return request.args.get("sent") == "1"
