"""Which passwords are good enough, and one-time passwords that can be read out on the telephone."""

from __future__ import annotations

import itertools
import re
import secrets

from concierge.kernel.errors import N_, Invalid

SHORTEST = 10
LONGEST = 128  # hashing a longer one costs us more than it protects
FEWEST_DIFFERENT = 5
SHORTEST_NAME = 3  # a shorter login name is in every other word
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
COMMON = """
    password passw0rd p@ssword p@ssw0rd pass123 qwerty qwertyuiop qwert asdfgh asdfghjkl zxcvbnm
    1qaz2wsx 1q2w3e4r 1q2w3e4r5t qazwsx qazwsxedc admin administrator root welcome letmein changeme
    iloveyou woaini woaini1314 5201314 wodemima mima mima1234 abc123 abcd1234 a123456 a123456789
    aa123456 123456 1234567890 0123456789 9876543210 147258369 123321 112233 123123123 888888 666666
    concierge bangdaiban daiban zhengwu zhengfu shenpi xiangmu guanliyuan dragon monkey football
    baseball superman sunshine princess test guest user china zhongguo beijing
"""


class PasswordTooShort(Invalid):
    """Fewer than ten characters, or more than anybody types."""

    message = N_("A password has between %(least)s and %(most)s characters.")


class PasswordNamesAccount(Invalid):
    """The login name is in it."""

    message = N_("A password may not contain your user name.")


class PasswordCommon(Invalid):
    """Among the first an attacker tries."""

    message = N_(
        "This password is among the first that are tried. "
        "Take several words that only you would put together."
    )


class PasswordUsedNow(Invalid):
    """The new one is the old one."""

    message = N_("This is the password you have now. Take another one.")


def check(password: str, username: str) -> None:
    """Refuse a password that is easy to guess.

    Raises: PasswordTooShort, PasswordNamesAccount, PasswordCommon.
    Source: GB/T 22239-2019 8.1.4.1 a), identities are hard to impersonate and credentials complex.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordTooShort(field="password", least=SHORTEST, most=LONGEST)
    plain, name = password.casefold(), username.casefold()
    if len(name) >= SHORTEST_NAME and (name in plain or name[::-1] in plain):
        raise PasswordNamesAccount(field="password")
    if is_common(plain):
        raise PasswordCommon(field="password")


def is_common(plain: str) -> bool:
    """Whether a password is a common one, with or without digits and signs around it, or hardly varies."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    is_run = all(abs(ord(b) - ord(a)) <= 1 for a, b in itertools.pairwise(plain))
    is_one_sided = is_run or len(set(plain)) < FEWEST_DIFFERENT or (not core and is_dull(plain))
    return bool({plain, core} & set(COMMON.split())) or is_one_sided


def is_dull(plain: str) -> bool:
    """Whether a password without any letter is a date or a telephone number."""
    return len(re.sub(r"\D", "", plain)) >= len(plain) - 2


def one_time() -> str:
    """A random password for the first login: twelve characters in three groups, 59 bits."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join(drawn[at : at + 4] for at in range(0, 12, 4))
