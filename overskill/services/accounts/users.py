"""People and their teams: signing up, signing in, and what they can change about themselves."""

from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import Membership, Role, Team, User
from overskill.services.accounts.audit import record
from overskill.services.accounts.passwords import hash_password, is_password
from overskill.services.accounts.sessions import Visitor, open_session, revoke_other_sessions
from overskill.services.addresses_in_names import refuse_address
from overskill.services.official_names import refuse_official

LONGEST_NAME = 80


def sign_up(session: Session, *, name: str, email: str, password: str, visitor: Visitor) -> str:
    """Create an account with a team of its own, and sign this browser in. Returns the session's token."""
    refuse_address(name, field="name")
    refuse_official(name, field="name")
    user = create_user(session, name=name, email=clean_email(email), password_hash=hash_password(password))
    return open_session(session, user.id, visitor)


def sign_in(session: Session, *, email: str, password: str, visitor: Visitor) -> str:
    """Returns the session's token. Says the same, equally fast, for an unknown address and a wrong password."""
    user = find_user(session, email)
    if not is_password(password, user.password_hash if user else None) or user is None:
        raise InvalidInput("That email and password do not match. Check both, or reset the password.")
    return open_session(session, user.id, visitor)


def create_user(
    session: Session, *, name: str, email: str, password_hash: str | None = None, is_admin: bool = False
) -> User:
    """A user and the team that will own their apps. Raises Conflict when the address is taken."""
    user = User(
        name=clean_name(name, fallback=email.split("@", maxsplit=1)[0]),
        email=email,
        password_hash=password_hash,
        is_admin=is_admin,
    )
    save_address(session, user, "There is already an account with this email. Sign in instead, or reset its password.")
    team = Team(name=user.name)
    session.add(team)
    session.flush()
    session.add(Membership(team_id=team.id, user_id=user.id, role=Role.OWNER))
    record(session, "user.create", user.id, subject=f"user:{user.id}")
    return user


def change_name(session: Session, user_id: UUID, *, name: str) -> None:
    user = find_account(session, user_id)
    refuse_address(name, field="name")
    if not user.is_admin:
        refuse_official(name, field="name")
    user.name = clean_name(name)
    session.add(user)
    record(session, "user.name", user_id, subject=f"user:{user_id}")


def change_password(session: Session, user_id: UUID, *, current: str, wanted: str, keep_session: UUID) -> None:
    """Set a new password and sign out every other browser."""
    user = find_account(session, user_id)
    confirm_password(user, current)
    set_password(session, user, wanted, keep_session=keep_session)


def confirm_password(user: User, current: str) -> None:
    """Raises InvalidInput. Who signs in by link only has none to confirm."""
    if user.password_hash is not None and not is_password(current, user.password_hash):
        raise InvalidInput("That is not your current password.", field="current")


def set_password(session: Session, user: User, password: str, *, keep_session: UUID | None = None) -> None:
    user.password_hash = hash_password(password)
    session.add(user)
    revoke_other_sessions(session, user.id, keep=keep_session)
    record(session, "user.password", user.id, subject=f"user:{user.id}")


def forget_password(session: Session, user: User) -> None:
    """Sign every browser out, and let nobody in but by a link to the account's address."""
    user.password_hash = None
    session.add(user)
    revoke_other_sessions(session, user.id)
    record(session, "user.password_forgotten", user.id, subject=f"user:{user.id}")


def find_user(session: Session, email: str) -> User | None:
    return session.exec(select(User).where(User.email == email.strip().lower())).first()


def clean_name(name: str, *, fallback: str = "") -> str:
    cleaned = " ".join(name.split()) or fallback
    if not cleaned or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    return cleaned


def clean_email(email: str) -> str:
    """Lower case. Only its form is checked; an instance of one's own may well use an address of its own network."""
    try:
        checked = validate_email(email.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise InvalidInput("That does not look like an email address. Check it for typos.", field="email") from None
    return checked.normalized.lower()


def save_address(session: Session, user: User, taken: str) -> None:
    """Raises Conflict, in the words of `taken`, when somebody else has the address."""
    try:
        with session.begin_nested():
            session.add(user)
            session.flush()
    except IntegrityError as error:
        if "email" not in str(error.orig):
            raise
        raise Conflict(taken, field="email") from None


def find_account(session: Session, user_id: UUID) -> User:
    """Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("This account is not there any more.")
    return user
