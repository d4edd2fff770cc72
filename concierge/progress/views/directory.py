"""``/directory``: stations and hours, who answers today, what one can ask for, and how it was rated."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask_babel import gettext

from concierge.kernel import clock, visits
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import language, say
from concierge.progress.queries.directory import offered, on_duty, station, stations
from concierge.progress.views.link_pages import kept_choices
from concierge.ratings.views.public_list import public_list
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.rules.catalogue import Bundle, Names
from concierge.service.rules.union import one_application
from concierge.service.views.words import TIERS

directory = Blueprint("progress_directory", __name__, url_prefix="/directory")


@directory.get("/")
@directory.get("", endpoint="bare")
def front() -> Response:
    """Everything at a glance."""
    visits.count(visits.READS, "directory read")
    catalogue = service_catalogue(db.session)
    return _page(
        "progress/directory.html",
        stations=stations(db.session),
        tier=_tier,
        officers=on_duty(db.session, clock.today()),
        bundles=list(catalogue.bundles.values()),
        name=_name,
        ratings=public_list(db.session, {}),
    )


@directory.get("/stations/<code>")
def one(code: str) -> Response:
    """One station on a sheet to be printed and hung up."""
    visits.count(visits.READS, "directory read")
    found = station(db.session, code)
    if found is None:
        raise Missing
    services = offered(db.session, code, service_catalogue(db.session), language())
    return _page("progress/station.html", station=found, tier=_tier, services=services)


@directory.get("/guides/<code>")
def guide(code: str) -> Response:
    """What one service package asks for and gives: the same the desk hands out."""
    visits.count(visits.READS, "directory read")
    catalogue = service_catalogue(db.session)
    bundle: Bundle | None = catalogue.bundles.get(code)
    if bundle is None:
        raise Missing
    whole = one_application(catalogue, bundle.services, [bundle.code])
    return _page("progress/guide.html", bundle=bundle, whole=whole, catalogue=catalogue, name=_name)


@directory.errorhandler(ConciergeError)
def told(error: ConciergeError) -> Response:
    """Say what is wrong in plain words."""
    return _page("progress/link_refused.html", status=error.status, message=say(error), typed=[])


def _tier(one: Any) -> str:
    return gettext(TIERS[one.tier])


def _name(names: Names) -> str:
    return names.spoken(language())


def _page(template: str, *, status: int = 200, **facts: Any) -> Response:
    kept = kept_choices()
    made = render_template(
        template,
        phone=current_app.config["CONCIERGE"].office_phone,
        size=kept.get("size", ""),
        kept=kept,
        today=clock.today(),
        here=request.path,
        **facts,
    )
    return make_response(made, status)
