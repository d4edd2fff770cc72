"""Somebody at an enterprise with a progress link in hand, and the files such people send."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import pikepdf
import pillow_heif
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from approvals.rules.papers import PaperState
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading
from concierge.progress.queries.wanted import is_wanted
from concierge.progress.rules.links import LinkOpens, LinkTerms
from concierge.progress.services.make_link import make_link
from projects.queries.papers import project_papers
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, apart

MOBILE = "13800002468"


@dataclass
class Holder:
    """Somebody who holds a link, at a browser that knows nothing of us."""

    browser: FlaskClient
    project_id: int
    link_id: int
    token: str
    front: str = ""

    def opens(self, path: str) -> TestResponse:
        """Open a page, in English."""
        return apart(self.browser.get, path + ("&" if "?" in path else "?") + "lang=en")

    def enters(self) -> TestResponse:
        """Open the link and follow it to its page."""
        answer = apart(self.browser.get, f"/p/{self.token}?lang=en")
        self.front = answer.headers["Location"].partition("?")[0]
        return self.opens(self.front)

    def goes(self, act: str) -> TestResponse:
        """Open the page of an act."""
        if not self.front:
            self.enters()
        return self.opens(f"{self.front}/{act}")

    def sends(self, page: TestResponse, to: str = "", **typed: Any) -> TestResponse:
        """Send the form of a page whose address ends so, with what was typed into it."""
        forms = re.findall(r'<form method="post"[^>]*action="([^"]*)".*?</form>', page.text, re.DOTALL)
        bodies = re.findall(r'<form method="post".*?</form>', page.text, re.DOTALL)
        place = next(n for n, one in enumerate(forms) if unescape(one).partition("?")[0].endswith(to))
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', bodies[place]))
        return apart(self.browser.post, unescape(forms[place]), data=hidden | typed)

    def after(self, answer: TestResponse) -> TestResponse:
        """The page a sent form leads to."""
        assert answer.status_code == 303, answer.text
        return self.opens(answer.headers["Location"])


@pytest.fixture
def project_id(county: Office) -> int:
    """A project that was opened and planned."""
    return a_project()


@pytest.fixture
def holder(county: Office, project_id: int) -> Holder:
    """Somebody who may upload and rate, with a mobile number on file."""
    return a_holder(county, project_id)


def a_holder(county: Office, project_id: int, **terms: Any) -> Holder:
    """Somebody with a link of their own."""
    asked = {"recipient": "吴倩", "address": MOBILE, "may_upload": True, "may_rate": True} | terms
    link_id, minted = make_link(LinkTerms(project_id=project_id, **asked), by=SYSTEM)
    assert asked.get("opens", LinkOpens.PROGRESS)
    return Holder(county.app.test_client(), project_id, link_id, minted.token)


@pytest.fixture
def wanted(project_id: int) -> str:
    """The code of a material the enterprise has to bring itself."""
    return wanted_codes(project_id)[0]


def wanted_codes(project_id: int) -> list[str]:
    """The codes of everything the enterprise has to bring itself."""
    with reading() as session:
        papers = project_papers(session, project_id, SYSTEM, today=clock.today())
        return [
            one.code for one in papers.all if is_wanted(one, papers) and one.paper.state is PaperState.MISSING
        ]


def a_photo(colour: str = "white", kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> io.BytesIO:
    """A photograph."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    content.seek(0)
    return content


def a_heic(colour: str = "blue") -> io.BytesIO:
    """A photograph as an iPhone keeps it."""
    content = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), colour)).save(content)
    content.seek(0)
    return content


def a_pdf(pages: int) -> io.BytesIO:
    """A scan of so many pages."""
    content = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        made.save(content)
    content.seek(0)
    return content
