"""A package.json that is saved by hand, and what it names: installed while nobody waits for the app."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from overskill.clients.bundler import FakeBundler
from overskill.clients.package_store import FakePackageStore
from overskill.clients.registry import FakeRegistry, Listing
from overskill.container import Container
from overskill.db import run, transaction
from overskill.models import App, VersionCause
from overskill.services.apps.files import checksum, read_files, write_files
from overskill.services.apps.saving import FileChange
from overskill.services.apps.versions import find_version, save_version
from overskill.services.generation import open_preview
from overskill.services.packages import Pins, WithPackages
from overskill.services.packages.providing import LATELY
from overskill.services.studio_files import SavedFiles, save
from tests.factories import STARTER, make_app, make_user
from tests.services.packages.shelves import release

CODE, MANIFEST = "src/App.tsx", "package.json"
GLOBE, MAPS = '"globe-gl": "2.1.0"', '"maps": "3.0.0"'


def naming(*, before: str = "", after: str = "") -> str:
    """With a line between the two, so that changes of both can be merged."""
    lines = [before, '"react": "^19.0.0"', after, '"zod": "^4.0.0"']
    return '{\n  "dependencies": {\n' + ",\n".join(f"    {line}" for line in lines if line) + "\n  }\n}\n"


class CountingRegistry(FakeRegistry):
    asked: int = 0

    def find(self, name: str) -> Listing | None:
        self.asked += 1
        return super().find(name)


@dataclass
class Editor:
    """An app that is open in a browser, and what is around it."""

    services: Container
    app: App
    registry: CountingRegistry
    store: FakePackageStore
    now: float = 0.0

    def save(self, path: str, text: str, base: str, *, is_pinned: bool = False) -> SavedFiles:
        change, services = FileChange(path, text, checksum(base)), self.services
        pins = Pins(services.shelf) if is_pinned else None
        user_id, slug = self.app.creator_id, self.app.slug
        return run(save, user_id, slug, [change], pins=pins, bundler=services.bundler, log=services.progress)

    def files(self) -> dict[str, str]:
        with transaction() as session:
            return read_files(session, self.app.id)

    def builds(self) -> bool:
        with transaction() as session:
            return find_version(session, self.app.id, session.get_one(App, self.app.id).current_version).builds


@pytest.fixture
def editor(services: Container) -> Editor:
    registry, store = CountingRegistry(), FakePackageStore()
    registry.add(release("globe-gl", "2.1.0"))
    registry.add(release("maps", "3.0.0"))
    shelf = replace(services.shelf, registry=registry, store=store)
    with transaction() as session:
        app = make_app(session, make_user(session))
        write_files(session, app.id, {MANIFEST: naming()})
        save_version(session, app, note="Written", cause=VersionCause.GENERATION)
    bundler = WithPackages(FakeBundler(), shelf, clock=lambda: editor.now)
    editor = Editor(replace(services, shelf=shelf, bundler=bundler), app, registry, store)
    bundler.open(app.preview_key, editor.files())
    return editor


def once(action: Callable[[], object]) -> Callable[[], None]:
    pending = [action]

    def act() -> None:
        while pending:
            pending.pop()()

    return act


def test_while_packages_are_installed_others_save(editor: Editor) -> None:
    editor.store.meanwhile = lambda: editor.save(CODE, "x\n", STARTER[CODE])
    saved = editor.save(MANIFEST, naming(before=GLOBE), naming())
    assert saved.diagnostics == ()
    assert editor.files()[CODE] == "x\n"
    assert editor.files()[MANIFEST] == naming(before=GLOBE)


def test_what_two_people_add_at_once_is_installed_together(editor: Editor) -> None:
    editor.store.meanwhile = once(lambda: editor.save(MANIFEST, naming(after=MAPS), naming()))
    saved = editor.save(MANIFEST, naming(before=GLOBE), naming())
    assert editor.files()[MANIFEST] == naming(before=GLOBE, after=MAPS)
    assert {"globe-gl": "2.1.0", "maps": "3.0.0"} in [made.wanted for made in editor.store.sets]
    assert saved.diagnostics == ()
    assert editor.builds()


def test_a_package_that_can_not_be_had_is_saved_and_said(editor: Editor) -> None:
    saved = editor.save(MANIFEST, naming(before='"no-such": "1.0.0"'), naming())
    assert [found.message for found in saved.diagnostics] == ["There is no npm package no-such. Check its name."]
    assert not editor.builds()


def test_what_can_not_be_had_is_asked_for_again_only_after_a_while(editor: Editor) -> None:
    refused = naming(before='"no-such": "1.0.0"')
    editor.save(MANIFEST, refused, naming())
    asked = editor.registry.asked
    (still,) = editor.save(MANIFEST, f"{refused}\n", refused).diagnostics
    assert "no-such" in still.message
    assert editor.registry.asked == asked
    editor.registry.add(release("no-such", "1.0.0"))
    editor.now += LATELY
    assert editor.save(MANIFEST, refused, f"{refused}\n").diagnostics == ()


def test_a_preview_that_is_opened_waits_for_its_packages_without_a_transaction(editor: Editor) -> None:
    services, key = editor.services, editor.app.preview_key
    with transaction() as session:
        write_files(session, editor.app.id, {MANIFEST: naming(before=GLOBE)})
    editor.store.meanwhile = lambda: editor.save(CODE, "x\n", STARTER[CODE])

    run(lambda session: open_preview(session, editor.app, services.bundler, settings=services.settings))
    assert services.bundler.update(key, {}).diagnostics == ()
    assert [made.wanted for made in editor.store.sets] == [{"globe-gl": "2.1.0"}]


def test_a_range_is_saved_as_the_version_it_takes_and_that_is_said(editor: Editor) -> None:
    saved = editor.save(MANIFEST, naming(before='"globe-gl": "^2.0.0"'), naming(), is_pinned=True)
    assert editor.files()[MANIFEST] == naming(before=GLOBE)
    assert [(file.text, file.checksum) for file in saved.files] == [
        (naming(before=GLOBE), checksum(naming(before=GLOBE)))
    ]
    assert saved.said == ("globe-gl: “^2.0.0” became 2.1.0.",)
    assert [made.wanted for made in editor.store.sets] == [{"globe-gl": "2.1.0"}]


def test_a_range_is_pinned_beside_what_others_add_at_once(editor: Editor) -> None:
    editor.store.meanwhile = once(lambda: editor.save(MANIFEST, naming(after=MAPS), naming()))
    saved = editor.save(MANIFEST, naming(before='"globe-gl": "*"'), naming(), is_pinned=True)
    assert editor.files()[MANIFEST] == naming(before=GLOBE, after=MAPS)
    assert saved.files[0].text == naming(before=GLOBE, after=MAPS)


def test_a_range_that_can_not_be_had_is_saved_as_it_is_typed(editor: Editor) -> None:
    editor.registry.is_down = True
    typed = naming(before='"globe-gl": "^2.0.0"')
    saved = editor.save(MANIFEST, typed, naming(), is_pinned=True)
    assert editor.files()[MANIFEST] == typed
    assert (saved.files[0].text, saved.said) == (None, ())
    assert [found.line for found in saved.diagnostics] == [3]
