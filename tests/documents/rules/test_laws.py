"""The law a document may cite is the one in force on its day."""

import csv
from datetime import date

import pytest

from documents.queries.laws import LAWS, basis_on, known_laws
from documents.rules.laws import LawUnknown, cited


def test_before_the_code_the_old_act_is_cited_and_from_its_first_day_the_code():
    def cited(day):
        return [law.title for law in basis_on(("environment-review",), day)]

    assert cited(date(2026, 8, 14)) == ["中华人民共和国环境影响评价法"]
    assert cited(date(2026, 8, 15)) == ["生态环境法典"]


def test_what_is_not_in_force_yet_is_left_out():
    assert basis_on(("civil-165",), date(2020, 12, 31)) == ()
    assert [law.articles for law in basis_on(("civil-165",), date(2021, 1, 1))] == ["第一百六十五条"]


def test_laws_come_in_the_order_they_are_named():
    told = basis_on(("licensing-38", "licensing-32"), date(2026, 4, 15))

    assert [law.articles for law in told] == ["第三十八条", "第三十二条"]


def test_an_id_nobody_wrote_down_is_named():
    with pytest.raises(LawUnknown, match="licensing-999"):
        basis_on(("licensing-32", "licensing-999"), date(2026, 4, 15))


def test_no_two_citations_of_one_id_are_in_force_on_one_day():
    laws = known_laws()

    for law in laws:
        others = [one for one in laws if one.id == law.id and one != law]
        assert not any(one.is_in_force(law.in_force_on) for one in others)


def test_every_kind_rests_on_laws_that_are_written_down(county):
    from documents.queries.kinds import installed_kinds

    for kind in installed_kinds():
        assert len(basis_on(kind.basis, date(2026, 4, 15))) == len(kind.basis), kind.code


def test_a_sentence_names_a_law_once_with_its_articles_beside_each_other():
    told = cited(basis_on(("licensing-32", "environment-order-42", "licensing-45"), date(2026, 4, 15)))

    assert [law.id for law in told] == ["licensing-32", "environment-order-42"]
    assert told[0].articles == "第三十二条、第四十五条"


def test_naming_the_same_article_twice_names_it_once():
    assert cited(basis_on(("licensing-32", "licensing-32"), date(2026, 4, 15)))[0].articles == "第三十二条"


def test_no_article_is_cited_from_memory():
    with LAWS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert [row["id"] for row in rows if row["articles"] and row["verification"] == "recall"] == []
    assert {row["verification"] for row in rows} <= {"text", "secondary", "recall"}


def test_every_law_written_down_is_cited_by_a_kind(county):
    from documents.queries.kinds import installed_kinds

    cited_by_kinds = {one for kind in installed_kinds() for one in kind.basis}

    assert {law.id for law in known_laws()} - cited_by_kinds == {"environment-review"}  # kept for its history
