"""A site where each page has several of everything to show: what a page asks the database for is counted on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from overskill.container import Container
from overskill.models import (
    Act,
    Alert,
    App,
    AppealStatus,
    Bundle,
    BundleItem,
    Category,
    ChatMessage,
    Collection,
    CollectionItem,
    CopyUpdate,
    Coupon,
    CreatorProfile,
    Deployment,
    DeploymentEnvironment,
    DeploymentStatus,
    Domain,
    Follow,
    GenerationStatus,
    InstallStatus,
    Invitation,
    LicenseKind,
    LicenseTransfer,
    Listing,
    ListingDaily,
    ListingMedia,
    Membership,
    MessageAuthor,
    ModerationAct,
    Offer,
    Payout,
    Purchase,
    Refund,
    Release,
    ReleaseStatus,
    Report,
    ReportReason,
    Repository,
    Review,
    Role,
    SubjectKind,
    UsageDaily,
    User,
    VersionCause,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.accounts.tokens import hash_token
from overskill.services.apps import own_team, save_version, version_files, write_files
from overskill.services.apps.env_vars import set_variables
from overskill.services.market import updates
from overskill.services.market.appeal_links import appeal_link
from overskill.services.market.proofs import Proof, digest_of
from tests.factories import make_app, make_generation, make_user
from tests.market_rows import (
    make_creator,
    make_install,
    make_license,
    make_listing,
    make_offer,
    make_purchase,
    make_release,
)
from tests.services.billing.sales import make_sale

SEVERAL = 3
TOKEN = "t" * 43
PICTURES = tuple(f"{number:064x}" for number in range(SEVERAL))


@dataclass(frozen=True)
class Site:
    """Somebody who makes apps, sells, buys and runs the place, and what the addresses of some pages go on with."""

    cookie: str
    names: Mapping[str, str]  # page -> what stands for the name in its address
    queries: Mapping[str, str]  # page -> "?token=…"


def fill_site(session: Session, services: Container) -> Site:
    ada = make_user(session, email="ada@example.com", is_admin=True)
    cookie = f"{COOKIE}={open_session(session, ada.id, Visitor())}"
    for _ in range(SEVERAL):
        open_session(session, ada.id, Visitor())
    sold = _sell(session, ada)
    bought = _buy(session, ada, services)
    return Site(
        cookie,
        {
            "/studio/[slug]": _make(session, ada, services),
            "/sell/[slug]": sold.slug,
            "/apps/[slug]": bought.slug,
            "/creators/[username]": session.get_one(CreatorProfile, bought.creator_id).username,
            "/bundles/[slug]": _bundle(session, sold),
            "/library/updates/[id]": str(session.exec(select(CopyUpdate.id)).first()),
            "/checkout/done/[id]": str(session.exec(select(Purchase.id).where(Purchase.buyer_id == ada.id)).first()),
        },
        {
            "/join": f"?token={TOKEN}",
            "/library/accept": f"?token={TOKEN}",
            "/appeal": appeal_link(_decide(session, ada, bought), services.settings, utc_now()).partition("/appeal")[2],
        },
    )


def _make(session: Session, ada: User, services: Container) -> str:
    """Apps that were talked about, built and published, and one of them at length."""
    for number in range(SEVERAL):
        app = make_app(session, ada, name=f"App{number}", slug=f"app-{number}", versions=SEVERAL)
        for turn in range(SEVERAL):
            made = make_generation(session, app, status=GenerationStatus.SUCCEEDED)
            made.started_at, made.finished_at, made.version = utc_now(), utc_now(), turn + 1
            made.cost_micro, made.usage = 1_000_000, {"build": {"model": "swift-1", "cost_micro": 1_000_000}}
            for author in (MessageAuthor.USER, MessageAuthor.ASSISTANT):
                session.add(ChatMessage(app_id=app.id, author=author, generation_id=made.id, text="Filters"))
            for place in DeploymentEnvironment:
                _publish(session, app, place, turn)
        session.add(Domain(app_id=app.id, user_id=ada.id, host=f"app-{number}.example.com", token=f"t{number}"))
        _serve(session, app, services, number)
    team = own_team(session, ada.id)
    for number in range(SEVERAL):
        session.add(Membership(team_id=team, user_id=make_user(session).id, role=Role.EDITOR))
        facts = {"role": Role.EDITOR, "expires_at": utc_now() + timedelta(days=7)}
        session.add(
            Invitation(
                team_id=team,
                inviter_id=ada.id,
                email=f"{number}@example.com",
                token_hash=hash_token(TOKEN if number == 0 else f"{number}"),
                **facts,
            )
        )
    return "app-0"


def _serve(session: Session, app: App, services: Container, number: int) -> None:
    """What its publish view and its settings show beside its publishes."""
    for place in DeploymentEnvironment:
        set_variables(session, app, place, {"VITE_A": "1", "KEY": "2"}, settings=services.settings)
        for ago in range(SEVERAL):
            day = utc_now().date() - timedelta(days=ago)
            session.add(UsageDaily(app_id=app.id, environment=place, day=day, requests=9, errors=1))
    tried = {"version": SEVERAL, "status": DeploymentStatus.DEPLOYED, "canary_percent": 10}
    session.add(Deployment(app_id=app.id, user_id=app.creator_id, **tried))
    repository = {"installation_id": 1, "external_id": number, "full_name": f"ada/app-{number}"}
    session.add(Repository(app_id=app.id, user_id=app.creator_id, **repository))


def _publish(session: Session, app: App, place: DeploymentEnvironment, number: int) -> None:
    newest = number == SEVERAL - 1
    row = Deployment(app_id=app.id, user_id=app.creator_id, version=number + 1, environment=place)
    row.status = DeploymentStatus.DEPLOYED if newest else DeploymentStatus.FAILED
    row.is_live, row.url = newest, f"http://{app.slug}" if newest else ""
    row.error = "" if newest else "It is too large."
    session.add(row)


def _sell(session: Session, ada: User) -> Listing:
    """Of one of the listings every part has several rows; it was made from somebody else's."""
    creator = make_creator(session, ada, username="ada")
    origin = make_listing(session, title="Origin", allows_remix=True, remix_share=1000)
    _, source = make_purchase(session, ada, make_offer(session, origin, license=LicenseKind.SOURCE))
    app = make_app(session, ada, name="Habits", slug="habits", versions=SEVERAL)
    make_install(session, ada, make_license(session, ada, source), app)
    listing = make_listing(session, creator, app=app, parent=origin)
    for number in range(2, 2 + SEVERAL):
        make_release(session, listing, version=number - 1, number=number)
    session.add(Release(listing_id=listing.id, number=9, version=SEVERAL, status=ReleaseStatus.REFUSED, error="No."))
    save_version(session, app, note="Not sold yet", cause=VersionCause.EDIT)
    for release in session.exec(select(Release)):
        _prove(session, release)
    for position, checksum in enumerate(PICTURES):
        session.add(ListingMedia(listing_id=listing.id, position=position, checksum=checksum, width=640, height=400))
        session.add(Coupon(creator_id=creator.id, listing_id=listing.id, code=f"SPRING-{position}", percent=10))
        session.add(Coupon(creator_id=creator.id, code=f"ALL-{position}", percent=10))
        day = (utc_now() - timedelta(days=position)).date()
        session.add(ListingDaily(listing_id=listing.id, day=day, views=9, visitors=5, try_outs=2))
        session.add(Payout(creator_id=creator.id, amount=900, currency="usd"))
        make_offer(session, make_listing(session, creator, title=f"Other{position}"), amount=700)
        purchase = make_sale(session, 1_000, listing=listing)
        purchase.refund_until = utc_now() - timedelta(days=1)
        facts = {"amount": 100, "currency": "usd", "reason": "Too late?"}
        session.add(Refund(purchase_id=purchase.id, requested_by_id=purchase.buyer_id, **facts))
    make_offer(session, listing, license=LicenseKind.SOURCE, amount=9_000)
    return listing


def _bundle(session: Session, listing: Listing) -> str:
    offers = session.exec(
        select(Offer).join(Listing).where(Listing.creator_id == listing.creator_id, Offer.amount == 700)
    ).all()
    for number in range(SEVERAL):
        bundle = Bundle(
            creator_id=listing.creator_id, slug=f"all-{number}", title="All", text="", amount=900, currency="usd"
        )
        session.add(bundle)
        session.flush()
        session.add_all(BundleItem(bundle_id=bundle.id, offer_id=offer.id) for offer in offers)
    return "all-0"


def _buy(session: Session, ada: User, services: Container) -> Listing:
    """Listings of somebody else, of which Ada has copies with updates, and others have opinions."""
    seller = make_creator(session, make_user(session, name="Bob Stone"))
    session.add(Follow(user_id=ada.id, creator_id=seller.id))
    listing = make_listing(session, seller, title="Lists")
    shelf = Collection(slug="first", title="The first")
    session.add(shelf)
    for number in range(SEVERAL):
        listing = make_listing(session, seller, title=f"Lists{number}", parent=listing)
        listing.category, listing.featured_at = list(Category)[number], utc_now()
        assert listing.app_id is not None
        app = session.get_one(App, listing.app_id)
        offer = make_offer(session, listing, amount=900)
        purchase, item = make_purchase(session, ada, offer)
        purchase.refund_until = utc_now() + timedelta(days=14)
        copy = make_app(session, ada, name="Copy", files=version_files(session, app.id, 1), versions=0)
        save_version(session, copy, note="Bought", cause=VersionCause.DUPLICATE)
        license_ = make_license(session, ada, item)
        install = make_install(session, ada, license_, copy)
        install.status = InstallStatus.LIVE
        _talk(session, listing, offer)
        session.add(CollectionItem(collection_id=shelf.id, listing_id=listing.id, position=number))
        token = hash_token(TOKEN if number == 0 else f"{number}")
        week = utc_now() + timedelta(days=7)
        session.add(
            LicenseTransfer(
                license_id=license_.id, from_id=ada.id, email="x@example.com", token_hash=token, expires_at=week
            )
        )
        write_files(session, app.id, {"src/added.ts": f"export const a = {number};\n"})
        save_version(session, app, note="Theirs", cause=VersionCause.EDIT)
        release = make_release(session, listing, version=app.current_version, number=2)
        _prove(session, release)
        updates.offer(session, release, queue=services.queue)
    return listing


def _prove(session: Session, release: Release) -> None:
    app_id = session.get_one(Listing, release.listing_id).app_id
    assert app_id is not None
    proof = Proof(digest_of(session, app_id, release.version), release.version, utc_now())
    release.proof, release.files_hash = proof.to_json(), proof.files_hash


def _talk(session: Session, listing: Listing, offer: Offer) -> None:
    for number in range(SEVERAL):
        reader = make_user(session)
        license_ = make_license(session, reader, make_purchase(session, reader, offer)[1])
        session.add(
            Review(listing_id=listing.id, user_id=reader.id, license_id=license_.id, rating=number + 1, text="Good")
        )
        session.add(ListingMedia(listing_id=listing.id, position=number, checksum=PICTURES[number], width=9, height=9))


def _decide(session: Session, ada: User, listing: Listing) -> UUID:
    """What was reported, decided, appealed, held and noted. Returns a decision that is not appealed."""
    for reason in list(ReportReason)[:SEVERAL]:
        facts = {"subject_kind": SubjectKind.LISTING, "subject_id": listing.id, "reporter_id": ada.id}
        session.add(Report(reason=reason, **facts))
        session.add(Report(reason=reason, subject_kind=SubjectKind.CREATOR, subject_id=listing.creator_id))
        review = session.exec(select(Review).where(Review.listing_id == listing.id)).first()
        assert review is not None
        session.add(Report(reason=reason, subject_kind=SubjectKind.REVIEW, subject_id=review.id))
        for appeal in (AppealStatus.NONE, AppealStatus.OPEN):
            due = utc_now() + timedelta(days=3) if appeal is AppealStatus.OPEN else None
            session.add(
                ModerationAct(
                    subject_kind=SubjectKind.LISTING,
                    subject_id=listing.id,
                    concerns_id=ada.id,
                    act=Act.SUSPEND,
                    reason="It misleads.",
                    appeal=appeal,
                    appealed_at=utc_now() if due else None,
                    appeal_due_at=due,
                )
            )
        creator = make_creator(session)
        creator.hold_reason = "Something is odd"
        make_listing(session, creator, title="Held")
        record(session, "thing.done", ada.id, subject=f"listing:{listing.id}")
    session.add(Alert(name="cpu", value=93, limit=70))
    session.flush()
    return session.exec(select(ModerationAct.id).where(ModerationAct.appeal == AppealStatus.NONE)).all()[0]
