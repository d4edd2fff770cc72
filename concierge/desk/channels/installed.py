"""The channels this system is set up for: what its settings name, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concierge.desk.channels.mail import Mail
from concierge.desk.channels.outgoing import Sender
from concierge.desk.channels.robots import DingTalk, Feishu, WeCom
from concierge.desk.channels.sms import AliyunSms
from concierge.desk.rules.channels import Channel, MessageKind
from concierge.kernel.config import Settings

NEEDED: Mapping[Channel, str] = {
    Channel.MAIL: "CONCIERGE_SMTP_HOST",
    Channel.SMS: "CONCIERGE_SMS_ACCESS_KEY",
    Channel.DINGTALK: "CONCIERGE_DINGTALK_WEBHOOK",
    Channel.WECOM: "CONCIERGE_WECOM_WEBHOOK",
    Channel.FEISHU: "CONCIERGE_FEISHU_WEBHOOK",
}
"""The setting that opens each channel."""


def installed(settings: Settings) -> dict[Channel, Sender]:
    """The channels that can send."""
    return {channel: _SENDERS[channel](settings) for channel in open_channels(settings)}


def open_channels(settings: Settings) -> tuple[Channel, ...]:
    """The channels that are set up."""
    given = {
        Channel.MAIL: settings.smtp_host,
        Channel.SMS: settings.sms_access_key,
        Channel.DINGTALK: settings.dingtalk_webhook_url,
        Channel.WECOM: settings.wecom_webhook_url,
        Channel.FEISHU: settings.feishu_webhook_url,
    }
    return tuple(channel for channel in Channel if given[channel])


def _mail(settings: Settings) -> Sender:
    return Mail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.mail_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )


def _sms(settings: Settings) -> Sender:
    notices = settings.sms_notice_template
    return AliyunSms(
        endpoint=settings.sms_endpoint,
        access_key=settings.sms_access_key,
        access_secret=settings.sms_access_secret,
        sign=settings.sms_sign,
        templates={
            MessageKind.PROMPT: notices,
            MessageKind.DIGEST: notices,
            MessageKind.CODE: settings.sms_code_template,
            MessageKind.SUBSTITUTION: settings.sms_substitution_template,
            MessageKind.SIGNING: settings.sms_code_template,
            MessageKind.MILESTONE: settings.sms_milestone_template,
            MessageKind.LINK: settings.sms_link_template,
            MessageKind.RATING: settings.sms_rating_template,
            MessageKind.ANSWER: settings.sms_answer_template,
            MessageKind.PACKAGE: settings.sms_package_template,
        },
    )


_SENDERS: Mapping[Channel, Callable[[Settings], Sender]] = {
    Channel.MAIL: _mail,
    Channel.SMS: _sms,
    Channel.DINGTALK: lambda settings: DingTalk(
        address=settings.dingtalk_webhook_url, secret=settings.dingtalk_secret
    ),
    Channel.WECOM: lambda settings: WeCom(address=settings.wecom_webhook_url),
    Channel.FEISHU: lambda settings: Feishu(
        address=settings.feishu_webhook_url, secret=settings.feishu_secret
    ),
}
