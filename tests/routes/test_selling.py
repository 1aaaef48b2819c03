"""Pictures of listings go in as they are and come out as WebP; a sheet of figures is its creator's alone."""

import io

import httpx
import pytest
from PIL import Image
from sqlmodel import col, select

from overskill.clients.objects import FakeObjectStore
from overskill.container import Container
from overskill.db import engine, transaction
from overskill.models import App, CreatorProfile, Listing, ListingMedia, ListingStatus, User, utc_now
from overskill.services.attachments import pictures
from overskill.services.market.library import list_library
from tests.factories import make_user
from tests.market_rows import make_creator, make_license, make_listing, make_offer, make_purchase
from tests.routes.conftest import sign_in


def picture(size: tuple[int, int] = (2000, 1000)) -> bytes:
    result = io.BytesIO()
    Image.new("RGB", size, "#6d5bf6").save(result, "PNG")
    return result.getvalue()


def arrange(client: httpx.AsyncClient, *, status: ListingStatus = ListingStatus.DRAFT) -> str:
    """A signed-in creator's listing."""
    with transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        return make_listing(session, make_creator(session, user), status=status).slug


def checksum_of(slug: str) -> str:
    with transaction() as session:
        media = select(ListingMedia.checksum).join(Listing, col(Listing.id) == ListingMedia.listing_id)
        return session.exec(media.where(Listing.slug == slug)).one()


async def test_a_picture_is_kept_within_bounds_as_webp(client: httpx.AsyncClient, services: Container) -> None:
    slug = arrange(client)
    assert (await client.post(f"/api/sell/{slug}/pictures", content=picture())).status_code == 201
    shown = await client.get(f"/media/{checksum_of(slug)}.webp")
    assert "private" in shown.headers["cache-control"]
    with Image.open(io.BytesIO(shown.content)) as image:
        assert (image.format, image.size) == ("WEBP", (1568, 784))
    assert isinstance(services.objects, FakeObjectStore)
    assert len(services.objects.objects) == 1


async def test_what_is_published_is_cached_by_everybody(client: httpx.AsyncClient) -> None:
    slug = arrange(client, status=ListingStatus.PUBLISHED)
    await client.post(f"/api/sell/{slug}/pictures", content=picture())
    client.cookies.clear()
    shown = await client.get(f"/media/{checksum_of(slug)}.webp")
    assert shown.status_code == 200
    said = dict(each.strip().partition("=")[::2] for each in shown.headers["cache-control"].split(","))
    assert {"public", "immutable"} <= set(said)
    assert int(said["max-age"]) == 31536000  # in a browser, which has seen it
    assert int(said["s-maxage"]) <= 300  # in what stands between, from where everybody else would go on having it


async def test_a_drafts_pictures_are_its_creators_alone(client: httpx.AsyncClient) -> None:
    slug = arrange(client)
    await client.post(f"/api/sell/{slug}/pictures", content=picture())
    arrange(client)  # somebody else
    assert (await client.get(f"/media/{checksum_of(slug)}.webp")).status_code == 404
    assert (await client.post(f"/api/sell/{slug}/pictures", content=picture())).status_code == 404
    client.cookies.clear()
    assert (await client.post(f"/api/sell/{slug}/pictures", content=picture())).status_code == 401


@pytest.mark.parametrize("what", ["listing", "creator", "app", "account"])
async def test_the_pictures_of_what_is_suspended_are_no_more_for_everybody(
    client: httpx.AsyncClient, what: str
) -> None:
    slug = arrange(client, status=ListingStatus.PUBLISHED)
    await client.post(f"/api/sell/{slug}/pictures", content=picture())
    with transaction() as session:
        listing = session.exec(select(Listing).where(Listing.slug == slug)).one()
        creator = session.get_one(CreatorProfile, listing.creator_id)
        if what == "listing":
            listing.status = ListingStatus.SUSPENDED
        elif what == "creator":
            creator.suspended_at = utc_now()
        elif what == "app":
            session.get_one(App, listing.app_id).suspended_at = utc_now()
        else:
            session.get_one(User, creator.user_id).suspended_at = utc_now()
    if what != "account":  # who is signed out
        hers = await client.get(f"/media/{checksum_of(slug)}.webp")
        assert (hers.status_code, "private" in hers.headers["cache-control"]) == (200, True)
    client.cookies.clear()
    gone = await client.get(f"/media/{checksum_of(slug)}.webp")
    assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("how", ["bought", "was handed", "did not pay"])
async def test_who_has_what_was_withdrawn_sees_its_picture_still(client: httpx.AsyncClient, how: str) -> None:
    slug = arrange(client, status=ListingStatus.PUBLISHED)
    await client.post(f"/api/sell/{slug}/pictures", content=picture())
    with transaction() as session:
        listing = session.exec(select(Listing).where(Listing.slug == slug)).one()
        somebody, reader = make_user(session), make_user(session)
        purchase, item = make_purchase(session, reader if how == "bought" else somebody, make_offer(session, listing))
        if how == "was handed":
            make_license(session, reader, item)
        elif how == "did not pay":
            purchase.buyer_id, purchase.paid_at = reader.id, None
        listing.status = ListingStatus.WITHDRAWN
        sign_in(client, session, reader)
    shown = await client.get(f"/media/{checksum_of(slug)}.webp")
    assert shown.status_code == (404 if how == "did not pay" else 200)
    assert "public" not in shown.headers["cache-control"]
    with transaction() as session:
        listing = session.exec(select(Listing).where(Listing.slug == slug)).one()
        assert [entry.cover for entry in list_library(session, reader.id)] == [listing.cover] * (how != "did not pay")
        listing.status = ListingStatus.SUSPENDED
        session.flush()
        assert {entry.cover for entry in list_library(session, reader.id)} <= {""}
    assert (await client.get(f"/media/{checksum_of(slug)}.webp")).status_code == 404


async def test_a_picture_that_another_listing_shows_too_stays(client: httpx.AsyncClient) -> None:
    slugs: list[str] = []
    for _ in range(2):
        slugs.append(arrange(client, status=ListingStatus.PUBLISHED))
        await client.post(f"/api/sell/{slugs[-1]}/pictures", content=picture())
    assert checksum_of(slugs[0]) == checksum_of(slugs[1])
    with transaction() as session:
        session.exec(select(Listing).where(Listing.slug == slugs[0])).one().status = ListingStatus.SUSPENDED
    client.cookies.clear()
    assert (await client.get(f"/media/{checksum_of(slugs[0])}.webp")).status_code == 200


async def test_no_connection_to_the_database_waits_for_a_picture_to_be_drawn(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are drawn one after the other: some that take long would keep everybody from the database."""
    in_use: list[int] = []

    def watched(drawn: Image.Image, mode: str) -> Image.Image:
        in_use.append(engine().pool.checkedout())  # type: ignore[attr-defined]
        return small(drawn, mode)

    small, slug = pictures._small, arrange(client)
    monkeypatch.setattr(pictures, "_small", watched)
    assert (await client.post(f"/api/sell/{slug}/pictures", content=picture())).status_code == 201
    assert (await client.put("/api/sell/picture", content=picture())).status_code == 200
    assert in_use == [0, 0]


async def test_what_is_no_picture_is_refused_with_a_sentence(client: httpx.AsyncClient) -> None:
    slug = arrange(client)
    for content in (b"<svg/>", b"x" * (9 * 1024 * 1024)):
        answer = await client.post(f"/api/sell/{slug}/pictures", content=content)
        assert answer.status_code == 422
        assert "picture" in answer.json()["error"]


async def test_a_creators_picture_is_replaced_and_removed(client: httpx.AsyncClient, services: Container) -> None:
    arrange(client)
    first = (await client.put("/api/sell/picture", content=picture((300, 300)))).json()["picture"]
    assert (await client.get(f"/media/{first}.webp")).status_code == 200
    await client.delete("/api/sell/picture")
    assert (await client.get(f"/media/{first}.webp")).status_code == 404
    assert isinstance(services.objects, FakeObjectStore)
    assert services.objects.objects == {}
    with transaction() as session:
        assert session.exec(select(CreatorProfile.picture)).all() == [""]


async def test_figures_come_as_a_sheet(client: httpx.AsyncClient) -> None:
    slug = arrange(client)
    sheet = await client.get("/sell/analytics.csv", params={"days": "30", "slug": slug})
    assert sheet.headers["content-type"].startswith("text/csv")
    assert f'filename="{slug}-30-days.csv"' in sheet.headers["content-disposition"]
    assert len(sheet.text.splitlines()) == 31
    assert (await client.get("/sell/analytics.csv", params={"days": "31"})).status_code == 422
    arrange(client)  # somebody else
    assert (await client.get("/sell/analytics.csv", params={"slug": slug})).status_code == 404
