"""The zips that go to builders elsewhere, and what comes back."""

import io
import json
import zipfile

import pytest

from overskill.clients.builders import BuildRequest, FakeBuilder
from overskill.clients.builders.archive import pack_bundle, pack_files, unpack_bundle
from overskill.clients.builders.local import LocalBuilder
from overskill.clients.builders.protocol import BuilderDown, is_the_apps_fault
from overskill.clients.bundler import Asset, BuildFailed, Bundle, Diagnostic, FakeBundler
from overskill.errors import InvalidInput, Unavailable

FILES = {"src/App.tsx": "export default () => <p>Grüße</p>;", "index.html": "<p>"}
REQUEST = BuildRequest(FILES, "lock", "release", "production", "deployment")


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_json", ".json"), text)
    return buffer.getvalue()


def test_a_bundle_comes_back_as_it_was_packed() -> None:
    assets = {"/index.html": Asset(b"<p>", "text/html; charset=utf-8"), "/assets/a ü.wasm": Asset(b"\0asm", "x/y")}
    unpacked = unpack_bundle(pack_bundle(Bundle(assets, size=7, milliseconds=1)), milliseconds=12.0)
    assert (unpacked.assets, unpacked.size, unpacked.milliseconds) == (assets, 7, 12.0)


def test_the_same_files_make_the_same_zip_in_any_order() -> None:
    assert pack_files(FILES) == pack_files(dict(reversed(FILES.items())))


def test_a_zip_for_a_builder_holds_the_files_as_they_are() -> None:
    with zipfile.ZipFile(io.BytesIO(pack_files(FILES))) as archive:
        assert archive.read("files/src/App.tsx").decode() == FILES["src/App.tsx"]


def test_what_does_not_build_elsewhere_is_told_as_if_it_were_here() -> None:
    found = {"file": "src/App.tsx", "message": "Unexpected token", "line": 3, "column": 1, "code": "syntax"}
    with pytest.raises(BuildFailed, match=r"src/App\.tsx:3: Unexpected token") as failed:
        unpack_bundle(zipped(result_json=json.dumps({"diagnostics": [found]})), milliseconds=0)
    assert failed.value.diagnostics == (Diagnostic("src/App.tsx", "Unexpected token", 3, 1, "syntax"),)


def test_what_is_refused_elsewhere_is_refused() -> None:
    with pytest.raises(InvalidInput, match="is not a path"):
        unpack_bundle(zipped(result_json=json.dumps({"refused": "../x is not a path."})), milliseconds=0)


@pytest.mark.parametrize("result", ['{"types": {}}', '{"types": {}, "release": "older"}', '{"refused": "No."}'])
def test_an_answer_of_another_release_is_the_builders_fault_whatever_it_is(result: str) -> None:
    with pytest.raises(BuilderDown, match="not of this release"):
        unpack_bundle(zipped(result_json=result), milliseconds=0, release="newer")


def damaged() -> bytes:
    """The bytes of its one entry are no longer what was packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", '{"types": {}}' * 50)
    content = bytearray(buffer.getvalue())
    at = content.index(b"result.json") + len("result.json")
    content[at : at + 4] = b"\xff" * 4
    return bytes(content)


def said_to_be(flags: int, method: int = zipfile.ZIP_STORED) -> bytes:
    """Its one entry says that it is encrypted (1), or packed in a way that nobody knows."""
    content = bytearray(zipped(result_json='{"types": {}}'))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + place
        content[at], content[at + 2] = flags, method
    return bytes(content)


@pytest.mark.parametrize(
    "archive",
    [
        *(b"", b"<html>", zipped(), zipped(result_json="[]")),
        zipped(result_json='{"types": {"/gone.js": "text/plain"}}'),
        *(damaged(), said_to_be(1), said_to_be(0, 77), zipped(result_json="[" * 100_000)),
    ],
    ids=[
        *("nothing", "no zip", "no result", "no object", "a file is missing"),
        *("damaged", "encrypted", "packed in an unknown way", "nested without end"),
    ],
)
def test_what_no_builder_of_ours_made_is_the_builders_fault(archive: bytes) -> None:
    with pytest.raises(Unavailable, match="can't be read") as raised:
        unpack_bundle(archive, milliseconds=0)
    assert not is_the_apps_fault(raised.value)


def test_an_archive_that_unpacks_to_far_more_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("files/x", "w") as entry:
        for _ in range(65):
            entry.write(bytes(1024 * 1024))
    with pytest.raises(InvalidInput, match="larger than 64 MB"):
        unpack_bundle(buffer.getvalue(), milliseconds=0)


def test_the_local_builder_builds_with_the_bundler() -> None:
    bundler = FakeBundler()
    assert LocalBuilder(bundler).build(REQUEST).assets == bundler.build(FILES).assets


def test_an_app_that_does_not_build_is_not_the_builders_fault() -> None:
    bundler = FakeBundler(diagnostics=(Diagnostic("src/App.tsx", "Unexpected token"),))
    with pytest.raises(BuildFailed) as raised:
        LocalBuilder(bundler).build(REQUEST)
    assert is_the_apps_fault(raised.value)


def test_the_fake_fails_as_often_as_it_is_told() -> None:
    builder = FakeBuilder(errors=[Unavailable("Down.")])
    with pytest.raises(Unavailable):
        builder.build(REQUEST)
    assert builder.build(REQUEST).assets["/index.html"].content == b"<p>"
