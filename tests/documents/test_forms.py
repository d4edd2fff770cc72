"""The shipped templates: composed by the kinds, one for each, and composing again changes no byte."""

from documents.compose import compose_all
from documents.queries.kinds import installed_kinds
from documents.queries.shipped import FORMS


def test_the_shipped_templates_are_those_the_kinds_compose(county, tmp_path):
    compose_all(tmp_path)

    shipped = {file.parent.name: file.read_bytes() for file in FORMS.glob("*/template.docx")}
    composed = {file.parent.name: file.read_bytes() for file in tmp_path.glob("*/template.docx")}
    assert set(shipped) == set(composed), "run `make forms`"
    assert [code for code in composed if composed[code] != shipped[code]] == [], "run `make forms`"


def test_composing_again_changes_nothing_and_a_kind_that_is_gone_leaves_no_template(county, tmp_path):
    assert len(compose_all(tmp_path)) == len(installed_kinds())
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "template.docx").write_bytes(b"")

    assert compose_all(tmp_path) == ["gone"]
    assert compose_all(tmp_path) == []


def test_every_kind_has_a_code_and_a_series_of_its_own_kind_of_paper(county):
    kinds = installed_kinds()

    assert len({kind.code for kind in kinds}) == len(kinds) >= 40
    assert all(kind.series and kind.title_zh and kind.name for kind in kinds)
