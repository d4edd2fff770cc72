"""Filling templates: every value stands in the page, nothing runs, the same values are the same bytes."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import date

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.press.after_filling import W14, W, text_of
from documents.press.compose import write
from documents.press.fill import fill
from documents.press.found_again import page_text
from documents.press.kind import Form
from documents.press.ooxml import ROOM
from documents.press.words import clean
from documents.rules.faults import FieldUnknown, TemplateBroken, TemplateForbidden
from tests.documents.press.pages_made import CHART, KINDS, LETTER, SHEET, VALUES, a_kind

TEMPLATES = {kind: write(kind) for kind in KINDS}
WRITTEN = st.text(st.characters(codec="utf-8"), max_size=60)
ANYTHING = st.text(st.characters(), max_size=40)
ODD = st.sampled_from(
    (
        "{{ 7*7 }}",
        "{% raw %}",
        "{_{x}_}",
        "]]>",
        "</w:t>",
        "&amp;",
        "\x00\x07\x0c",
        "\u202e乙",
        "\ud800",
        "\t\n",
        "None",
    )
)


def opened(content):
    return Document(io.BytesIO(content))


def told(content):
    return page_text(opened(content))


def of_one_line(line, **more):
    """A letter whose body is one line of template."""
    kind = a_kind(Form.LETTER, lambda page: (page.number(), page.text(line)))
    return fill(write(kind), VALUES | more)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    name=st.one_of(WRITTEN, ANYTHING, ODD),
    words=st.one_of(ANYTHING, ODD),
    faults=st.lists(ODD, min_size=2, max_size=3),
)  # at least four values an example: a thousand of them
def test_no_value_is_lost_whatever_it_is_made_of(name, words, faults):
    rows = [
        {"name": f"材料{fault}", "fault": fault, "control": f"line-{n}"} for n, fault in enumerate(faults)
    ]

    page = told(fill(TEMPLATES[LETTER], VALUES | {"project": {"name": name}, "words": words, "rows": rows}))

    assert clean(name) in page
    assert clean(words) in page
    assert all(f"材料{clean(row['fault'])}" in page for row in rows)
    assert "请于2026年5月8日前补正。" in page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.form.value)
def test_the_same_values_make_the_same_bytes_here_and_in_another_process(kind):
    here = hashlib.sha256(fill(TEMPLATES[kind], VALUES)).hexdigest()
    script = (
        "import hashlib; from documents.press.fill import fill; from documents.press.compose import write;"
        "from tests.documents.press.pages_made import KINDS, VALUES;"
        f"kind = KINDS[{KINDS.index(kind)}];"
        "print(hashlib.sha256(fill(write(kind), VALUES)).hexdigest())"
    )

    there = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert there == here


def test_a_template_filled_before_keeps_nothing_of_another_document():
    first = fill(TEMPLATES[LETTER], VALUES)
    fill(TEMPLATES[LETTER], VALUES | {"project": {"name": "另一个项目"}, "rows": []})

    assert fill(TEMPLATES[LETTER], VALUES) == first


def test_what_looks_like_a_tag_in_a_value_is_printed_and_not_run():
    page = told(of_one_line("{{ words }}", words="{{ 7*7 }} {% if x %} {_{ office }_}"))

    assert "{{ 7*7 }} {% if x %} {_{ office }_}" in page
    assert "49" not in page


def test_a_value_that_is_none_prints_nothing_and_one_that_is_no_number_is_refused():
    assert "起止" in told(of_one_line("起{{ words }}止", words=None))
    with pytest.raises(TypeError, match="float"):
        of_one_line("{{ words }}", words=float("nan"))


def test_a_row_of_the_database_never_reaches_a_template():
    with pytest.raises(TypeError, match="no place for a object"):
        of_one_line("{{ words }}", words=object())


@pytest.mark.parametrize(
    "line",
    [
        "{{ projcet.name }}",
        "{{ project.nmae }}",
        "{% if is_there %}有{% endif %}",
        "{% for one in list_of_nothing %}{{ one }}{% endfor %}",
    ],
)
def test_a_misspelt_field_is_named(line):
    with pytest.raises(FieldUnknown) as refusal:
        of_one_line(line)

    misspelt = next(word for word in ("projcet", "nmae", "is_there", "list_of_nothing") if word in line)
    assert misspelt in refusal.value.what


@pytest.mark.parametrize(
    "line",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ words.__class__ }}",
        "{{ words|attr('__class__') }}",
        "{{ project.__init__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ joiner.__init__ }}",
        "{{ namespace.__init__ }}",
        "{{ request.application }}",
        "{{ config.items() }}",
        "{{ get_flashed_messages() }}",
        "{{ words.format(words) }}",
        "{{ words.format_map(project) }}",
        "{{ words.ljust(1000000000) }}",
        "{{ words.replace('请', words) }}",
        "{{ words * 100000000 }}",
        "{{ 10 ** 1000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%s'|format(words) }}",
        "{{ words|center(1000000000) }}",
        "{{ words|safe }}",
        "{{ words|xmlattr }}",
        "{{ words|pprint }}",
        "{{ range(1000000000) }}",
        "{% for a in range(9) %}{% endfor %}",
        "{{ project.update(office) }}",
        "{{ project.pop('name') }}",
        "{{ rows.append(1) }}",
        "{{ rows.clear() }}",
        "{% set project.name = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends words %}",
        "{{ pictures.plan.at(9) }}",
        "{{ words|at(9) }}",
        "{{ ().__class__.__base__ }}",
        "{{ [].sort.__self__ }}",
        "{{ loop.__init__ }}",
        "{{ undefined_function() }}",
        "{{ words[‘__class__’] }}",
        "{{ [words][0].__class__ }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_that_wants_more_than_to_print_is_refused(line):
    with pytest.raises((TemplateForbidden, TemplateBroken, FieldUnknown)):
        of_one_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "{{ words",
        "{%p if words %}有",
        "words }}",
        "{% if words %}没有完",
        "{{ words。 }}",
        "{%p endfor %}",
        "{{ words|nofilter }}",
    ],
)
def test_tags_that_do_not_fit_together_are_refused(line):
    with pytest.raises(TemplateBroken):
        of_one_line(line)


def test_a_macro_may_print_and_a_filter_of_ours_writes_days_numbers_and_money():
    page = told(
        of_one_line(
            "{% macro m(x) %}〔{{ x }}〕{% endmacro %}{{ m(words) }}{{ due_on|cndate }}{{ n|cnnum }}"
            "{{ sum|money }}",
            words="甲",
            n=103,
            sum="128650.50",
        )
    )

    assert "〔甲〕2026年5月8日一百零三128,650.5" in page


def test_name_and_day_of_a_signature_share_one_centre_that_keeps_a_long_name_on_the_page():
    name = (
        "青禾县人民政府政务服务和行政审批管理局企业项目帮代办中心"  # 28 characters: 448 pt, more than 442.2
    )
    body = opened(
        fill(TEMPLATES[LETTER], VALUES | {"office": VALUES["office"] | {"name": name}})
    ).element.body
    signed = [
        one for one in body.iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle[@{W}val='Signature']") is not None
    ]
    centres = [one.find(f"{W}pPr/{W}tabs/{W}tab[@{W}val='center']").get(f"{W}pos") for one in signed]

    assert [text_of(one) for one in signed] == [f"\t{name}", "\t2026年4月16日"]
    assert centres == ["4364", "4364"]  # (442.2 − 16 · 28 / 2) pt = 218.2 pt


def test_short_names_stand_so_that_the_day_ends_four_characters_from_the_edge():
    body = opened(
        fill(TEMPLATES[LETTER], VALUES | {"office": VALUES["office"] | {"name": "青禾县行政审批局"}})
    ).element.body

    signed = [
        one for one in body.iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle[@{W}val='Signature']") is not None
    ]

    assert [one.find(f"{W}pPr/{W}tabs") for one in signed] == [None, None]  # the style's own stop: 326.2 pt


def controls_of(content):
    body = opened(content).element.body
    return {one.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): one for one in body.iter(f"{W}sdt")}


def test_a_control_says_to_programs_what_its_text_says_to_people():
    found = controls_of(fill(TEMPLATES[SHEET], VALUES))

    assert text_of(found["project_name"].find(f"{W}sdtContent")) == VALUES["project"]["name"]
    assert found["due_on"].find(f"{W}sdtPr/{W}date").get(f"{W}fullDate") == "2026-05-08T00:00:00Z"
    assert found["is_ticked"].find(f"{W}sdtPr/{W14}checkbox/{W14}checked").get(f"{W14}val") == "1"
    assert [found[tag].find(f"{W}sdtPr/{W}alias").get(f"{W}val") for tag in ("line-1", "line-2")] == [
        "用地红线图",
        "土地勘测定界图",
    ]


def test_an_empty_control_shows_room_to_write_and_says_that_it_is_empty():
    found = controls_of(fill(TEMPLATES[SHEET], VALUES))

    assert text_of(found["remark"].find(f"{W}sdtContent")) == ROOM
    assert found["remark"].find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    assert found["project_name"].find(f"{W}sdtPr/{W}showingPlcHdr") is None


def test_every_control_has_a_number_of_its_own():
    body = opened(fill(TEMPLATES[SHEET], VALUES)).element.body

    numbers = [one.get(f"{W}val") for one in body.iterfind(f".//{W}sdtPr/{W}id")]

    assert len(numbers) == len(set(numbers)) == 9  # seven fields, two rows


def test_a_picture_stands_in_its_line_with_words_for_who_cannot_see_it():
    document = opened(fill(TEMPLATES[SHEET], VALUES))
    drawn = document.inline_shapes[0]

    assert (round(drawn.width.mm), round(drawn.height.mm)) == (156, 41)  # 760 : 200 across the text block
    assert drawn._inline.docPr.get("descr") == "三项工作的先后"
    assert [part.partname for part in document.part.package.image_parts] == ["/word/media/image1.png"]


def test_a_chart_that_cannot_be_drawn_is_named():
    with pytest.raises(TemplateBroken):
        fill(TEMPLATES[SHEET], VALUES | {"pictures": {"plan": CHART.replace("</svg>", "")}})


def test_the_file_says_who_made_it_and_when_by_its_values_and_not_by_the_clock():
    told = opened(fill(TEMPLATES[LETTER], VALUES)).core_properties

    assert (told.title, told.author, told.identifier, told.version) == (
        "一次性补正告知书",
        "青禾县企业项目帮代办服务中心",
        "青帮代告〔2026〕12号",
        "1",
    )
    assert (told.created.date(), told.modified.date()) == (date(2026, 4, 16), date(2026, 4, 16))
