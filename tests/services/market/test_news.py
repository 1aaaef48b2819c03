"""What creators that somebody follows published: shown, marked as unseen, and mailed once a day."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from overskill.clients.mail import FakeMail, Message
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import NotAllowed
from overskill.models import CopyUpdate, CreatorProfile, Listing, ListingStatus, Release, User, utc_now
from overskill.services.accounts.sessions import Visitor, open_session
from overskill.services.market.follows import follow, unfollow
from overskill.services.market.mail_endings import MailKind, ending_link
from overskill.services.market.news import (
    MAIL_EVERY,
    choose_mails,
    due_readers,
    end_mails,
    find_reader,
    mark_seen,
    send_news,
    view_news,
)
from overskill.services.market.updates import offer, tell_of_update
from tests.factories import make_app, make_user
from tests.market_rows import (
    make_creator,
    make_install,
    make_license,
    make_listing,
    make_offer,
    make_purchase,
    make_release,
)
from tests.support_queries import counted_queries

SITE = "https://site.example"
SETTINGS = Settings(OVERSKILL_PUBLIC_URL=SITE, OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def ada(session: Session) -> CreatorProfile:
    return make_creator(session, make_user(session, name="Ada"), username="ada")


@pytest.fixture
def reader(session: Session, ada: CreatorProfile) -> User:
    """Follows Ada."""
    reader = make_user(session)
    follow(session, reader.id, ada.username)
    session.flush()
    return reader


def publish(session: Session, creator: CreatorProfile, title: str = "Habits") -> Listing:
    """As publishing does it: the listing and its first release are of the same moment."""
    listing = make_listing(session, creator, title=title)
    session.get_one(Release, listing.release_id).released_at = listing.published_at
    session.flush()
    return listing


def release(session: Session, listing: Listing, number: int, notes: str = "") -> Release:
    made = make_release(session, listing, version=1, number=number)
    made.notes = notes
    session.flush()
    return made


def mails_of(session: Session, reader: User, *, now: datetime | None = None) -> list[Message]:
    mail = FakeMail()
    send_news(session, reader.id, settings=SETTINGS, mail=mail, now=now or utc_now())
    commit(session)
    return mail.messages


def has_news(session: Session, reader: User) -> bool:
    """In a browser of theirs."""
    token = open_session(session, reader.id, Visitor())
    session.flush()
    with counted_queries() as sent:
        user, is_there = find_reader(session, token)
    assert sent.count == 1
    assert user is not None
    assert user.id == reader.id
    return is_there


def commit(session: Session) -> None:
    """As far as what waits for it can tell."""
    session.flush()
    for action in session.info.pop("after_commit", []):
        action()


def mailed(session: Session, reader: User, *, now: datetime | None = None) -> list[str]:
    """The subjects that this person is sent."""
    return [message.subject for message in mails_of(session, reader, now=now)]


def test_who_follows_sees_what_was_published_since_the_newest_first(
    session: Session, ada: CreatorProfile, reader: User
) -> None:
    listing = publish(session, ada)
    release(session, listing, 2, "**Streaks** for weeks.")
    publish(session, make_creator(session), "Of somebody else")

    with counted_queries() as sent:
        page = view_news(session, reader.id)

    assert sent.count == 3
    assert [(one.title, one.release, one.is_first, one.notes) for one in page.news] == [
        ("Habits", 2, False, "Streaks for weeks."),
        ("Habits", 1, True, ""),
    ]
    assert page.following == 1


def test_what_was_there_before_somebody_followed_is_no_news(session: Session, ada: CreatorProfile) -> None:
    publish(session, ada)
    session.flush()
    late = make_user(session)
    follow(session, late.id, ada.username)

    assert view_news(session, late.id).news == ()


def test_what_is_no_longer_shown_is_no_news(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada).status = ListingStatus.SUSPENDED
    session.flush()

    assert view_news(session, reader.id).news == ()
    assert not has_news(session, reader)


def test_there_is_something_unseen_until_it_was_looked_at(session: Session, ada: CreatorProfile, reader: User) -> None:
    assert not has_news(session, reader)
    listing = publish(session, ada)
    assert has_news(session, reader)
    assert not has_news(session, make_user(session))
    assert find_reader(session, "") == (None, False)

    mark_seen(session, reader.id)
    assert not has_news(session, reader)

    release(session, listing, 2)
    assert has_news(session, reader)
    assert [one.is_unseen for one in view_news(session, reader.id).news] == [True, False]


def test_a_mail_says_all_that_came_and_the_next_one_waits_for_a_day(
    session: Session, ada: CreatorProfile, reader: User
) -> None:
    habits = publish(session, ada)
    publish(session, ada, "Plants")
    assert due_readers(session, now=utc_now()) == [reader.id]

    assert mailed(session, reader) == ["Ada published Plants, and 1 more"]
    assert mailed(session, reader) == []

    release(session, habits, 2)
    assert due_readers(session, now=utc_now()) == []
    assert mailed(session, reader) == []

    tomorrow = utc_now() + MAIL_EVERY + timedelta(minutes=1)
    assert due_readers(session, now=tomorrow) == [reader.id]
    assert mailed(session, reader, now=tomorrow) == ["Ada made release 2 of Habits"]


def test_a_mail_leads_to_the_news_and_says_how_to_end_it(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada)
    [message] = mails_of(session, reader)
    assert (message.to, message.link) == (reader.email, f"{SITE}/news")
    assert "Habits by Ada: Streaks that stick" in message.paragraphs
    assert "switched off" in message.closing


def test_what_was_seen_already_is_not_mailed(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada)
    mark_seen(session, reader.id)

    assert due_readers(session, now=utc_now()) == []
    assert mailed(session, reader) == []


def test_who_switched_it_off_gets_no_mail(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada)
    choose_mails(session, reader.id, news=False, updates=True)

    assert due_readers(session, now=utc_now()) == []
    assert mailed(session, reader) == []
    page = view_news(session, reader.id)
    assert (len(page.news), page.mails_news, page.mails_updates) == (1, False, True)


def test_an_update_of_ones_own_copy_is_not_mailed_twice(session: Session, ada: CreatorProfile, reader: User) -> None:
    listing = publish(session, ada)
    _, item = make_purchase(session, reader, make_offer(session, listing))
    make_install(session, reader, make_license(session, reader, item), make_app(session, reader, versions=1))
    release(session, listing, 2)

    assert due_readers(session, now=utc_now()) == []
    assert mailed(session, reader) == []


def test_a_mail_tells_of_an_update_of_a_copy_unless_its_owner_wants_none(
    session: Session, ada: CreatorProfile, services: Container
) -> None:
    listing, buyer, mail = publish(session, ada), make_user(session), FakeMail()
    _, item = make_purchase(session, buyer, make_offer(session, listing))
    make_install(session, buyer, make_license(session, buyer, item), make_app(session, buyer, versions=1))
    offer(session, release(session, listing, 2), queue=services.queue)
    update_id = session.exec(select(CopyUpdate.id)).one()

    tell_of_update(session, update_id, settings=SETTINGS, mail=mail)
    choose_mails(session, buyer.id, news=True, updates=False)
    tell_of_update(session, update_id, settings=SETTINGS, mail=mail)
    commit(session)

    [message] = mail.messages
    assert (message.to, "switched off" in message.closing) == (buyer.email, True)
    end_mails(session, message.ends_at.partition("?token=")[2], settings=SETTINGS)
    assert (view_news(session, buyer.id).mails_news, view_news(session, buyer.id).mails_updates) == (True, False)


def test_a_mail_s_link_ends_the_mails_of_its_kind_alone(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada)
    [message] = mails_of(session, reader)
    assert message.ends_at.startswith(f"{SITE}/mails/end?token=")
    assert message.ends_at in message.text
    token = message.ends_at.partition("?token=")[2]
    for _ in range(2):
        assert end_mails(session, token, settings=SETTINGS) is MailKind.NEWS
    page = view_news(session, reader.id)
    assert (page.mails_news, page.mails_updates) == (False, True)
    publish(session, ada, "Another")
    assert mailed(session, reader, now=utc_now() + timedelta(days=2)) == []


def test_a_link_that_was_changed_ends_nothing(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada)
    [message] = mails_of(session, reader)
    token = message.ends_at.partition("?token=")[2]
    other = ending_link(make_user(session).id, MailKind.NEWS, Settings(OVERSKILL_SECRET_KEY="t" * 40))
    for forged in ("", "x", token[:-2], token[4:], "A" + token[1:], other.partition("?token=")[2], "\u00e4" * 40):
        with pytest.raises(NotAllowed, match="not whole"):
            end_mails(session, forged, settings=SETTINGS)
    assert view_news(session, reader.id).mails_news


def test_who_left_ends_nothing_and_hears_no_error(session: Session) -> None:
    link = ending_link(uuid4(), MailKind.NEWS, SETTINGS)
    assert end_mails(session, link.partition("?token=")[2], settings=SETTINGS) is MailKind.NEWS
    assert ending_link(uuid4(), MailKind.NEWS, Settings(OVERSKILL_SECRET_KEY="")) == ""


def test_who_follows_no_longer_or_is_suspended_gets_no_mail(
    session: Session, ada: CreatorProfile, reader: User
) -> None:
    publish(session, ada)
    suspended = make_user(session)
    follow(session, suspended.id, ada.username)
    release(session, publish(session, ada, "Plants"), 2)
    suspended.suspended_at = utc_now()
    unfollow(session, reader.id, ada.username)
    session.flush()

    assert due_readers(session, now=utc_now()) == []


def test_samples_get_no_mail(session: Session, ada: CreatorProfile, reader: User) -> None:
    publish(session, ada)
    reader.email = "reader@sample.invalid"
    session.flush()

    assert due_readers(session, now=utc_now()) == []


def test_the_last_choice_counts(session: Session, reader: User) -> None:
    choose_mails(session, reader.id, news=False, updates=False)
    choose_mails(session, reader.id, news=True, updates=False)

    page = view_news(session, reader.id)
    assert (page.mails_news, page.mails_updates) == (True, False)
