"""A document as a test reads it: its facts, the questions they took, and the words on its page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import event

from concierge.kernel.db import db
from concierge.kernel.work import reading
from documents.press.compose import write
from documents.press.fill import fill
from documents.queries.kinds import kind_of
from documents.queries.laws import basis_on
from documents.rules.facts import DocumentFacts
from documents.rules.laws import cited

TODAY = date(2026, 4, 15)


@dataclass(frozen=True)
class Told:
    """What one document says. Shape: ``queries`` counts the questions a second making takes."""

    facts: DocumentFacts
    text: str
    controls: dict[str, str]
    queries: int

    @property
    def missing(self) -> list[str]:
        """The names of the facts it cannot do without."""
        return [one.name for one in self.facts.missing]


Telling = Callable[..., Told]


@pytest.fixture
def told(county) -> Iterator[Telling]:
    """Make a document of a kind about something, on a day, by the shipped template."""
    asked: list[str] = []

    def note(*facts: object) -> None:
        asked.append(str(facts[2]))

    def made(code: str, about_id: int, on: date = TODAY) -> Told:
        kind = kind_of(code)
        with reading() as session:
            kind.facts(session, about_id, on)  # the catalogue and the calendar are read once a process
        with reading() as session:
            asked.clear()
            facts = kind.facts(session, about_id, on)
            queries = len(asked)
        page = fill(write(kind), _values(kind, facts, on))
        text, controls = words_of(page)
        return Told(facts, text, controls, queries)

    event.listen(db.engine, "before_cursor_execute", note)
    yield made
    event.remove(db.engine, "before_cursor_execute", note)


def _values(kind, facts, on):
    """The kind's own values, and those every document has."""
    return {
        **facts.values,
        "title": kind.title_zh,
        "number": "青帮代〔2026〕12号",
        "version": 1,
        "changes": "",
        "data_on": on,
        "made_on": on,
        "addressee": facts.addressee,
        "office": {"name": "青禾县企业项目帮代办服务中心", "phone": "0731-2345678", "address": ""},
        "basis": [
            {"title": law.title, "wenhao": law.wenhao, "articles": law.articles}
            for law in cited(basis_on(kind.basis, on))
        ],
        "prefilled": [{"field": one.field, "source": one.source, "on": one.on} for one in facts.prefilled],
        "pictures": dict(facts.pictures),
    }


def words_of(page: bytes) -> tuple[str, dict[str, str]]:
    """The words on the page, and what stands in each of its controls."""
    with zipfile.ZipFile(io.BytesIO(page)) as parts:
        body = parts.read("word/document.xml").decode()
    controls = {
        tag: "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inside))
        for tag, inside in re.findall(r'<w:tag w:val="([^"]*)"/>(.*?)</w:sdt>', body, re.DOTALL)
    }
    paragraphs = body.split("</w:p>")
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)) for one in paragraphs), controls
