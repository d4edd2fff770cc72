"""Canaries: a word planted in every text the office keeps for itself, and looked for in every public byte."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, String, Table, Text, func, select, update

from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import Base, db
from concierge.kernel.work import work
from concierge.progress.rules.links import LinkTerms
from concierge.progress.services.make_link import make_link
from concierge.progress.services.query_code import make_query_code
from projects.models.project import Project
from tests.kernel.fixtures_office import Office, apart

PUBLIC_COLUMNS = {
    "projects_project": {"name", "code"},
    "ab_user": {"first_name", "last_name"},
    "staff_profile": {"phone", "office"},
    "service_office": {"code", "name", "address", "phone", "hours", "upper"},
    "service_listing": {"code", "name", "note", "office"},
    "progress_link": {"recipient"},
    "ratings_rating": {"words"},
    "ratings_follow_up": {"words"},
    "ratings_redress": {"answer"},
    "ratings_occasion": {"title"},
}
"""What is meant to be read by everybody, or by whoever holds the link: the officers' names and office lines,
the stations, the published ratings, the project's own name. Everything else stays inside."""
IN_FULL = 2
WORKING = re.compile(
    r"(^|_)(code|state|status|kind|hash|key|sha256|digest|handle|seal|hint|version_num|department|material|body"
    r"|facts|stage|template|gates|days|move|before|task|args|name|queue|username|password|email|uscc|series"
    r"|move|matter|producer|form|basis_kind|dedupe|office|grid|act|handler|event|media_type|holding|channel"
    r"|purpose|component|way|role|post|language|token|signature|prev|previous|mac|chain|cause|group|half"
    r"|attribute|value|predecessor|successor|gate|mode|skills|number|rule|unit|origin|copies)($|_)|_at$|_on$"
)
"""Columns whose text the system reads itself: a canary there would change what the program does."""


def internal_texts() -> Iterator[tuple[Table, Column[str]]]:
    """Every column of free text that is neither public nor read by the program."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            is_text = isinstance(column.type, String | Text) and not isinstance(column.type, JSON)
            has_words = is_text and getattr(column.type, "enums", None) is None
            is_public = column.name in PUBLIC_COLUMNS.get(table.name, ())
            if has_words and not is_public and not WORKING.search(column.name) and not column.primary_key:
                yield table, column


@pytest.fixture
def planted(demonstration: Office) -> tuple[Office, int]:
    """The demonstration county with a canary in each internal text that is not empty; and how many."""
    count = 0
    with work(SYSTEM) as w:
        for table, column in internal_texts():
            marked = func.substr("CANARY " + column, 1, getattr(column.type, "length", None) or 4000)
            if column.unique or any(column.name in index.columns and index.unique for index in table.indexes):
                continue
            count += w.session.execute(update(table).where(column != "").values({column: marked})).rowcount
    db.session.rollback()
    return demonstration, count


def test_no_internal_text_of_the_county_stands_in_any_public_byte(planted):
    office, count = planted
    assert count > 500  # the county is full of words that are nobody's business
    office.app.appbuilder.sm.limiter.enabled = False
    asked = 0
    for path, answer in public_answers(office.app):
        assert b"CANARY" not in answer, path
        asked += 1
    assert asked > 40


def public_answers(app: Flask) -> Iterator[tuple[str, bytes]]:
    """Every public address of the county as its bytes.

    Shape: all pages of a link for one project in each language, the page and the code of all others.
    """
    project_ids = list(db.session.scalars(select(Project.id).order_by(Project.id)))
    for place, project_id in enumerate(project_ids):
        code = make_query_code(project_id, by=SYSTEM)
        asked = LinkTerms(project_id=project_id, recipient="王工", may_upload=True, may_rate=True)
        token = make_link(asked, by=SYSTEM)[1].token
        db.session.rollback()
        browser = app.test_client()
        front = apart(browser.get, f"/p/{token}").headers["Location"]
        handle = front.split("/")[3].split("?")[0]
        lang = ("zh", "en")[place % 2]
        for path in pages_of(app, handle) if place < IN_FULL else (f"/p/at/{handle}",):
            yield path, apart(browser.get, f"{path}?lang={lang}").data
        yield "/q", apart(browser.post, f"/q?lang={lang}", data={"code": code}).data
        yield "/q/…", apart(browser.get, f"/q/{code}?lang={lang}").data
    yield from directory_pages(app)


def directory_pages(app: Flask) -> Iterator[tuple[str, bytes]]:
    """The directory and all it leads to."""
    browser = app.test_client()
    seen = ["/directory", "/q", "/p/ratings"]
    for path in seen:
        answer = apart(browser.get, path).text
        yield path, answer.encode()
        for href in re.findall(r'href="(/directory/[^"?#]+|/p/ratings[^"#]*)"', answer):
            if href.replace("&amp;", "&") not in seen:
                seen.append(href.replace("&amp;", "&"))


def pages_of(app: Flask, handle: str) -> Iterator[str]:
    """The addresses below one visit."""
    for rule in app.url_map.iter_rules():
        is_ours = rule.endpoint.startswith("progress_links.") and "GET" in (rule.methods or ())
        if is_ours and rule.arguments == {"handle"}:
            yield re.sub(r"<[^>]*>", handle, str(rule))


def test_a_canary_in_the_public_object_would_be_found(demonstration):
    office = demonstration
    office.app.appbuilder.sm.limiter.enabled = False
    with work(SYSTEM) as w:
        w.session.execute(update(Project).values(name="CANARY " + Project.name))
    db.session.rollback()
    assert any(b"CANARY" in answer for _, answer in public_answers(office.app))  # the first page has it
