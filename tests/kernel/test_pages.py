"""What every page answers: the right status, one sentence in the reader's language, shut doors."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.errors import Misconfigured
from concierge.kernel.guards import check
from concierge.kernel.security.doors import safe_next
from concierge.kernel.web import Page, allowed, whole_number
from tests.kernel.fixtures_office import Office, Somebody
from tests.kernel.office.views import ShelfView


@pytest.fixture
def kim(office: Office) -> Somebody:
    """A keeper at the desk."""
    return office.employs("kim", "Keeper")


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/desk/refused", 409, "This room has no wall left."),
        ("/desk/invalid", 422, "No shelf is called Throne."),
        ("/desk/away", 503, "A part of the system does not answer at the moment."),
        ("/desk/nowhere", 404, "The address is wrong"),
        ("/shelves/show/77", 404, "There is nothing at this address"),
        ("/folders/list/", 403, "Your account may not do this"),
        ("/logout/", 405, "This page cannot be reached that way"),
    ],
)
def test_what_goes_wrong_is_told_with_its_status(
    kim: Somebody, path: str, status: int, sentence: str
) -> None:
    page, told = kim.opens(path), kim.opens(path, headers={"Accept": "application/json"})

    assert page.status_code == told.status_code == status
    assert sentence in page.text
    assert page.mimetype == "text/html"
    assert told.mimetype == "application/json"
    assert told.json is not None
    assert told.json["status"] == status
    if status in {409, 422, 503}:
        assert sentence in told.json["message"]
    assert (page.headers.get("Retry-After") == "60") is (status == 503)


def test_a_refusal_is_told_in_chinese(kim: Somebody) -> None:
    assert "系统的一部分" in kim.opens("/desk/away?lang=zh").text


def test_a_field_is_named_to_a_program(kim: Somebody) -> None:
    told = kim.opens("/desk/invalid", headers={"Accept": "application/json"}).json

    assert told == {
        "status": 422,
        "error": "TooGrand",
        "message": "No shelf is called Throne.",
        "field": "name",
    }


def test_our_own_mistakes_give_a_number_and_nothing_else(
    kim: Somebody, caplog: pytest.LogCaptureFixture
) -> None:
    page = kim.opens("/desk/broken")

    assert page.status_code == 500
    incident = re.search(r"\b[0-9a-f]{8}\b", page.text)
    assert incident
    assert not re.search(r"drawer|passwd|ZeroDivision|Traceback|\.py", page.text)
    (line,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert vars(line)["incident"] == incident[0]
    assert line.exc_info


def test_a_form_larger_than_the_limit_is_refused(kim: Somebody) -> None:
    assert kim.sends("/shelves/add", {"name": "x" * 5_000_000}).status_code == 413


def test_staff_pages_are_kept_nowhere_and_framed_by_nobody(kim: Somebody) -> None:
    headers = kim.opens("/shelves/list/").headers

    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize(
    "path", ["/shelves/list/", "/shelves/add", "/rooms/list/", "/password", "/", "/desk/broken", "/nowhere"]
)
def test_no_page_carries_a_script_its_policy_would_not_run(kim: Somebody, path: str) -> None:
    page = kim.opens(path, follow_redirects=True)
    allowed_nonce = re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])

    for attributes, inner in re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL):
        is_ours = "src=" in attributes or (allowed_nonce and f'nonce="{allowed_nonce[1]}"' in attributes)
        assert is_ours or not inner.strip(), inner[:80]
    assert not re.search(r"<[^>]+\son(click|load|change|submit|error)=", page.text)
    assert not re.search(r'(href|src|action)="(https?:)?//', page.text)
    assert "<style" not in page.text


@pytest.mark.parametrize("path", ["/notice", "/health/live", "/static/concierge/app.css", "/notice?lang=en"])
def test_public_pages_and_files_neither_read_nor_set_a_cookie(office: Office, path: str) -> None:
    for headers in ({}, {"Cookie": "session=planted", "Accept-Language": "en"}):
        answer = office.stranger().get(path, headers=headers)

        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        answer.close()


def test_a_public_page_answers_without_asking_the_database(office: Office) -> None:
    office.app.config["CONCIERGE"] = replace(office.app.config["CONCIERGE"], county_name="青禾县")

    assert office.stranger().get("/notice", headers={"Accept-Language": "zh-CN"}).text == "登录"


@pytest.mark.parametrize(
    ("asked", "header", "is_chinese"),
    [
        ("", "", True),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", True),
        ("", "en-GB,en;q=0.9", False),
        ("", "fr", True),
        ("?lang=en", "zh-CN", False),
        ("?lang=xx", "en", False),
        ("?lang=zh", "en", True),
    ],
)
def test_the_language_is_asked_for_or_the_browsers_or_chinese(
    office: Office, asked: str, header: str, is_chinese: bool
) -> None:
    text = office.stranger().get(f"/notice{asked}", headers={"Accept-Language": header}).text

    assert text == ("登录" if is_chinese else "Sign in")


def test_a_chosen_language_stays_for_the_session(kim: Somebody) -> None:
    kim.opens("/shelves/list/?lang=zh")

    assert 'lang="zh-CN"' in kim.opens("/shelves/list/").text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", ""])
def test_other_hosts_are_refused(office: Office, host: str) -> None:
    answer = office.stranger().get("/login/", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.fixture
def tls_app(tmp_path: Path) -> Flask:
    """The kernel alone behind https."""
    settings = Settings(home=tmp_path, addons=" , ", public_url="https://bangdaiban.example.cn")
    return create_app(settings)


def test_behind_https_cookies_are_bound_to_the_host(tls_app: Flask) -> None:
    answer = tls_app.test_client().get("/login/", base_url="https://bangdaiban.example.cn")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("/a?b=c", "/a?b=c"),
        ("a", None),
        ("", None),
        (None, None),
        ("//a", None),
        ("/\\a", None),
        ("/a\n", None),
        ("http:///a", None),
    ],
)
def test_only_paths_of_ours_are_gone_on_to(raw: str | None, kept: str | None) -> None:
    assert safe_next(raw) == kept


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 0),
        ("", 3),
        (None, 3),
        ("-1", 3),
        ("1e3", 3),
        ("٣", 3),
        ("9" * 40, 3),
        ("10001", 3),
    ],
)
def test_a_number_in_an_address_is_in_range_or_the_default(raw: str | None, number: int) -> None:
    assert whole_number(raw, default=3) == number


def test_the_frameworks_back_button_leads_to_the_list(kim: Somebody) -> None:
    def leads(referrer: str) -> str:
        return kim.opens("/back", headers={"Referer": referrer}).headers["Location"]

    assert leads("http://localhost/shelves/show/1") == "/shelves/list/"
    assert leads("http://localhost/nowhere") == "/"
    assert leads("http://evil.example/shelves/show/1") == "/"


class Unguarded(Page):
    """A page that forgot to say who may open it."""

    class_permission_name = "Unguarded"

    def list(self) -> str:
        """Open to everybody, by mistake."""
        return ""

    vars()["list"]._urls = (("/", ("GET",)),)


class Nameless(Page):
    """A page without a permission name."""

    @allowed("list")
    def list(self) -> str:
        """Guarded, under a name that changes with the class."""
        return ""


class Sparse(ShelfView):
    """A screen that leaves its search columns to the framework, and one label out."""

    search_columns = None


class Sorted(ShelfView):
    """A screen that sorts by what is no column, and shows what it should not."""

    order_columns = ["name", "query", "room.secret"]  # noqa: RUF012  (the framework takes lists)
    show_columns = ["name", "password"]  # noqa: RUF012  (the framework takes lists)


def test_a_screen_with_a_gap_refuses_to_start() -> None:
    with pytest.raises(Misconfigured, match=r"Unguarded leaves list\(\) open to everybody"):
        check(Unguarded())
    with pytest.raises(Misconfigured, match="Nameless does not name its class_permission_name"):
        check(Nameless())
    with pytest.raises(Misconfigured, match="Sparse does not declare search_columns"):
        Sparse()
    with pytest.raises(
        Misconfigured,
        match=r"has no label for password; shows password; cannot sort by query; cannot sort by room\.secret",
    ):
        Sorted()


def test_a_screen_of_the_framework_itself_refuses_to_start() -> None:
    from flask_appbuilder import BaseView

    class Foreign(BaseView):
        """Not one of ours."""

        default_view = ""

    with pytest.raises(Misconfigured, match="neither a Page nor a CrudView"):
        check(Foreign())
