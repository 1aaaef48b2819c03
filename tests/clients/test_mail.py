from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from redis import Redis

from overskill.clients.mail import OUTBOX_LENGTH, Message, OutboxMail, SmtpMail, build_mail
from overskill.config import Settings
from overskill.embedded.ports import free_port
from overskill.errors import Unavailable

MAIL = Message(
    to="ada@example.com",
    subject="Reset your password – again",
    paragraphs=("Hello Ada <3,", "choose another password."),
    button="Choose",
    link="http://localhost:3000/reset?token=a&b=1",
    closing="Or do nothing.",
)


class Inbox(MessageHandler):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []

    def handle_message(self, message: object) -> None:
        parsed = message_from_bytes(bytes(message), policy=policy.default)  # type: ignore[call-overload]
        self.mails.append(parsed)


@pytest.fixture
def smtp_server() -> Iterator[tuple[str, Inbox]]:
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}", inbox
    controller.stop()


def test_a_mail_arrives_at_the_server_as_text_and_as_html(smtp_server: tuple[str, Inbox]) -> None:
    url, inbox = smtp_server
    SmtpMail(url, "OverSkill <hello@example.com>").send(MAIL)
    (mail,) = inbox.mails
    assert (mail["From"], mail["To"]) == ("OverSkill <hello@example.com>", "ada@example.com")
    assert mail["Subject"] == MAIL.subject
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert MAIL.link in text.get_content()
    assert "token=a&amp;b=1" in html.get_content()


@pytest.mark.parametrize(
    ("ends_at", "one_click"),
    [
        ("https://site.example/mails/end?token=abc", "List-Unsubscribe=One-Click"),
        ("http://localhost:3000/mails/end?token=abc", None),
    ],
)
def test_mails_that_can_be_ended_say_where_to_programs_and_to_people(
    smtp_server: tuple[str, Inbox], ends_at: str, one_click: str | None
) -> None:
    """RFC 8058 is for https alone."""
    url, inbox = smtp_server
    SmtpMail(url, "OverSkill <hello@example.com>").send(replace(MAIL, ends_at=ends_at))
    (mail,) = inbox.mails
    assert mail["List-Unsubscribe"] == f"<{ends_at}>"
    assert mail["List-Unsubscribe-Post"] == one_click
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert "Switch these mails off" in body.get_content()
        assert ends_at in body.get_content()


def test_mails_that_have_to_be_sent_can_not_be_ended(smtp_server: tuple[str, Inbox]) -> None:
    url, inbox = smtp_server
    SmtpMail(url, "OverSkill <hello@example.com>").send(MAIL)
    assert "List-Unsubscribe" not in inbox.mails[0]
    assert "List-Unsubscribe-Post" not in inbox.mails[0]
    assert "Switch these mails off" not in MAIL.text + MAIL.html


def test_what_stands_in_a_mail_is_no_html() -> None:
    assert "<3" not in MAIL.html
    assert "&lt;3" in MAIL.html


def test_a_server_that_is_not_there_is_a_failure_that_says_what_to_do() -> None:
    with pytest.raises(Unavailable, match="SMTP_URL"):
        SmtpMail(f"smtp://127.0.0.1:{free_port()}", "hello@example.com").send(MAIL)


def test_the_outbox_keeps_the_last_mails_newest_first(redis: Redis) -> None:
    outbox = OutboxMail(redis)
    for number in range(OUTBOX_LENGTH + 3):
        outbox.send(Message("a@example.com", f"Mail {number}", (), "Go", "http://localhost/"))
    sent = outbox.sent()
    assert len(sent) == OUTBOX_LENGTH
    assert sent[0].message.subject == f"Mail {OUTBOX_LENGTH + 2}"


def test_the_outbox_gives_back_what_was_sent(redis: Redis) -> None:
    outbox = OutboxMail(redis)
    outbox.send(MAIL)
    assert outbox.sent()[0].message == MAIL


def test_mail_is_sent_where_a_server_is_set_and_kept_otherwise(redis: Redis, settings: Settings) -> None:
    assert isinstance(build_mail(settings, redis), OutboxMail)
    configured = Settings(SMTP_URL="smtp://mail.example.com")  # type: ignore[call-arg]
    assert isinstance(build_mail(configured, redis), SmtpMail)
