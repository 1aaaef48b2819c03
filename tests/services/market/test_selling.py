"""A creator's way from an app to a listing: who may sell what, how it is described, and when it is submitted."""

from itertools import count

import pytest
from sqlalchemy import event
from sqlmodel import Session

from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import (
    App,
    Category,
    CreatorLevel,
    CreatorProfile,
    Listing,
    ListingMedia,
    ListingStatus,
    Membership,
    Purchase,
    PurchaseStatus,
    Release,
    ReleaseStatus,
    Role,
    User,
    VersionCause,
    utc_now,
)
from overskill.services.apps import save_version, write_files
from overskill.services.market.categories import guess_category, guess_keywords
from overskill.services.market.creators import (
    become_creator,
    creator_to_change,
    edit_profile,
    keep_creators,
    suggested_username,
)
from overskill.services.market.desk import view_parts
from overskill.services.market.listings import (
    Words,
    apps_to_sell,
    change_address,
    draft_listing,
    edit_terms,
    edit_words,
    listing_to_change,
    relist,
    submit,
    withdraw,
)
from overskill.services.market.offers import OfferDraft, set_offers
from overskill.services.market.publishing import refuse
from overskill.services.market.releases import CHECK_JOB, list_releases, make_release
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_listing

LONG = "It keeps what you do every day, and shows how far you have come. " * 3


@pytest.fixture
def user(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def creator(session: Session, user: User) -> CreatorProfile:
    return make_creator(session, user)


@pytest.fixture
def app(session: Session, user: User) -> App:
    return make_app(session, user, versions=1)


@pytest.fixture
def listing(session: Session, user: User, creator: CreatorProfile, app: App, settings: Settings) -> Listing:
    assert creator.user_id == user.id
    return draft_listing(session, user.id, app.slug, settings=settings)


def complete(session: Session, listing: Listing) -> None:
    edit_words(session, listing, Words("Habits", "Streaks that stick", LONG, "habits, streaks", "lifestyle"))
    session.add(ListingMedia(listing_id=listing.id, position=0, checksum="0" * 64, width=640, height=400))
    set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "12")])
    session.flush()


def test_a_creator_begins_with_a_name_of_their_own(session: Session, user: User) -> None:
    creator = become_creator(session, user.id, username=" Ada-1 ", name="Ada  L", website="https://ada.example")
    assert (creator.username, creator.name, creator.level) == ("ada-1", "Ada L", CreatorLevel.STARTER)
    with pytest.raises(Conflict):
        become_creator(session, user.id, username="ada-2", name="Ada")


@pytest.mark.parametrize("username", ["", "ab", "-ada", "a--b", "ä" * 5, "a" * 40, "admin", "official", "a b c"])
def test_a_username_that_can_not_be_had_is_refused(session: Session, user: User, username: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        become_creator(session, user.id, username=username, name="Ada")
    assert refusal.value.field == "username"


def test_a_username_that_is_taken_is_refused(session: Session, user: User) -> None:
    make_creator(session, username="grace")
    with pytest.raises(InvalidInput, match="Somebody else"):
        become_creator(session, user.id, username="grace", name="Ada")


@pytest.mark.parametrize("name", ["\u041everSkill", "Support", "Ada \u2705", "Win at evil.com"])
def test_nobody_sells_under_the_name_of_the_staff_or_a_web_address(
    session: Session, user: User, creator: CreatorProfile, name: str
) -> None:
    with pytest.raises(InvalidInput) as begun:
        become_creator(session, make_user(session).id, username="support-1", name=name)
    with pytest.raises(InvalidInput) as edited:
        edit_profile(session, user.id, username=creator.username, name=name, bio="", website="")
    assert (begun.value.field, edited.value.field) == ("name", "name")


@pytest.mark.parametrize("website", ["javascript:alert(1)", "https://a b.c", "ftp://x.org", 'https://x.org/"><script>'])
def test_a_website_is_an_address_of_the_web(
    session: Session, user: User, creator: CreatorProfile, website: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        edit_profile(session, user.id, username=creator.username, name="Ada", bio="", website=website)
    assert refusal.value.field == "website"


def test_what_can_not_be_seen_does_not_stay_in_a_name(session: Session, user: User, creator: CreatorProfile) -> None:
    edited = edit_profile(session, user.id, username=creator.username, name="A\u202eda\x07", bio="", website="")
    assert edited.name == "Ada"


def test_who_is_suspended_changes_nothing(session: Session, user: User, creator: CreatorProfile) -> None:
    creator.suspended_at = utc_now()
    session.flush()
    with pytest.raises(NotAllowed, match="suspended"):
        creator_to_change(session, user.id)


def test_a_username_is_suggested_from_the_name() -> None:
    assert suggested_username("Ada Lovelace") == "ada-lovelace"
    assert suggested_username("Al") == "al-apps"


def test_levels_follow_from_earnings_in_one_currency_and_from_ratings(session: Session) -> None:
    rich, liked, split = (make_creator(session) for _ in range(3))
    for one in (rich, liked, split):
        one.rating_count, one.rating_sum = 5, 22
    rich.rating_count, rich.rating_sum = 0, 0
    for creator, amount, currency in (
        (rich, 900_000, "usd"),
        (liked, 100_000, "usd"),
        (split, 60_000, "usd"),
        (split, 60_000, "eur"),
    ):
        session.add(
            Purchase(creator_id=creator.id, currency=currency, amount=amount, status=PurchaseStatus.PAID, email="a@b.c")
        )
    session.flush()
    keep_creators(session, now=utc_now())
    session.expire_all()
    assert [one.level for one in (rich, liked, split)] == ["starter", "established", "rising"]


def test_who_stripe_has_verified_is_verified(session: Session, creator: CreatorProfile) -> None:
    keep_creators(session, now=utc_now())
    session.refresh(creator)
    assert creator.verified_at is None
    creator.charges_enabled = creator.payouts_enabled = True
    session.flush()
    keep_creators(session, now=utc_now())
    session.refresh(creator)
    assert creator.verified_at is not None


def test_a_draft_says_what_the_app_says(session: Session, listing: Listing, app: App) -> None:
    assert (listing.title, listing.app_id, listing.status) == (app.name, app.id, ListingStatus.DRAFT)
    assert "habits" in listing.keywords


def test_an_app_has_one_listing(session: Session, user: User, listing: Listing, app: App, settings: Settings) -> None:
    assert draft_listing(session, user.id, app.slug, settings=settings).id == listing.id
    assert apps_to_sell(session, user.id) == []


def test_only_the_owners_and_admins_of_a_team_sell_its_apps(session: Session, app: App, settings: Settings) -> None:
    editor, stranger = make_user(session), make_user(session)
    session.add(Membership(team_id=app.team_id, user_id=editor.id, role=Role.EDITOR))
    for user in (editor, stranger):
        make_creator(session, user)
        assert apps_to_sell(session, user.id) == []
        with pytest.raises(NotFound):
            draft_listing(session, user.id, app.slug, settings=settings)


def test_a_listing_is_changed_by_its_creator_alone(session: Session, listing: Listing) -> None:
    stranger = make_user(session)
    make_creator(session, stranger)
    for slug in (listing.slug, "nothing-here", "../x", "ä"):
        with pytest.raises(NotFound):
            listing_to_change(session, stranger.id, slug)


def test_words_are_cleaned_and_limited(session: Session, listing: Listing) -> None:
    edit_words(session, listing, Words(" Ha  bits ", "", "One\r\n\r\ntwo  \n", "A, B", "tools"))
    assert (listing.title, listing.description, listing.keywords) == ("Ha bits", "One\n\ntwo", "a b")
    assert listing.category is Category.TOOLS
    for words, field in (
        (Words("x" * 81, "", "", "", "tools"), "title"),
        (Words("Habits", "x" * 141, "", "", "tools"), "tagline"),
        (Words("Habits", "", "x" * 20_001, "", "tools"), "description"),
        (Words("Habits", "", "", "", "weapons"), "category"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            edit_words(session, listing, words)
        assert refusal.value.field == field


def test_a_remix_owes_no_more_than_the_most(session: Session, listing: Listing) -> None:
    edit_terms(session, listing, refund_days=30, allows_remix=True, remix_share=2000)
    assert (listing.refund_days, listing.allows_remix, listing.remix_share) == (30, True, 2000)
    for days, share in ((91, 0), (-1, 0), (14, 9000)):
        with pytest.raises(InvalidInput):
            edit_terms(session, listing, refund_days=days, allows_remix=True, remix_share=share)


def test_an_address_stays_once_it_was_published(session: Session, listing: Listing) -> None:
    change_address(session, listing, "streaks")
    assert listing.slug == "streaks"
    for slug in ("admin", "A B", "a--b"):
        with pytest.raises(InvalidInput):
            change_address(session, listing, slug)
    with pytest.raises(InvalidInput, match="Another listing"):
        change_address(session, listing, make_listing(session).slug)
    listing.published_at = utc_now()
    with pytest.raises(Conflict):
        change_address(session, listing, "other")


def test_an_incomplete_listing_is_not_submitted(
    session: Session, user: User, listing: Listing, settings: Settings
) -> None:
    with pytest.raises(Conflict, match="tagline"):
        submit(session, user.id, listing.slug, notes="", queue=FakeJobQueue(), settings=settings)


def test_submitting_has_the_first_release_checked(user_with_listing: tuple[User, str], settings: Settings) -> None:
    user, slug = user_with_listing
    queue = FakeJobQueue()
    with transaction() as session:
        listing = submit(session, user.id, slug, notes="First.", queue=queue, settings=settings)
        (release,) = list_releases(session, listing.id)
    assert (listing.status, release.number, release.version, release.notes) == ("review", 1, 1, "First.")
    assert queue.enqueued == [(CHECK_JOB, (str(release.id),), "generate")]
    with transaction() as session, pytest.raises(Conflict, match="already"):
        submit(session, user.id, slug, notes="", queue=queue, settings=settings)


@pytest.fixture
def user_with_listing(database: str, settings: Settings) -> tuple[User, str]:
    assert database
    with transaction() as session:
        user = make_user(session)
        make_creator(session, user)
        listing = draft_listing(session, user.id, make_app(session, user, versions=1).slug, settings=settings)
        complete(session, listing)
    return user, listing.slug


@pytest.mark.parametrize("query", range(1, 4))
def test_a_check_that_ends_between_two_queries_is_never_over_beside_a_listing_that_waits(
    user_with_listing: tuple[User, str], services: Container, query: int
) -> None:
    user, slug = user_with_listing
    queue, settings = services.queue, services.settings
    with transaction() as session:
        listing = submit(session, user.id, slug, notes="First.", queue=queue, settings=settings)
        (release,) = list_releases(session, listing.id)
        release_id = release.id
    asked = count()

    def ends_before(*_: object) -> None:
        if next(asked) == query:
            with transaction() as other:
                found = ["It does not build."]
                refuse(other, other.get_one(Release, release_id), found, queue=queue, log=services.progress)

    with transaction() as session:
        event.listen(session.connection(), "before_cursor_execute", ends_before)
        parts = view_parts(session, user.id, slug)
    assert next(asked) > query
    if parts.releases[0].status is not ReleaseStatus.CHECKING:
        assert parts.listing.status is ListingStatus.DRAFT


def test_a_listing_is_withdrawn_and_listed_again(session: Session) -> None:
    listing = make_listing(session)
    withdraw(session, listing)
    assert listing.status == "withdrawn"
    with pytest.raises(Conflict):
        withdraw(session, listing)
    relist(session, listing)
    assert listing.status == "published"
    with pytest.raises(Conflict):
        relist(session, listing)


def test_what_waits_for_its_checks_goes_back_to_its_draft(session: Session, listing: Listing) -> None:
    listing.status = ListingStatus.REVIEW
    withdraw(session, listing)
    assert listing.status == "draft"


def test_a_release_is_of_a_version_that_is_not_sold_yet(session: Session) -> None:
    listing = make_listing(session)
    app = session.get_one(App, listing.app_id)
    with pytest.raises(InvalidInput, match="what is sold now"):
        make_release(session, listing, notes="", queue=FakeJobQueue())
    with pytest.raises(NotFound):
        make_release(session, listing, notes="", queue=FakeJobQueue(), version=99)
    assert view_parts(session, app.creator_id, listing.slug).waiting.changes == ()
    bring_on(session, app)
    waiting = view_parts(session, app.creator_id, listing.slug).waiting
    assert ([change.version for change in waiting.changes], waiting.files > 0) == ([2], True)
    release = make_release(session, listing, notes="Better", queue=FakeJobQueue())
    assert (release.number, release.version, release.status) == (2, 2, ReleaseStatus.CHECKING)
    with pytest.raises(Conflict, match="still being checked"):
        make_release(session, listing, notes="", queue=FakeJobQueue())


def test_a_refused_release_does_not_stand_in_the_way(session: Session, listing: Listing) -> None:
    session.add(Release(listing_id=listing.id, number=1, version=1, status=ReleaseStatus.REFUSED))
    session.flush()
    assert make_release(session, listing, notes="", queue=FakeJobQueue()).number == 2


def bring_on(session: Session, app: App) -> None:
    write_files(session, app.id, {"src/App.tsx": "export const version = 2;\n"})
    save_version(session, app, note="Bigger", cause=VersionCause.EDIT, author_id=app.creator_id)
    session.flush()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("A board for my invoices and clients", Category.BUSINESS),
        ("Keep recipes and plan meals", Category.FOOD),
        ("Something of mine", Category.PRODUCTIVITY),
    ],
)
def test_the_category_is_guessed_from_the_words(text: str, category: Category) -> None:
    assert guess_category(text) is category


def test_keywords_are_the_telling_words() -> None:
    assert guess_keywords("An app to track habits and streaks, habits first").split()[:2] == ["habits", "streaks"]
