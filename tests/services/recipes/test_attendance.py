"""Who was there: groups, members, dates and marks."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def groups(spec: AppSpec) -> tuple[str, ...]:
    group = spec.main.field("group") if spec.main else None
    return group.options if group else ()


@pytest.mark.parametrize(
    ("prompt", "plural", "expected"),
    [
        (
            "sunday school attendance for three classes: Lambs, Shepherds and Disciples",
            "children",
            ("Lambs", "Shepherds", "Disciples"),
        ),
        ("attendance for U10, U12 and U14 teams", "players", ("U10", "U12", "U14")),
        ("kids attendance at summer camp, groups: Bears, Foxes, Owls", "children", ("Bears", "Foxes", "Owls")),
        (
            "staff attendance by department: Kitchen, Service, Office",
            "employees",
            ("Kitchen", "Service", "Office"),
        ),
        ("class register for 5A and 5B", "students", ("5A", "5B")),
        ("student absences in four classes", "students", ("Class 1", "Class 2", "Class 3", "Class 4")),
        ("who came to practice", "players", ()),
        ("mark students present or absent", "students", ()),
        ("choir rehearsal attendance", "singers", ()),
        ("employee attendance", "employees", ()),
        ("roll call for scouts", "scouts", ()),
        ("track attendance of volunteers at the food bank", "volunteers", ()),
        ("keep track of who attends our weekly prayer meeting", "members", ()),
        ("register of attendance for volunteers", "volunteers", ()),
        ("church attendance by service", "members", ()),
        ("who attended our book club meetings", "members", ()),
    ],
)
def test_groups_are_those_that_are_named_or_counted(prompt: str, plural: str, expected: tuple[str, ...]) -> None:
    spec = planned(prompt)
    assert spec.main is not None
    assert (spec.kind, spec.main.plural, groups(spec)) == ("attendance", plural, expected)


def test_everyone_in_a_group_has_a_name() -> None:
    spec = planned("sunday school attendance for three classes: Lambs, Shepherds and Disciples")
    assert spec.main is not None
    assert {row["group"] for row in spec.main.samples} == {"Lambs", "Shepherds", "Disciples"}
    assert len({row["name"] for row in spec.main.samples}) == len(spec.main.samples)


def test_there_are_as_many_as_the_prompt_says() -> None:
    spec = planned("class attendance for 28 students")
    assert spec.main is not None
    assert len({row["name"] for row in spec.main.samples}) == 28


def test_those_who_are_named_are_on_the_list() -> None:
    spec = planned("attendance sheet for Anna, Ben, Carla and Dan")
    assert spec.main is not None
    assert [row["name"] for row in spec.main.samples] == ["Anna", "Ben", "Carla", "Dan"]


@pytest.mark.parametrize(
    ("prompt", "days"),
    [
        ("sunday school attendance", [0]),
        ("football training attendance on mondays and fridays", [1, 5]),
        ("employee attendance", [1, 2, 3, 4, 5]),
    ],
)
def test_they_meet_on_the_days_that_are_said_or_usual(prompt: str, days: list[int]) -> None:
    assert planned(prompt).content["days"] == days


def test_being_late_is_a_mark_when_asked_for() -> None:
    assert "late" in planned("attendance tracker for my yoga class with late arrivals").content["marks"]
    assert "late" not in planned("employee attendance").content["marks"]


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("who is coming to our wedding, what they eat and where they sit", "tracker"),
        ("track my gym attendance streak", "habits"),
        ("vacation requests of employees", "tracker"),
        ("guest list for the gala", "tracker"),
        ("employee directory", "tracker"),
        ("rehearsals and concerts of our choir", "tracker"),
        ("birthday presents I gave", "tracker"),
        ("members of our club with email", "tracker"),
        ("student grades", "tracker"),
    ],
)
def test_guests_requests_and_directories_are_other_apps(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind
