"""Reading project files: both formats, and every way a file can be broken."""

import pytest

from scheduler.errors import CycleFound, PlanningError
from scheduler.rcpsp import psplib
from scheduler.rcpsp.errors import (
    BelowZero,
    DemandOverCapacity,
    FileEndsEarly,
    HorizonTooLong,
    NoSuchActivity,
    NotANumber,
    NotRenewable,
    NotSingleMode,
    PartMissing,
    TooManyActivities,
)
from tests.scheduler.rcpsp.projects import PATTERSON, SINGLE_MODE, an_instance

BY_HAND = an_instance(
    (0, (0, 0), (1, 2)), (3, (2, 0), (3,)), (2, (1, 1), (3,)), (0, (0, 0), ()), capacities=(2, 1)
)


def test_both_formats_say_the_same_project():
    assert psplib.parse_single_mode(SINGLE_MODE) == BY_HAND
    assert psplib.parse_patterson(PATTERSON) == BY_HAND


def test_the_format_follows_from_the_name_or_else_the_headings(tmp_path):
    named, renamed, patterson = tmp_path / "a.sm", tmp_path / "b.txt", tmp_path / "c.rcp"
    named.write_text(SINGLE_MODE)
    renamed.write_text(SINGLE_MODE)
    patterson.write_text(PATTERSON)

    assert psplib.read(named) == psplib.read(renamed) == psplib.read(patterson) == BY_HAND


@pytest.mark.parametrize(
    ("wrong", "right", "error", "said"),
    [
        ("  2      1     3       2    0", "  2      1     x       2    0", NotANumber, "Line 28 has “x”"),
        ("  2      1     3       2    0", "  2      1    -3       2    0", BelowZero, "of activity 2"),
        ("  2      1     3       2    0", "  2      1     3      -2    0", BelowZero, "demand of activity 2"),
        ("    2    1\n", "    1    1\n", DemandOverCapacity, "Activity 2 needs 2 of resource 1, which has 1"),
        ("    2    1\n", "    0    1\n", DemandOverCapacity, "which has 0: raise the capacity"),
        ("    2    1\n", "    2   -1\n", BelowZero, "capacity of resource 2"),
        ("   3        1          1           4", "   3        1          1   9", NoSuchActivity, "1 to 4"),
        ("   4        1          0", "   4        1          1   2", CycleFound, "in a ring"),
        ("   3        1          1           4", "   3        2          1   4", NotSingleMode, "2 modes"),
        ("nonrenewable              :  0", "nonrenewable              :  1", NotRenewable, "used up"),
        ("sink ):  4", "sink ):  100000", TooManyActivities, "at most 20000"),
        ("sink ):  4", "sink ):  5", FileEndsEarly, "activity 5"),
        ("REQUESTS/DURATIONS:", "WISHES:", PartMissing, "REQUESTS/DURATIONS"),
        ("jobs (incl", "works (incl", PartMissing, "jobs"),
        ("  2      1     3", "  2      1     300000000", HorizonTooLong, "larger units"),
    ],
)
def test_a_broken_file_is_refused_with_what_to_mend(wrong, right, error, said):
    assert SINGLE_MODE.count(wrong) == 1

    with pytest.raises(error, match=said.replace("(", r"\(")):
        psplib.parse_single_mode(SINGLE_MODE.replace(wrong, right))


@pytest.mark.parametrize("kept", range(len(PATTERSON.split())))
def test_a_file_cut_off_anywhere_is_refused(kept):
    cut = " ".join(PATTERSON.split()[:kept])

    with pytest.raises(FileEndsEarly, match="not complete"):
        psplib.parse_patterson(cut)


@pytest.mark.parametrize("text", ["PK\x03\x04", "-1 2", "3 -1", "1e3 2", "²  4", "9" * 30])
def test_what_is_no_project_at_all_is_refused_too(text):
    with pytest.raises(PlanningError):
        psplib.parse_patterson(text)


def test_an_activity_of_no_duration_takes_nothing_whatever_it_asks_for():
    assert an_instance((0, 7, ())).demands == ((7,),)
