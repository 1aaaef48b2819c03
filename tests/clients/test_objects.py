"""What every object store promises, held against the folder, the fake one, and an S3."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.stub import Stubber

from overskill.clients.objects import FakeObjectStore, FolderObjectStore, ObjectStore
from overskill.clients.s3_objects import S3ObjectStore
from overskill.config import Settings
from overskill.errors import NotFound, Unavailable
from tests.support_s3 import s3_server


@pytest.fixture(scope="module")
def s3() -> Iterator[Settings]:
    with s3_server() as address:
        settings = s3_settings(address)
        boto3.client(
            "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="id", aws_secret_access_key="key"
        ).create_bucket(Bucket="overskill")
        yield settings


@pytest.fixture(scope="module")
def s3_store(s3: Settings) -> S3ObjectStore:
    return S3ObjectStore(s3)


def s3_settings(address: str, bucket: str = "overskill") -> Settings:
    return Settings(
        S3_ENDPOINT=address,
        S3_BUCKET=bucket,
        S3_REGION="us-east-1",
        S3_ACCESS_KEY_ID="id",
        S3_SECRET_ACCESS_KEY="key",
    )


@pytest.fixture(params=["folder", "s3", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ObjectStore]:
    match request.param:
        case "folder":
            yield FolderObjectStore(tmp_path)
        case "fake":
            yield FakeObjectStore()
        case _:
            store = request.getfixturevalue("s3_store")
            yield store
            for key in store.keys("a"):
                store.delete(key)


def test_what_was_put_can_be_read_until_it_is_deleted(store: ObjectStore) -> None:
    store.put("a/one.json", b"1")
    store.put("a/one.json", b"22")
    assert store.get("a/one.json") == b"22"
    assert store.size("a/one.json") == 2
    store.delete("a/one.json")
    store.delete("a/one.json")
    assert store.size("a/one.json") is None
    with pytest.raises(NotFound, match="no longer there"):
        store.get("a/one.json")


def test_keys_are_those_of_the_folder_and_below_in_order(store: ObjectStore) -> None:
    for key in ("a/b/2", "a/b/1", "a/b/c/3", "a/bb/4"):
        store.put(key, b"")
    assert store.keys("a/b") == ["a/b/1", "a/b/2", "a/b/c/3"]
    assert store.keys("a/none") == []


def test_large_contents_come_back_as_they_were(store: ObjectStore) -> None:
    content = bytes(range(256)) * 40_000
    store.put("a/large", content)
    assert store.get("a/large") == content


@pytest.mark.parametrize("key", ["", "/a", "a/../b", "A", "a//b", "~a"])
def test_what_is_no_key_is_a_bug(tmp_path: Path, s3_store: S3ObjectStore, key: str) -> None:
    for store in (FolderObjectStore(tmp_path), s3_store):
        with pytest.raises(ValueError, match="not an object key"):
            store.put(key, b"")


def test_a_file_that_is_still_being_written_is_no_key(tmp_path: Path) -> None:
    store = FolderObjectStore(tmp_path)
    store.put("a/one", b"1")
    (tmp_path / "a" / "~half").write_bytes(b"")
    assert store.keys("a") == ["a/one"]


def test_a_link_to_an_s3_is_signed_and_a_folder_has_none(s3: Settings, s3_store: S3ObjectStore, tmp_path: Path) -> None:
    link = s3_store.link("a/one", seconds=60)
    assert link.startswith(f"{s3.s3_endpoint}/overskill/a/one?")
    assert "X-Amz-Expires=60" in link
    assert FolderObjectStore(tmp_path).link("a/one", seconds=60) == ""


def test_a_bucket_that_is_not_there_is_told(s3: Settings) -> None:
    store = S3ObjectStore(s3_settings(s3.s3_endpoint, "another"))
    with pytest.raises(Unavailable, match="S3_BUCKET"):
        store.put("a/one", b"")


@pytest.mark.parametrize("code", ["AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"])
def test_a_key_that_is_refused_is_told(s3_store: S3ObjectStore, code: str) -> None:
    client = s3_store._client
    with Stubber(client) as stubber:
        for method in ("put_object", "get_object", "list_objects_v2"):
            stubber.add_client_error(method, service_error_code=code, http_status_code=403)
        for ask in (lambda: s3_store.put("a/one", b""), lambda: s3_store.get("a/one"), lambda: s3_store.keys("a")):
            with pytest.raises(Unavailable, match="S3_ACCESS_KEY_ID"):
                ask()


def test_an_s3_that_does_not_answer_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overskill.clients.s3_objects.TRIES", 1)
    with pytest.raises(Unavailable, match="does not answer"):
        S3ObjectStore(s3_settings("http://127.0.0.1:1")).get("a/one")


def test_a_folder_that_takes_nothing_more_says_so_and_keeps_no_half_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderObjectStore(tmp_path)

    def is_full(_: Path, __: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", is_full)
    with pytest.raises(Unavailable, match="No space left"):
        store.put("a/one.json", b"1")
    assert list((tmp_path / "a").iterdir()) == []
