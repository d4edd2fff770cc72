"""Which passwords are good enough."""

import pytest

from concierge.kernel.security import passwords


@pytest.mark.parametrize(
    "password",
    ["green-wheat-horse", "一条大河波浪宽风吹稻", "Tr0ub4dor&3xyz", "correct horse battery", "mK3#vv91Lq.0"],
)
def test_several_words_or_a_random_string_will_do(password: str) -> None:
    passwords.check(password, "wang.li")


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("123456789", passwords.PasswordTooShort),
        ("x" * 129, passwords.PasswordTooShort),
        ("1234567890", passwords.PasswordCommon),
        ("19850412", passwords.PasswordTooShort),
        ("1985-04-1213", passwords.PasswordCommon),
        ("13812345678", passwords.PasswordCommon),
        ("password2026!", passwords.PasswordCommon),
        ("Admin123456", passwords.PasswordCommon),
        ("woaini1314!!", passwords.PasswordCommon),
        ("abcdefghijkl", passwords.PasswordCommon),
        ("aaaaaaaaaaaa", passwords.PasswordCommon),
        ("abababababab", passwords.PasswordCommon),
        ("x-Wang.Li-2026", passwords.PasswordNamesAccount),
        ("2026-il.gnaw-x", passwords.PasswordNamesAccount),
    ],
)
def test_what_is_tried_first_is_refused(password: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        passwords.check(password, "wang.li")


def test_one_time_passwords_differ_and_pass_the_rules() -> None:
    drawn = {passwords.one_time() for _ in range(50)}

    assert len(drawn) == 50
    for password in drawn:
        passwords.check(password, "wang.li")
