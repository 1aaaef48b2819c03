"""Another email for an account: confirmed with the password, and told to the address before."""

from uuid import UUID

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.errors import InvalidInput
from overskill.models import TokenPurpose, User
from overskill.services.accounts.audit import record
from overskill.services.accounts.links import cancel_links
from overskill.services.accounts.owner import OWNER_EMAIL
from overskill.services.accounts.users import clean_email, confirm_password, find_account, save_address
from overskill.services.addresses_in_names import unlinked

NOTICE_JOB = "overskill.jobs.mail.send_email_notice"


def change_email(session: Session, user_id: UUID, *, email: str, current: str, queue: JobQueue) -> None:
    """Who signs in by link only has no password to confirm. A link that was sent to the old address stops working."""
    user = find_account(session, user_id)
    confirm_password(user, current)
    before, wanted = user.email, clean_email(email)
    if wanted == before:
        raise InvalidInput("That is your email already. Type another one to change it.", field="email")
    user.email = wanted
    save_address(session, user, "Another account has this email.")
    cancel_links(session, user.id, TokenPurpose.PASSWORD_RESET)
    record(session, "user.email", user.id, subject=f"user:{user.id}")
    if before != OWNER_EMAIL:
        after_commit(session, lambda: queue.enqueue(NOTICE_JOB, str(user_id), before))


def send_email_notice(session: Session, user_id: UUID, before: str, *, site_url: str, mail: Mail) -> None:
    """Tell the old address, in case it was somebody else who knows the password."""
    user = session.get(User, user_id)
    if user is None:
        return
    message = Message(
        to=before,
        subject="The email of your OverSkill account was changed",
        paragraphs=(
            f"Hello {unlinked(user.name)},",
            f"the email of your OverSkill account is {user.email} now.",
            "You sign in with that address, and links to reset your password go there. If it was you, all is well.",
        ),
        button="See your settings",
        link=f"{site_url}/settings",
        closing=f"If it was not you, somebody knows your password. Tell whoever runs {site_url} at once.",
    )
    after_commit(session, lambda: mail.send(message))
