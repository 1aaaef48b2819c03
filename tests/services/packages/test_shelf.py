"""Adding packages: what may be had, in which version, and why not."""

from datetime import timedelta

import pytest

from overskill.clients.package_store import Caps, Member
from overskill.clients.registry import Advisory
from overskill.errors import OverskillError, Unavailable
from overskill.services.packages import PackageRules
from overskill.services.packages.rules import is_licence_allowed
from tests.services.packages.shelves import NOW, FakeShelf, release


def refusal(shelf: FakeShelf, spec: str, rules: PackageRules | None = None) -> str:
    with pytest.raises(OverskillError) as refused:
        shelf.with_rules(rules).add([spec], {})
    assert shelf.store.sets == []
    return refused.value.message


def test_a_package_is_added_in_its_newest_version_and_says_what_it_is() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl", "1.9.0"), release("globe-gl", "1.10.0"))
    (added,) = shelf.with_rules().add(["globe-gl"], {})
    assert added.sentence == "globe-gl 1.10.0, MIT, 11 KB"


def test_packages_are_installed_together_with_those_that_the_app_has() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("leaflet", "1.9.4"))
    shelf.registry.add(release("react-leaflet", "5.0.0"))
    shelf.with_rules().add(["react-leaflet"], {"leaflet": "1.9.4"})
    assert [made.wanted for made in shelf.store.sets] == [{"leaflet": "1.9.4", "react-leaflet": "5.0.0"}]


def test_what_is_installed_is_not_asked_for_again() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("leaflet", "1.9.4"))
    shelf.with_rules().add(["leaflet"], {})
    shelf.registry.is_down = True
    assert shelf.with_rules().provide({"leaflet": "1.9.4"}) is not None


@pytest.mark.parametrize(
    ("spec", "version"), [("swiper@^11", "11.2.0"), ("swiper@11.1.0", "11.1.0"), ("swiper@latest", "12.0.0")]
)
def test_a_version_that_is_asked_for_is_added(spec: str, version: str) -> None:
    shelf = FakeShelf()
    shelf.registry.add(*(release("swiper", number) for number in ("11.1.0", "11.2.0", "12.0.0")))
    assert shelf.with_rules().add([spec], {})[0].version == version


def test_a_version_that_is_not_there_is_refused_with_the_newest() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("swiper", "12.0.0"))
    assert refusal(shelf, "swiper@11.0.0") == "swiper has no version 11.0.0. The newest is 12.0.0."


def test_the_newest_version_is_passed_over_while_it_is_young() -> None:
    shelf = FakeShelf()
    young = release("swiper", "12.0.1", published=NOW - timedelta(hours=5))
    shelf.registry.add(release("swiper", "12.0.0"), young)
    rules = PackageRules(caps=Caps(days=3))
    assert shelf.with_rules(rules).add(["swiper"], {})[0].version == "12.0.0"
    assert "published less than 3 days ago" in refusal(FakeShelf(shelf.registry), "swiper@12.0.1", rules)


def test_a_lookalike_is_refused_with_what_was_likely_meant() -> None:
    shelf = FakeShelf()
    assert refusal(shelf, "three.js") == "three.js looks like three, but is another package. Did you mean three?"
    shelf.registry.add(release("raect"))
    assert refusal(shelf, "raect") == "raect is little known and looks like react. Did you mean react?"


def test_an_old_package_with_many_versions_may_look_like_another() -> None:
    shelf = FakeShelf()
    shelf.registry.add(*(release("reect", f"1.{minor}.0") for minor in range(12)), created=NOW - timedelta(days=3000))
    assert shelf.with_rules().add(["reect"], {})[0].version == "1.11.0"


def test_a_name_that_is_not_there_is_refused_with_the_nearest() -> None:
    assert refusal(FakeShelf(), "react-leaflit") == "There is no npm package react-leaflit. Did you mean react-leaflet?"
    assert (
        refusal(FakeShelf(), "no-such-thing-at-all") == "There is no npm package no-such-thing-at-all. Check its name."
    )


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("Not A Name", "is not the name of an npm package"),
        ("../../etc", "is not the name of an npm package"),
        ("file:../secret", "is not the name of an npm package"),
        ("child_process", "is a part of Node, which browsers don't have"),
    ],
)
def test_what_is_no_name_is_refused(spec: str, said: str) -> None:
    assert said in refusal(FakeShelf(), spec)


def test_a_version_that_is_known_to_be_unsafe_is_passed_over() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl", "1.0.0"), release("globe-gl", "1.1.0"))
    shelf.registry.known = [Advisory("globe-gl", ">=1.1.0 <1.1.1", "high", "Prototype pollution")]
    assert refusal(shelf, "globe-gl@1.1.0") == (
        "globe-gl 1.1.0 is known to be unsafe: Prototype pollution (high). Use 1.0.0."
    )
    assert shelf.with_rules().add(["globe-gl"], {})[0].version == "1.0.0"


def test_a_package_that_brings_along_something_unsafe_is_refused() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl"))
    shelf.store.brings["globe-gl"] = [Member("shady", "1.0.0", "MIT", 10)]
    shelf.registry.known = [Advisory("shady", "<2.0.0", "critical", "Steals cookies")]
    assert "shady 1.0.0, which it brings along, is known to be unsafe: Steals cookies" in refusal(shelf, "globe-gl")


def test_where_nobody_says_what_is_unsafe_that_is_said_or_refused() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl"))
    shelf.registry.known = None
    assert "does not say which versions" in refusal(shelf, "globe-gl", PackageRules(may_be_unchecked=False))
    assert "could not be checked" in shelf.with_rules().add(["globe-gl"], {})[0].sentence


def test_licences_that_are_not_allowed_are_refused_also_of_what_is_brought_along() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("closed", licence="SEE LICENSE IN licence.txt"))
    shelf.registry.add(release("silent", licence=""))
    shelf.registry.add(release("open"))
    shelf.store.brings["open"] = [Member("viral", "2.0.0", "AGPL-3.0", 10)]
    assert "the licence SEE LICENSE IN licence.txt, which is not allowed" in refusal(shelf, "closed")
    assert "has no licence that can be read" in refusal(shelf, "silent")
    assert "viral 2.0.0 has the licence AGPL-3.0" in refusal(shelf, "open")


@pytest.mark.parametrize(
    ("expression", "is_allowed"),
    [
        ("(MIT OR GPL-3.0)", True),
        ("MIT AND ISC", True),
        ("MIT AND GPL-3.0", False),
        ("GPL-3.0-only AND (MIT OR Apache-2.0)", False),
        ("(GPL-3.0 OR MIT) AND ISC", True),
        ("MIT OR (GPL-3.0 AND Apache-2.0)", True),
        ("MIT OR GPL-3.0 AND Apache-2.0", True),
        ("BSD AND MIT/X11", True),
        ("(MIT", False),
        ("MIT) OR (GPL-3.0", False),
        ("MIT OR", False),
        ("Public Domain", False),
        pytest.param("(" * 5000 + "MIT" + ")" * 5000, False, id="nested-without-end"),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("", False),
    ],
)
def test_a_licence_of_several_parts(expression: str, is_allowed: bool) -> None:
    assert is_licence_allowed(expression, PackageRules().licences) is is_allowed


def test_the_operator_allows_and_denies_by_name() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("@acme/charts", licence=""))
    shelf.registry.add(release("globe-gl"))
    listed = PackageRules(mode="listed", allowed=("@acme/*",))
    assert "only packages from the list" in refusal(shelf, "globe-gl", listed)
    assert "is not allowed on this OverSkill" in refusal(shelf, "globe-gl", PackageRules(denied=("globe-*",)))
    assert "only packages from the list" in refusal(shelf, "globe-gl", PackageRules(mode="off"))
    assert shelf.with_rules(listed).add(["@acme/charts"], {})[0].name == "@acme/charts"


def test_a_deprecated_package_is_refused_with_its_reason() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl", deprecated="Use globe-gl-next instead."))
    assert refusal(shelf, "globe-gl") == "globe-gl 1.0.0 is deprecated: Use globe-gl-next instead."


def test_a_package_made_for_another_react_says_so() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl", peers={"react": "^16.8 || ^17"}))
    assert "It was made for react ^16.8 || ^17; apps have" in shelf.with_rules().add(["globe-gl"], {})[0].note


def test_a_registry_that_is_away_is_said() -> None:
    shelf = FakeShelf()
    shelf.registry.is_down = True
    with pytest.raises(Unavailable, match="does not answer"):
        shelf.with_rules().add(["globe-gl"], {})


def test_what_an_app_has_stays_when_it_is_deprecated_later() -> None:
    shelf = FakeShelf()
    shelf.registry.add(release("globe-gl", deprecated="Use another."))
    assert shelf.with_rules().provide({"globe-gl": "1.0.0"}) is not None
