from collections.abc import Iterator
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
