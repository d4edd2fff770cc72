"""``python -m scheduler``: what it prints, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.__main__ import main
from tests.scheduler.rcpsp.projects import PATTERSON, SINGLE_MODE

ROOT = Path(__file__).parents[3]


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "by_hand.sm"
    path.write_text(SINGLE_MODE)
    return path


def solved(capsys, *given):
    assert main(["solve", *map(str, given)]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("form", [["--json"], []])
def test_a_project_is_solved_and_its_plan_proved(project, tmp_path, capsys, form):
    told = solved(capsys, project, "--limit", "1", *form)
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(told))

    # Activities of 3 and 2 share resource 1 (2 + 1 > 2): 5 in all.
    assert list(told) == ["makespan", "start", "bound", "status", "seconds", "schedules"]
    assert (told["makespan"], told["bound"], told["status"]) == (5, 5, "optimal")
    assert main(["check", str(project), str(plan)]) == 0
    assert capsys.readouterr().out == "feasible, makespan 5\n"


def test_the_plan_of_one_format_proves_in_the_other(project, tmp_path, capsys):
    plan, patterson = tmp_path / "plan.json", tmp_path / "by_hand.rcp"
    plan.write_text(json.dumps(solved(capsys, project, "--limit", "1", "--seed", "4")))
    patterson.write_text(PATTERSON)

    assert main(["check", str(patterson), str(plan)]) == 0


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("[0, 0, 0, 3]", "at 0 resource 1 is asked for 3 units and has 2"),
        ('{"start": [0, 0, 3, 4], "makespan": 5}', "activity 4 starts at 4, before activity 3 ends at 5"),
        ('{"start": [0, 0, 3, 5], "makespan": 4}', "says it takes 4"),
        ("[0, 0, 3]", "3 starts for 4 activities"),
        ('{"begin": []}', "no list “start”"),
        ("[0, 0, 3.5, 5]", "activity 3 is not a whole number"),
        ("[0, 0, true, 5]", "activity 3 is not a whole number"),
        ('{"start": [0, 0, 3, 5], "makespan": "5"}', "its makespan"),
        ("not JSON", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_plan_that_proves_nothing_ends_in_one_sentence_and_status_1(project, tmp_path, capsys, plan, said):
    path = tmp_path / "plan.json"
    path.write_text(plan)

    assert main(["check", str(project), str(path)]) == 1

    told = capsys.readouterr()
    assert said in told.err
    assert (told.err.count("\n"), told.out) == (1, "")


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["solve", str(tmp_path / "none.sm")]) == 1
    assert "none.sm: No such file" in capsys.readouterr().err


def test_a_folder_is_not_a_file(tmp_path, capsys):
    assert main(["solve", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_project_that_cannot_be_planned_says_why(project, capsys):
    project.write_text(SINGLE_MODE.replace("    2    1\n", "    1    1\n"))

    assert main(["solve", str(project)]) == 1
    assert capsys.readouterr().err == (
        "Activity 2 needs 2 of resource 1, which has 1: raise the capacity or lower the demand.\n"
    )


@pytest.mark.parametrize(
    "given",
    [[], ["plan"], ["solve"], ["solve", "a.sm", "--limit", "0"], ["solve", "a.sm", "--limit", "nan"],
     ["solve", "a.sm", "--seed", "one"], ["check", "a.sm"]],
)  # fmt: skip
def test_wrong_usage_is_status_2(given, capsys):
    with pytest.raises(SystemExit) as left:
        main(given)

    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_module_runs_and_hands_its_status_on(project):
    told = subprocess.run(
        [sys.executable, "-m", "scheduler", "check", str(project), "/dev/null"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "The plan cannot be read: it is not JSON. Give what “solve --json” printed.\n"


def test_every_loop_can_be_compiled_ahead(capsys):
    assert main(["compile"]) == 0
    assert "compiled" in capsys.readouterr().out
