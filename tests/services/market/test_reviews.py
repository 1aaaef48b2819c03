import pytest
from sqlmodel import Session

from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import CreatorProfile, LicenseStatus, Listing, ListingStatus, Review, User
from overskill.services.market.reviews import (
    REVIEWS_PER_PAGE,
    delete_review,
    hide_review,
    public_name,
    read_reviews,
    reply,
    show_review,
    vote,
    write_review,
)
from tests.factories import make_user
from tests.market_rows import make_license, make_listing, make_offer, make_purchase
from tests.support_queries import counted_queries


def buyer_of(session: Session, listing: Listing, *, name: str = "Ada Lovelace") -> User:
    offers = [offer for offer in session.info.setdefault("offers", []) if offer.listing_id == listing.id]
    if not offers:
        session.info["offers"].append(make_offer(session, listing))
    offer = next(offer for offer in session.info["offers"] if offer.listing_id == listing.id)
    buyer = make_user(session, name=name)
    make_license(session, buyer, make_purchase(session, buyer, offer)[1])
    return buyer


def say(session: Session, user: User, listing: Listing, rating: int = 5, text: str = "It works.") -> Review:
    return write_review(session, user.id, listing.slug, rating=rating, title=" Good ", text=text)


def sums(session: Session, listing: Listing) -> list[tuple[int, int]]:
    """Of the listing and its creator."""
    session.flush()
    rows = (session.get_one(Listing, listing.id), session.get_one(CreatorProfile, listing.creator_id))
    for row in rows:
        session.refresh(row)
    return [(row.rating_sum, row.rating_count) for row in rows]


def test_a_buyer_says_how_it_is_and_it_counts(session: Session) -> None:
    listing = make_listing(session)
    review = say(session, buyer_of(session, listing), listing, 4)

    assert (review.title, review.rating, review.release_number) == ("Good", 4, 1)
    assert sums(session, listing) == [(4, 1), (4, 1)]


def test_saying_it_anew_changes_the_one_review(session: Session) -> None:
    listing = make_listing(session)
    buyer = buyer_of(session, listing)
    first, second = say(session, buyer, listing, 2), say(session, buyer, listing, 5, "Better now.")

    assert first.id == second.id
    assert second.text == "Better now."
    assert sums(session, listing) == [(5, 1), (5, 1)]


def test_a_review_that_is_deleted_counts_no_more(session: Session) -> None:
    listing = make_listing(session)
    buyer, other = buyer_of(session, listing), buyer_of(session, listing)
    say(session, buyer, listing, 1)
    say(session, other, listing, 4)

    delete_review(session, buyer.id, listing.slug)

    assert sums(session, listing) == [(4, 1), (4, 1)]
    with pytest.raises(NotFound):
        delete_review(session, buyer.id, listing.slug)


def test_nobody_reviews_what_they_do_not_have(session: Session) -> None:
    listing = make_listing(session)
    with pytest.raises(NotAllowed):
        say(session, make_user(session), listing)


def test_a_licence_that_was_taken_back_reviews_nothing(session: Session) -> None:
    listing, user = make_listing(session), make_user(session)
    license_ = make_license(session, user, make_purchase(session, user, make_offer(session, listing))[1])
    license_.status = LicenseStatus.REVOKED
    session.flush()

    with pytest.raises(NotAllowed):
        say(session, user, listing)


def test_nobody_reviews_what_they_made(session: Session) -> None:
    listing = make_listing(session)
    creator = session.get_one(User, session.get_one(CreatorProfile, listing.creator_id).user_id)
    make_license(session, creator, make_purchase(session, creator, make_offer(session, listing))[1])

    with pytest.raises(NotAllowed):
        say(session, creator, listing)


def test_what_is_suspended_is_not_reviewed(session: Session) -> None:
    listing = make_listing(session, status=ListingStatus.SUSPENDED)
    with pytest.raises(NotFound):
        say(session, buyer_of(session, listing), listing)


@pytest.mark.parametrize(("rating", "text"), [(0, ""), (6, ""), (5, "x" * 4001)])
def test_what_is_no_review_is_refused(session: Session, rating: int, text: str) -> None:
    listing = make_listing(session)
    with pytest.raises(InvalidInput):
        say(session, buyer_of(session, listing), listing, rating, text)


def test_the_creator_answers_once_and_can_change_it(session: Session) -> None:
    listing = make_listing(session)
    creator_id = session.get_one(CreatorProfile, listing.creator_id).user_id
    review = say(session, buyer_of(session, listing), listing)

    assert reply(session, creator_id, review.id, " Thank you. ").reply == "Thank you."
    assert reply(session, creator_id, review.id, "Fixed.").reply == "Fixed."
    assert reply(session, creator_id, review.id, "").replied_at is None


def test_nobody_else_answers_a_review(session: Session) -> None:
    listing, others = make_listing(session), make_listing(session)
    review = say(session, buyer_of(session, listing), listing)

    for stranger in (review.user_id, session.get_one(CreatorProfile, others.creator_id).user_id):
        with pytest.raises(NotFound):
            reply(session, stranger, review.id, "Mine.")


def test_a_helpful_review_is_counted_once_for_each_reader(session: Session) -> None:
    listing, reader = make_listing(session), make_user(session)
    review = say(session, buyer_of(session, listing), listing)

    assert [vote(session, reader.id, review.id, is_helpful=said) for said in (True, True, False, False)] == [1, 1, 0, 0]


def test_nobody_finds_their_own_review_helpful(session: Session) -> None:
    listing = make_listing(session)
    review = say(session, buyer_of(session, listing), listing)
    with pytest.raises(NotAllowed):
        vote(session, review.user_id, review.id, is_helpful=True)


def test_a_hidden_review_counts_no_more_and_only_its_author_sees_it(session: Session) -> None:
    listing = make_listing(session)
    review = say(session, buyer_of(session, listing), listing, 1)
    hide_review(session, review.id)
    hide_review(session, review.id)

    assert sums(session, listing) == [(0, 0), (0, 0)]
    assert read_reviews(session, listing.id, viewer_id=None).reviews == ()
    assert read_reviews(session, listing.id, viewer_id=review.user_id).reviews[0].is_hidden
    with pytest.raises(NotFound):
        vote(session, make_user(session).id, review.id, is_helpful=True)


def test_what_the_staff_hid_does_not_come_back_by_deleting_and_writing_it_again(session: Session) -> None:
    listing = make_listing(session)
    review = say(session, buyer_of(session, listing), listing, 1)
    hide_review(session, review.id)
    with pytest.raises(NotAllowed, match="staff hid"):
        delete_review(session, review.user_id, listing.slug)
    assert read_reviews(session, listing.id, viewer_id=None).reviews == ()


def test_a_review_that_is_shown_again_counts_as_it_is_now(session: Session) -> None:
    listing = make_listing(session)
    buyer = buyer_of(session, listing)
    review = say(session, buyer, listing, 1)
    hide_review(session, review.id)
    say(session, buyer, listing, 3)
    show_review(session, review.id)

    assert sums(session, listing) == [(3, 1), (3, 1)]


def test_a_page_of_reviews_is_one_query_and_the_readers_own_comes_first(session: Session) -> None:
    listing = make_listing(session)
    reviews = [say(session, buyer_of(session, listing), listing) for _ in range(REVIEWS_PER_PAGE + 1)]
    reader = make_user(session)
    vote(session, reader.id, reviews[3].id, is_helpful=True)
    own = reviews[0]
    session.flush()

    with counted_queries() as sent:
        page = read_reviews(session, listing.id, viewer_id=own.user_id)

    assert sent.count == 1
    assert page.has_more
    assert [view.id for view in page.reviews[:2]] == [own.id, reviews[3].id]
    assert [view.is_mine for view in page.reviews[:2]] == [True, False]
    newest = read_reviews(session, listing.id, viewer_id=reader.id, sort="new")
    assert newest.reviews[0].id == reviews[-1].id
    rest = read_reviews(session, listing.id, viewer_id=reader.id, sort="new", offset=REVIEWS_PER_PAGE)
    assert [view.id for view in rest.reviews] == [own.id]


@pytest.mark.parametrize(
    ("name", "shown"), [("Ada Lovelace", "Ada L."), ("Ada", "Ada"), ("Jean de la Cour", "Jean C."), ("", "Somebody")]
)
def test_buyers_are_not_named_in_full(name: str, shown: str) -> None:
    assert public_name(name) == shown
