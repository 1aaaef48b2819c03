"""A forgotten password: a link by mail, and the new password it allows."""

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.models import TokenPurpose
from overskill.services.accounts.audit import record
from overskill.services.accounts.links import issue_link, use_link
from overskill.services.accounts.sessions import Visitor, open_session
from overskill.services.accounts.users import clean_email, find_user, set_password
from overskill.services.addresses_in_names import unlinked

RESET_JOB = "overskill.jobs.mail.send_password_reset"


def request_password_reset(session: Session, *, email: str, queue: JobQueue) -> None:
    """Queue the mail. Whether the address has an account is found out later, so that nobody can tell from here."""
    address = clean_email(email)
    after_commit(session, lambda: queue.enqueue(RESET_JOB, address))


def send_password_reset(session: Session, email: str, *, site_url: str, mail: Mail) -> None:
    """Send the link if there is such an account; otherwise nothing."""
    user = find_user(session, email)
    if user is None:
        return
    token = issue_link(session, user.id, TokenPurpose.PASSWORD_RESET)
    record(session, "user.reset_requested", user.id, subject=f"user:{user.id}")
    message = Message(
        to=user.email,
        subject="Reset your OverSkill password",
        paragraphs=(
            f"Hello {unlinked(user.name)},",
            "somebody, hopefully you, asked to reset the password of your OverSkill account.",
            "The link below works once, for one hour.",
        ),
        button="Choose another password",
        link=f"{site_url}/reset?token={token}",
        closing="If it was not you, do nothing: your password stays as it is.",
    )
    after_commit(session, lambda: mail.send(message))


def reset_password(session: Session, *, token: str, password: str, visitor: Visitor) -> str:
    """Set the password, sign every browser out and this one in. Returns the session's token."""
    user = use_link(session, token, TokenPurpose.PASSWORD_RESET)
    set_password(session, user, password)
    return open_session(session, user.id, visitor)
