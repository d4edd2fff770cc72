"""How a document writes what the catalogue notes in short."""

from documents.rules.wording import with_chinese_brackets


def test_brackets_around_chinese_words_are_chinese_ones():
    assert with_chinese_brackets("施工图设计文件联合审查(多审合一)") == "施工图设计文件联合审查（多审合一）"
    assert with_chinese_brackets("水利部令(2023)第53号(修订)") == "水利部令(2023)第53号（修订）"


def test_text_without_chinese_in_its_brackets_stays():
    assert with_chinese_brackets("1:500 (A3)") == "1:500 (A3)"
