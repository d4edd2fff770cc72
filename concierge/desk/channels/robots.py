"""Robots of an office's chat group: DingTalk, WeCom, Feishu. The robot posts, and mentions who is meant.

Each is an address with a key in it, told to us by whoever set the robot up. DingTalk and Feishu sign each
message with the time and a secret; WeCom knows no signature: its address alone is the key. Everybody in the
group reads what is posted, so no message of ours to a group names an enterprise or a private person.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from concierge.desk.channels.outgoing import NotTaken, Outgoing
from concierge.desk.channels.web_post import ask_json, told
from concierge.kernel import clock


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _content(message: Outgoing) -> str:
    return f"{message.subject}\n{message.text}"


@dataclass(frozen=True, kw_only=True)
class DingTalk:
    """The DingTalk robot of the office's group. Source: S74."""

    address: str = field(repr=False)
    secret: str = field(default="", repr=False)

    def send(self, message: Outgoing) -> str:
        """Post one message and mention the mobile number it is for.

        Raises: NotTaken, with the number and words the robot answers.
        """
        facts = {
            "msgtype": "text",
            "text": {"content": f"{_content(message)}\n@{message.to}"},
            "at": {"atMobiles": [message.to], "isAtAll": False},
        }
        answer = ask_json(self._signed(), facts)
        if answer.get("errcode") != 0:
            raise NotTaken(why=f"{answer.get('errcode')} {told(answer.get('errmsg', ''))}")
        return ""

    def _signed(self) -> str:
        if not self.secret:
            return self.address
        at_ms = int(clock.moment().timestamp() * 1000)
        sign = quote_plus(_signature(self.secret, f"{at_ms}\n{self.secret}"))
        joint = "&" if "?" in self.address else "?"
        return f"{self.address}{joint}timestamp={at_ms}&sign={sign}"


@dataclass(frozen=True, kw_only=True)
class WeCom:
    """The WeCom robot of the office's group. Source: S75."""

    address: str = field(repr=False)

    def send(self, message: Outgoing) -> str:
        """Post one message and mention the mobile number it is for.

        Raises: NotTaken, with the number and words the robot answers.
        """
        text = {"content": _content(message), "mentioned_mobile_list": [message.to]}
        answer = ask_json(self.address, {"msgtype": "text", "text": text})
        if answer.get("errcode") != 0:
            raise NotTaken(why=f"{answer.get('errcode')} {told(answer.get('errmsg', ''))}")
        return ""


@dataclass(frozen=True, kw_only=True)
class Feishu:
    """The Feishu robot of the office's group. Source: S76."""

    address: str = field(repr=False)
    secret: str = field(default="", repr=False)

    def send(self, message: Outgoing) -> str:
        """Post one message and mention the open_id it is for.

        Raises: NotTaken, with the number and words the robot answers.
        """
        content = _content(message).replace("<", "＜")  # a tag in a text of ours would mention somebody
        text = f'{content}\n<at user_id="{message.to}"></at>'
        facts: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
        if self.secret:
            at = str(int(clock.moment().timestamp()))
            facts |= {"timestamp": at, "sign": _signature(f"{at}\n{self.secret}", "")}
        answer = ask_json(self.address, facts)
        if answer.get("code", answer.get("StatusCode")) != 0:
            raise NotTaken(why=f"{answer.get('code')} {told(answer.get('msg', ''))}")
        return ""
