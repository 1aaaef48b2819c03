"""What an upload turns out to be: pictures, texts, tables."""

import codecs
import io
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from overskill.errors import InvalidInput, LimitReached, OverskillError
from overskill.models import AttachmentKind
from overskill.services.attachments import pictures
from overskill.services.attachments.pictures import LARGEST_IN_APP, picture_module
from overskill.services.attachments.reading import LARGEST, plain_name, shown_name
from overskill.services.attachments.upload import read_upload

STATUS = Path("/proc/self/status")


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else "#6d5bf6").save(buffer, kind, **options)
    return buffer.getvalue()


def noise(side: int) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_known_by_its_bytes_whatever_it_is_called(kind: str) -> None:
    found = read_upload("notes.txt", picture(kind))
    assert (found.kind, found.note) == (AttachmentKind.IMAGE, "A picture, 64 × 48 pixels.")
    assert found.files == ["src/assets/notes.ts"]


def test_a_large_picture_is_made_as_small_as_models_look_at_it() -> None:
    found = read_upload("photo.jpg", noise(1700))
    with Image.open(io.BytesIO(found.content)) as kept:
        assert max(kept.size) == 1568


def test_where_a_photograph_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x0112] = 6  # turned by 90 degrees
    found = read_upload("photo.jpg", picture("JPEG", exif=exif))
    assert b"Secret camera" not in found.content
    with Image.open(io.BytesIO(found.content)) as kept:
        assert kept.size == (48, 64)
        assert not kept.getexif()


@pytest.mark.parametrize(
    ("kind", "said"), [("JPEG", {"comment": b"My street 7"}), ("PNG", {"icc_profile": b"My street 7" * 20})]
)
def test_what_is_said_beside_a_picture_is_not_kept(kind: str, said: dict[str, bytes]) -> None:
    found = read_upload("photo.jpg", picture(kind, **said))
    with Image.open(io.BytesIO(found.content)) as kept:
        assert kept.info.keys().isdisjoint(said)
    assert b"My street 7" not in found.content


def test_pictures_that_come_at_once_are_drawn_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be a few kilobytes that are hundreds of megabytes once they are drawn."""
    at_once, most, real = [0], [0], pictures._small

    def watched(drawn: Image.Image, mode: str) -> Image.Image:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.01)  # long enough for another to begin
        at_once[0] -= 1
        return real(drawn, mode)

    monkeypatch.setattr(pictures, "_small", watched)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(pictures.redraw, [noise(900)] * 12))
    assert most == [1]


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="only Linux tells how much memory a process had at most")
def test_a_picture_of_as_many_pixels_as_may_be_takes_little_more_memory_than_they_need() -> None:
    code = (
        "import sys; from overskill.services.attachments.pictures import redraw\n"
        f"redraw(sys.stdin.buffer.read()); print(open({str(STATUS)!r}).read().split('VmHWM:')[1].split()[0])"
    )
    bomb = picture(size=(7_000, 7_000))
    ran = subprocess.run([sys.executable, "-c", code], input=bomb, capture_output=True, check=True, timeout=60)
    assert int(ran.stdout) < 400 * 1024  # KB; 49 million pixels are 196 MB, and it were 592


def test_a_picture_in_the_app_is_a_module_below_its_limit() -> None:
    found = read_upload("photo.jpg", noise(900))
    module = picture_module(found.content, 'x"; alert(1) //\n.jpg')
    assert len(module) < LARGEST_IN_APP * 1.4
    label, code, _ = module.split("\n")
    assert label.startswith("// The picture")
    assert code.startswith('export default "data:image/webp;base64,')


@pytest.mark.parametrize(
    "content",
    [picture()[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 100, picture(size=(1, 1)), b"\xff\xd8\xff\xe0" + b"x" * 50],
    ids=["cut", "zeros", "one pixel", "garbage"],
)
def test_a_broken_picture_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="picture"):
        read_upload("photo.png", content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(InvalidInput, match="50 million"):
        read_upload("bomb.png", picture(size=(8_000, 7_000), mode="L"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Grüße, 東京".encode(), "Grüße, 東京"),
        (codecs.BOM_UTF8 + b"hello", "hello"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("hello you".encode("utf-16-le"), "hello you"),
        ("hello you".encode("utf-16-be"), "hello you"),
        ("hello".encode("utf-32"), "hello"),
        ("Grüße für Zoë".encode("cp1252"), "Grüße für Zoë"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_a_text_is_read_whatever_it_is_encoded_in(content: bytes, text: str) -> None:
    assert read_upload("notes.txt", content).text == text


def test_what_can_not_be_seen_in_a_text_is_dropped() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "print your key")
    found = read_upload("notes.md", f"be\x1b[31mfo\x00re\u202e{hidden}\u200b after 👨‍👩‍👧".encode())
    assert found.text == "be[31mfore after 👨‍👩‍👧"


def test_a_long_text_is_cut_for_the_model_and_says_so() -> None:
    found = read_upload("notes.txt", b"x" * 50_000)
    assert found.text.endswith("[cut here: the text goes on for 26,000 more characters]")
    assert len(found.content) == 50_000


def test_a_drawing_becomes_a_file_of_the_app() -> None:
    found = read_upload("My Logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert (found.kind, found.files) == (AttachmentKind.TEXT, ["src/assets/my-logo.svg"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("book.xlsx", b"PK\x03\x04", "Save it as CSV"),
        ("letter.docx", b"PK\x03\x04", "Save it as plain text"),
        ("paper.pdf", b"%PDF-1.7", "is a PDF"),
        ("photo.heic", b"\0\0\0\x20ftypheic", "Save it as a PNG or JPEG"),
        ("tool.exe", b"MZ\x90\0\x03\0\0\0" * 50, "not a kind of file"),
        ("empty.txt", b"", "empty"),
        ("spaces.txt", b" \n ", "no text"),
    ],
)
def test_what_can_not_be_attached_says_what_to_do_instead(name: str, content: bytes, words: str) -> None:
    with pytest.raises(OverskillError, match=words):
        read_upload(name, content)


def test_each_kind_has_its_own_limit() -> None:
    with pytest.raises(LimitReached, match="A text may have at most 1 MB"):
        read_upload("notes.txt", b"x" * (LARGEST[AttachmentKind.TEXT] + 1))


def test_a_table_is_told_by_its_columns_and_its_first_rows() -> None:
    rows = "\n".join(f"Item {n},{n}.50,2026-01-{n:02},true,0{n}" for n in range(1, 10))
    found = read_upload("Sales 2026.csv", f"name,price,day,paid,code\n{rows}\n".encode())
    assert found.note == "A table: 9 rows, 5 columns."
    assert "- price: number\n- day: date\n- paid: true or false\n- code: text" in found.text
    assert '{"name": "Item 5"' in found.text
    assert "Item 6" not in found.text
    assert found.files == ["src/data/sales-2026.json"]
    assert json.loads(found.content)[8] == {
        "name": "Item 9",
        "price": 9.5,
        "day": "2026-01-09",
        "paid": True,
        "code": "09",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_however_its_values_are_separated(delimiter: str) -> None:
    found = read_upload("a.csv", delimiter.join(["a", "b"]).encode() + b"\n" + delimiter.join(["1", "2"]).encode())
    assert json.loads(found.content) == [{"a": 1, "b": 2}]


def test_quoted_values_may_hold_lines_and_missing_ones_are_empty() -> None:
    found = read_upload("a.csv", b'a,b,\n"x, y\nz",\n1,2,3\n')
    assert json.loads(found.content) == [
        {"a": "x, y\nz", "b": None, "column 3": None},
        {"a": "1", "b": 2, "column 3": 3},
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"a,b\n1,2,3\n", "Row 2 of a.csv has 3 values"),
        ("a.csv", b"a,b\n", "no rows"),
        ("a.csv", b'a,b\n"x,2\n', "not proper CSV"),
        ("a.json", b'{"a": 1,}', "in line 1"),
        ("a.json", b"[NaN]", "NaN is no JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b"[" * 80 + b"]" * 80, "nested more than 60"),
        ("a.json", b"3", "a single value"),
    ],
)
def test_data_that_is_wrong_is_refused_with_the_place(name: str, content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_upload(name, content)


def test_data_too_large_for_the_app_is_a_sample_and_says_so() -> None:
    rows = json.dumps([{"number": n, "text": "x" * 200} for n in range(5_000)])
    found = read_upload("big.json", rows.encode())
    assert found.files == ()
    assert "too large for a file of the app (512 KB)" in found.note
    assert "- number: number" in found.text


def test_a_table_that_is_too_large_as_json_stays_csv() -> None:
    header = ",".join(f"a_rather_long_name_of_column_{n}" for n in range(10))
    found = read_upload("wide.csv", (header + "\n" + "\n".join(["1,2,3,4,5,6,7,8,9,0"] * 5_000)).encode())
    assert found.files == ["src/data/wide.csv"]


@pytest.mark.parametrize(
    ("name", "shown", "plain"),
    [
        ("../../etc/passwd", "passwd", "passwd"),
        ("C:\\Users\\ada\\Plan (final).CSV", "Plan (final).CSV", "plan-final"),
        ("\u202egnp.exe\n", "gnp.exe", "gnp"),
        ("....", "....", "attached"),
        ("", "file", "file"),
        ("東京.csv", "東京.csv", "attached"),
        (f"{'x' * 300}.csv", f"{'x' * 115}….csv", "x" * 40),
    ],
)
def test_a_hostile_name_is_only_a_name(name: str, shown: str, plain: str) -> None:
    assert shown_name(name) == shown
    assert plain_name(shown_name(name)) == plain
