"""Asset upload sessions: only what is missing, in parallel, resumed where they broke off."""

from collections.abc import Mapping

import pytest

from overskill.clients.cloudflare.assets import AssetContent, asset_hash, upload_assets
from overskill.clients.cloudflare.served import Stored
from overskill.errors import LimitReached, NotAllowed, Unavailable
from tests.support_cloudflare import NAMESPACE, Cloudflare

FILES = {f"/assets/{number}.js": AssetContent(f"file {number}".encode(), "text/javascript") for number in range(7)}


def upload(cloudflare: Cloudflare, files: Mapping[str, AssetContent] = FILES) -> list[str]:
    """The hashes that were read, in any order."""
    by_hash = {asset_hash(file.content, file.content_type): file for file in files.values()}
    manifest = {
        path: Stored(asset_hash(file.content, file.content_type), len(file.content)) for path, file in files.items()
    }
    wanted: list[str] = []

    def read(name: str) -> AssetContent:
        wanted.append(name)
        return by_hash[name]

    assert upload_assets(cloudflare.api, NAMESPACE, "shop", manifest, read)
    return wanted


def test_everything_arrives_with_its_type(cloudflare: Cloudflare) -> None:
    upload(cloudflare)
    known = cloudflare.account.known_assets[NAMESPACE]
    assert {(asset.content, asset.content_type) for asset in known.values()} == {
        (file.content, file.content_type) for file in FILES.values()
    }
    assert cloudflare.fake.calls("assets/upload") == 4


def test_only_what_is_missing_is_read_and_sent(cloudflare: Cloudflare) -> None:
    upload(cloudflare)
    cloudflare.fake.asked.clear()
    more = AssetContent(b"more", "text/css")
    assert upload(cloudflare, {**FILES, "/assets/more.css": more}) == [asset_hash(b"more", "text/css")]
    assert cloudflare.fake.calls("assets/upload") == 1


def test_where_nothing_is_missing_one_call_is_enough(cloudflare: Cloudflare) -> None:
    upload(cloudflare)
    cloudflare.fake.asked.clear()
    assert upload(cloudflare) == []
    assert len(cloudflare.fake.asked) == 1


def test_the_same_bytes_of_another_type_are_another_file() -> None:
    assert asset_hash(b"x", "text/css") != asset_hash(b"x", "text/plain")
    assert len(asset_hash(b"x", "text/css")) == 32


@pytest.mark.parametrize("kind", ["ill", "timeout", "rate", "done but lost"])
def test_a_bucket_that_fails_is_sent_again(cloudflare: Cloudflare, kind: str) -> None:
    cloudflare.fake.fail("assets/upload", kind, times=4)  # type: ignore[arg-type]
    upload(cloudflare)
    assert len(cloudflare.account.known_assets[NAMESPACE]) == len(FILES)


def test_a_session_that_ended_is_resumed_with_what_is_still_missing(cloudflare: Cloudflare) -> None:
    known = cloudflare.account.assets_in(NAMESPACE)
    cloudflare.fake.fail("assets/upload", "token", times=1)
    read = upload(cloudflare)
    assert len(known) == len(FILES)
    assert cloudflare.fake.calls("assets-upload-session") == 2
    assert len(read) < 2 * len(FILES)


def test_a_bucket_that_keeps_failing_is_given_up_with_what_still_holds(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("assets/upload", "ill")
    with pytest.raises(Unavailable, match="What was live still is"):
        upload(cloudflare)
    assert cloudflare.fake.calls("assets-upload-session") == 3


def test_a_token_without_rights_is_told(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("assets-upload-session", "rights")
    with pytest.raises(NotAllowed, match="doctor"):
        upload(cloudflare)


def test_files_go_one_by_one_where_cloudflare_asks_for_it(cloudflare: Cloudflare) -> None:
    cloudflare.account.takes_one_by_one = True
    upload(cloudflare)
    assert cloudflare.fake.calls("assets/upload/") == len(FILES)
    known = cloudflare.account.known_assets[NAMESPACE].values()
    assert {asset.content_type for asset in known} == {"text/javascript"}


def test_too_large_a_file_is_named_before_anything_is_asked(cloudflare: Cloudflare) -> None:
    manifest = {"/film.mp4": Stored("0" * 32, 30 * 1024 * 1024), "/index.html": Stored("1" * 32, 1)}
    with pytest.raises(LimitReached, match=r"/film\.mp4 \(30 MB\)"):
        upload_assets(cloudflare.api, NAMESPACE, "shop", manifest, lambda _: AssetContent(b"", ""))
    assert cloudflare.fake.asked == []


def test_too_many_files_are_refused_before_anything_is_asked(cloudflare: Cloudflare) -> None:
    manifest = {f"/{number}": Stored("0" * 32, 1) for number in range(20_001)}
    with pytest.raises(LimitReached, match="20,001 files"):
        upload_assets(cloudflare.api, NAMESPACE, "shop", manifest, lambda _: AssetContent(b"", ""))
    assert cloudflare.fake.asked == []
