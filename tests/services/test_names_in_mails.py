"""Whoever is called like a web address: no mail from this site carries it as one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from overskill.clients.mail import FakeMail
from overskill.config import Settings
from overskill.models import Invitation, LicenseTransfer, Role, Team, User, utc_now
from overskill.services.accounts.email_change import send_email_notice
from overskill.services.accounts.invitations import send_invitation
from overskill.services.accounts.reset import send_password_reset
from overskill.services.apps import own_team
from overskill.services.billing.receipts_mail import send_receipt
from overskill.services.market.follows import follow
from overskill.services.market.library_mails import send_library_mail, send_transfer
from overskill.services.market.news import send_news
from tests.factories import make_user
from tests.market_rows import make_creator, make_license, make_listing, make_offer, make_purchase
from tests.services.billing.sales import make_sale

NAME = "Win https://evil.example now"
SITE = "https://site.test"


def invitation(session: Session, eve: User, mail: FakeMail) -> None:
    team_id = own_team(session, eve.id)
    session.get_one(Team, team_id).name = NAME
    row = Invitation(
        team_id=team_id, inviter_id=eve.id, email="a@b.c", role=Role.EDITOR, token_hash="x", expires_at=utc_now()
    )
    session.add(row)
    session.flush()
    send_invitation(session, row.id, "token", site_url=SITE, mail=mail)


def reset(session: Session, eve: User, mail: FakeMail) -> None:
    """An address is asked for no proof: it may be somebody else's who reads this."""
    send_password_reset(session, eve.email, site_url=SITE, mail=mail)


def email_notice(session: Session, eve: User, mail: FakeMail) -> None:
    send_email_notice(session, eve.id, "somebody@site.test", site_url=SITE, mail=mail)


def handed_on(session: Session, eve: User, mail: FakeMail) -> LicenseTransfer:
    offer = make_offer(session, make_listing(session, title=NAME), amount=900)
    license_ = make_license(session, eve, make_purchase(session, eve, offer)[1])
    row = LicenseTransfer(
        license_id=license_.id, from_id=eve.id, email="a@b.c", token_hash="x", expires_at=utc_now() + timedelta(days=1)
    )
    session.add(row)
    session.flush()
    send_transfer(session, row.id, "token", site_url=SITE, mail=mail)
    return row


def taken_over(session: Session, eve: User, mail: FakeMail) -> None:
    giver = make_user(session)
    offer = make_offer(session, make_listing(session), amount=900)
    license_ = make_license(session, giver, make_purchase(session, giver, offer)[1])
    row = LicenseTransfer(
        license_id=license_.id,
        from_id=giver.id,
        email="a@b.c",
        token_hash="x",
        expires_at=utc_now(),
        accepted_by_id=eve.id,
    )
    session.add(row)
    session.flush()
    send_library_mail(session, "transferred", row.id, site_url=SITE, mail=mail)


def receipt(session: Session, eve: User, mail: FakeMail) -> None:
    listing = make_listing(session, make_creator(session, eve))
    send_receipt(session, make_sale(session, listing=listing, buyer=eve).id, site_url=SITE, mail=mail)


def news(session: Session, eve: User, mail: FakeMail) -> None:
    creator, reader = make_creator(session, eve), make_user(session)
    follow(session, reader.id, creator.username)
    session.flush()
    make_listing(session, creator)
    send_news(session, reader.id, settings=Settings(OVERSKILL_PUBLIC_URL=SITE), mail=mail, now=utc_now())


MAILS: list[Callable[[Session, User, FakeMail], object]] = [
    invitation,
    reset,
    email_notice,
    handed_on,
    taken_over,
    receipt,
    news,
]


@pytest.mark.parametrize("write", MAILS)
def test_a_name_is_no_link_in_a_mail(session: Session, write: Callable[[Session, User, FakeMail], object]) -> None:
    mail = FakeMail()
    write(session, make_user(session, name=NAME, email="eve@site.test"), mail)
    session.flush()
    for send in session.info.pop("after_commit", []):
        send()
    [message] = mail.messages
    for part in (message.subject, message.text, message.html):
        assert "evil.example" not in part
        assert "https://evil" not in part
    assert "evil. example" in message.text
