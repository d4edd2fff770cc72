"""The tests themselves: they stay on this machine and do not wait for time to pass."""

import re
import socket

import pytest

from tests.fixtures_offline import LeavesTheMachine
from tests.house.tree import ROOT

WAITS_FOR_A_SERVER = {"tests/services/server.py"}


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "concierge.example.org"])
def test_no_test_can_leave_the_machine(host):
    with pytest.raises(LeavesTheMachine, match=re.escape(host)):
        socket.create_connection((host, 9), timeout=0.1)


def test_no_test_sleeps():
    sleepers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(r"^[^#\"']*\bsleep\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert sleepers <= WAITS_FOR_A_SERVER


def test_no_test_looks_at_a_page_once():
    """A page asked in the moment after a click may be half there: `expect` waits, these do not."""
    impatient = re.compile(
        r"assert .*(\.is_visible\(\)|\.is_hidden\(\)|\bin page\.(content|inner_text)\(|\.count\(\) [=!]=)"
    )
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in (ROOT / "tests").rglob("*browser*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if impatient.search(line)
    ]

    assert found == []
