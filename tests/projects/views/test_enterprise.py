"""Enterprises on the books: seen with their projects, mended with their code checked."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from projects.models.project import Enterprise
from projects.rules.identity import credit_code
from tests.builders import a_project

GOOD = credit_code("91439921MA7AAAA09")
MISTYPED = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")


@pytest.fixture
def lin(county):
    return county.employs("lin", "Liaison")


@pytest.fixture
def firm(county, lin):
    a_project(by=lin.actor, enterprise="青禾新材料有限公司", uscc=credit_code("91439921MA7AAAA01"))
    return county.asked(select(Enterprise))[0]


def _edit(who, firm, **typed):
    page = who.opens(f"/enterprises/edit/{firm.id}").text
    hidden = dict(re.findall(r'<input[^>]*?name="(row_version|opened)"[^>]*?value="([^"]*)"', page))
    fields = {"name": firm.name, "uscc": firm.uscc, "contact": "", "phone": "", "address": ""}
    sent = {**fields, **{k: unescape(v) for k, v in hidden.items()}, **typed}
    return who.sends(f"/enterprises/edit/{firm.id}", sent)


def test_the_address_people_type_leads_to_the_list(lin, firm):
    answer = lin.opens("/enterprises/", follow_redirects=True)

    assert answer.status_code == 200
    assert "青禾新材料有限公司" in answer.text


def test_an_enterprise_is_seen_only_with_one_of_its_projects(county, firm):
    eve = county.employs("eve", "Liaison")

    assert "青禾新材料有限公司" not in eve.opens("/enterprises/list/").text
    assert eve.opens(f"/enterprises/show/{firm.id}").status_code == 404
    assert eve.opens(f"/enterprises/edit/{firm.id}").status_code == 404
    assert "青禾新材料有限公司" not in eve.opens("/enterprises/export").text


def test_a_code_that_checks_out_is_kept(county, lin, firm):
    answer = _edit(lin, firm, uscc=GOOD.lower(), contact="吴倩")

    kept = county.has(Enterprise, firm.id)
    assert answer.status_code == 302
    assert (kept.uscc, kept.contact) == (GOOD, "吴倩")


@pytest.mark.parametrize("typed", ["123", MISTYPED, "91439921MA7AAAAO9I"])
def test_a_code_that_does_not_is_refused_beside_its_field(county, lin, firm, typed):
    answer = _edit(lin, firm, uscc=typed, contact="吴倩")

    assert answer.status_code == 422
    assert "吴倩" in answer.text
    assert county.has(Enterprise, firm.id).uscc == firm.uscc


def test_a_concierge_reads_but_does_not_change(county, lin, firm):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")
    a_project(by=lin.actor, enterprise=firm.name, uscc=firm.uscc, pair=(amy.id, bo.id))

    assert amy.opens(f"/enterprises/show/{firm.id}").status_code == 200
    assert amy.opens(f"/enterprises/edit/{firm.id}").status_code == 403


def test_nobody_adds_one_here_they_come_with_their_first_project(lin):
    assert lin.opens("/enterprises/add").status_code in (403, 404)
