"""The fields a template asks for, read from its tags."""

from documents.press.fields import FieldKind, written
from documents.press.samples import SampleSize, sample
from documents.press.sandbox import ENV


def test_an_entry_of_a_list_within_a_list_makes_it_a_list_to_be_filled():
    fields = written("{% for row in rows %}{{ row.cells[1] }}{% endfor %}", ENV)

    assert fields["rows[].cells"].kind is FieldKind.LIST
    assert len(sample(fields, SampleSize.USUAL)["rows"][0]["cells"]) == 3
