import pytest
from sqlmodel import Session

from overskill.errors import NotAllowed, NotFound
from overskill.models import CreatorProfile, ListingStatus, User, utc_now
from overskill.services.market.creator_page import LISTINGS_PER_PAGE, view_creator
from overskill.services.market.follows import follow, unfollow
from overskill.services.market.listing_page import Gone
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.services.market.test_listing_page import seen_by
from tests.support_queries import counted_queries


def test_following_twice_counts_once(session: Session) -> None:
    creator, user = make_creator(session, username="ada"), make_user(session)

    assert [follow(session, user.id, "ada"), follow(session, user.id, "ada")] == [1, 1]
    assert follow(session, make_user(session).id, "ada") == 2
    assert [unfollow(session, user.id, "ada"), unfollow(session, user.id, "ada")] == [1, 1]
    assert session.get_one(CreatorProfile, creator.id).follower_count == 1


def test_nobody_follows_themselves(session: Session) -> None:
    creator = make_creator(session, username="ada")
    with pytest.raises(NotAllowed):
        follow(session, creator.user_id, "ada")


def test_who_is_suspended_or_not_there_is_not_followed(session: Session) -> None:
    make_creator(session, username="ada").suspended_at = utc_now()
    session.flush()
    for name in ("ada", "nobody"):
        with pytest.raises(NotFound):
            follow(session, make_user(session).id, name)


def test_a_creators_page_is_two_queries_and_shows_what_is_published(session: Session) -> None:
    creator = make_creator(session, username="ada")
    make_listing(session, creator, title="Shown")
    make_listing(session, creator, title="Draft", status=ListingStatus.DRAFT)
    make_listing(session, title="Of somebody else")
    reader = make_user(session)
    follow(session, reader.id, "ada")

    with counted_queries() as sent:
        page = view_creator(session, "Ada", seen_by(reader))

    assert sent.count == 2
    assert [card.title for card in page.listings] == ["Shown"]
    assert (page.follows, page.is_self, page.has_more) == (True, False, False)
    assert page.creator.follower_count == 1


def test_more_listings_come_page_by_page(session: Session) -> None:
    creator = make_creator(session, username="ada")
    for _ in range(LISTINGS_PER_PAGE + 1):
        make_listing(session, creator)

    assert view_creator(session, "ada", None).has_more
    rest = view_creator(session, "ada", None, offset=LISTINGS_PER_PAGE)
    assert (len(rest.listings), rest.has_more) == (1, False)


def test_a_suspended_creator_is_gone_but_for_themselves(session: Session) -> None:
    creator = make_creator(session, username="ada")
    creator.suspended_at = utc_now()
    session.flush()

    with pytest.raises(Gone):
        view_creator(session, "ada", None)
    assert view_creator(session, "ada", seen_by(session.get_one(User, creator.user_id))).is_self


@pytest.mark.parametrize("name", ["", "nobody", "x" * 40, "a\x00", "ä"])
def test_an_unknown_creator_is_not_found(session: Session, name: str) -> None:
    with pytest.raises(NotFound):
        view_creator(session, name, None)
