"""A page is about what was named, and shows all of it."""

from collections.abc import Iterator

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.palette import HUES
from overskill.services.generation.recipes.sites.facts import calendar_day, find_facts
from overskill.services.generation.recipes.sites.lists import find_lists
from overskill.services.generation.recipes.sites.phrases import find_phrase
from overskill.services.generation.recipes.spec import AppSpec, Section
from overskill.services.generation.recipes.views import write_app

KINDS = frozenset(
    "rows features quotes faq contact people gallery prices tracks newsletter story support map countdown links "
    "note".split()
)


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def written(spec: AppSpec) -> str:
    return "\n".join(write_app(spec).values())


def titles(spec: AppSpec) -> list[str]:
    return [section.title for section in spec.sections]


def section(spec: AppSpec, section_id: str) -> Section:
    return next(one for one in spec.sections if one.id == section_id)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("menu of my little café", ("Café", "Flat white", "Opening hours")),
        ("website for a bike repair shop", ("Bike repair shop", "Flat tyre", "Brakes and gears")),
        ("portfolio for a wedding photographer", ("Wedding photographer", "The first dance", "Is your date free?")),
        ("page to save the old cinema, 2000 signatures", ("Save the old cinema", "const GOAL = 2000", "Add my name")),
        ("website for a dentist", ("Dentist", "Cleaning", "Make an appointment")),
        ("page for our chess club", ("Chess club", "Tournament", "Join us")),
        ("website for our village church with service times", ("Village church", "Service times")),
        ("landing page for an app that waters plants by itself", ("An app that waters plants by itself",)),
        ("website about the history of our village", ("All about the history of our village",)),
        ("fan page for Taylor Swift", ("Taylor Swift",)),
        ("site for a taxi company in Graz", ("Taxi company in Graz", "To the airport")),
        ("website for a kindergarten", ("Kindergarten", "Ask for a place")),
        ("page for my podcast about trains", ("Podcast about trains", "Episodes")),
        ("site for a tattoo studio", ("Tattoo studio", "Half a day")),
        ("website for our winery", ("Winery", "Riesling, dry")),
        ("page for a campsite by a lake", ("Campsite", "Pitches by the lake")),
        ("my cv, I am a nurse in Toronto with 10 years of experience", ("Nurse in Toronto", "10 years of experience")),
        ("personal website of a software developer", ("Software developer", "Projects")),
        ("page for the marathon in Ghent", ("Marathon in Ghent", "Half marathon")),
        ("website for an animal shelter", ("Animal shelter", "Looking for a home")),
        ("a tribute page for my grandmother Rosa", ("Rosa", "In loving memory")),
        ("landing page for a hackathon", ("36 hours to build something", "Hackathon")),
        ("page for my lost cat", ("Lost cat", "What to look for")),
        ("website for a vet", ("Vet", "Vaccination")),
        ("site of a real estate agent", ("Real estate agent", "Homes on offer")),
        ("website for the volunteer fire department", ("Volunteer fire department", "Training times")),
        ("coming soon page for a board game about bees", ("Board game about bees", "Play it first")),
        ("site for my uncle's butcher shop", ("Butcher shop", "At the counter")),
    ],
)
def test_a_page_is_about_its_subject(prompt: str, shown: tuple[str, ...]) -> None:
    spec = planned(prompt)
    text = written(spec)
    assert spec.kind == "landing"
    assert [one for one in shown if one not in text] == []


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("website for a piano tuning business", "Piano tuning, the usual job"),
        ("page for an aquarium cleaning service", "Aquarium cleaning, a small job"),
        ("website for our kite flying society", "Kite flying together"),
        ("page for a pumpkin carving contest", "Pumpkin carving contest"),
        ("I am a beekeeper and need a page", "beekeeper"),
        ("site against the new highway", "Against the new highway"),
        ("page for a planetarium", "Planetarium"),
        ("website for the Scottish origami weekend", "Scottish origami weekend"),
    ],
)
def test_a_subject_that_nobody_knows_is_told_in_the_words_of_the_prompt(prompt: str, words: str) -> None:
    text = written(planned(prompt))
    assert words.lower() in text.lower()
    assert "{" + "subject}" not in text
    assert "{" + "Thing}" not in text


@pytest.mark.parametrize(
    ("prompt", "family_section"),
    [
        ("page for a drone inspection agency", "Services and prices"),
        ("site for our falconry club", "When we meet"),
        ("page for the lantern night", "Programme"),
        ("my work as a restorer, a page", "Selected work"),
        ("a page for a new footbridge", "Why it matters"),
        ("website for a puzzle lounge", "Visit us"),
        ("page for my glass harmonica lessons", "How we work"),
        ("site for an exoskeleton startup", "What it does"),
    ],
)
def test_what_a_thing_is_called_tells_its_family(prompt: str, family_section: str) -> None:
    assert family_section in titles(planned(prompt))


def test_things_that_are_listed_are_the_rows_of_the_main_section() -> None:
    spec = planned("site for a watercolor school, three courses: beginner, advanced, kids")
    assert section(spec, "offers").title == "Courses and prices"
    assert [row[0] for row in section(spec, "offers").content["items"]] == ["Beginner", "Advanced", "Kids"]


def test_listed_things_keep_their_prices() -> None:
    spec = planned("pizzeria website, menu: margherita 9€, diavola 11€, quattro formaggi 12€")
    rows = {row[0]: row[2] for row in section(spec, "offers").content["items"]}
    assert rows == {"Margherita": "9€", "Diavola": "11€", "Quattro formaggi": "12€"}


def test_things_after_offering_are_the_services() -> None:
    spec = planned("site for a roofing contractor offering repairs, replacement, inspection and gutter cleaning")
    names = [row[0] for row in section(spec, "offers").content["items"]]
    assert names == ["Repairs", "Replacement", "Inspection", "Gutter cleaning"]


def test_speakers_in_brackets_are_the_people_of_the_page() -> None:
    spec = planned("landing page for a conference with speakers (Ada Lovelace, Alan Turing) and tickets")
    assert [row[0] for row in section(spec, "speakers").content["items"]][:2] == ["Ada Lovelace", "Alan Turing"]


def test_sections_are_called_as_the_prompt_calls_them_and_written_once() -> None:
    spec = planned("site for our food truck with opening hours, menu and a map")
    assert [one.kind for one in spec.sections].count("contact") == 1
    assert {"Menu", "Map"} <= set(titles(spec))
    assert "Opening hours" in written(spec)


def test_a_wedding_has_the_couple_the_day_the_place_and_an_answer_form() -> None:
    spec = planned("wedding website for Anna and Tom on June 14 in Tuscany with RSVP, schedule and gift registry")
    assert spec.name == "Anna & Tom"
    assert {"Schedule", "Gift registry", "RSVP"} <= set(titles(spec))
    text = written(spec)
    assert "June 14" in text
    assert "Tuscany" in text
    assert "Will you come?" in text


def test_a_programme_begins_when_the_prompt_says() -> None:
    spec = planned("page for the lantern night on Friday at 6pm")
    assert section(spec, "programme").content["items"][0][2] == "6pm"
    assert section(spec, "programme").content["items"][1][2] == "19:00"


def test_a_price_from_which_things_begin_is_that_of_the_cheapest() -> None:
    rows = section(planned("website for a barber in York, from £20"), "offers").content["items"]
    assert "from £20" in [row[2] for row in rows]
    assert not [row for row in rows if "$" in row[2]]


def test_named_people_are_on_the_page() -> None:
    spec = planned("landing page for a yoga retreat in Bali led by Maya Lin")
    assert "Maya Lin" in list(strings([dict(one.content) for one in spec.sections]))


def test_what_the_writer_tells_is_the_story() -> None:
    spec = planned("website for my bakery. We bake with flour from our own mill. Please make it warm.")
    assert any(one.kind == "story" and "our own mill" in one.content["text"] for one in spec.sections)
    assert "make it warm" not in written(spec)


def test_only_the_sections_of_an_explicit_list_are_written() -> None:
    assert [one.kind for one in planned("website for our club. Sections: about, gallery, contact").sections] == [
        "story",
        "gallery",
        "contact",
    ]


def test_a_goal_in_money_asks_for_gifts() -> None:
    support = section(planned("crowdfunding page for a new skate park, goal $25,000"), "support")
    assert (support.content["mode"], support.content["goal"]) == ("give", 25000)


@pytest.mark.parametrize(
    ("text", "when", "place"),
    [
        ("wedding on June 14 in Tuscany", "June 14", "Tuscany"),
        ("birthday on Saturday June 3 at 3pm at Riverside Park", "Saturday June 3, 3pm", "Riverside Park"),
        ("book club that meets every first Tuesday at the library", "Every first Tuesday", "the library"),
        ("marathon on 12 October 2026 in Ghent, 9:00", "12 October 2026, 9:00", "Ghent"),
        ("a page in English with photos in the header", "", ""),
    ],
)
def test_dates_and_places_are_read_as_they_stand(text: str, when: str, place: str) -> None:
    facts = find_facts(text)
    assert (facts.when, facts.place) == (when, place)


def test_opening_hours_are_not_the_time_of_an_event() -> None:
    facts = find_facts("barber, Mon-Fri 9-18, Sat 10-14 in Leeds from £20")
    assert facts.hours == ("Mon-Fri 9-18", "Sat 10-14")
    assert (facts.time, facts.price, facts.place) == ("", "from £20", "Leeds")


def test_a_date_can_be_counted_down_to() -> None:
    assert calendar_day("Saturday, 14 June 2031") == {"month": 6, "day": 14, "year": 2031}
    assert calendar_day("next Friday") == {}


@pytest.mark.parametrize(
    ("prompt", "subject", "name"),
    [
        ("page for my band The Wombles", "band", "The Wombles"),
        ("a site for Lumen, an app that reminds you to drink", "app", "Lumen"),
        ("website for Joe's Pizza in Brooklyn", "", "Joe's Pizza"),
        ("Portfolio of Maria Lopez, illustrator", "illustrator", "Maria Lopez"),
        ("I'm a UX designer from Lisbon and need a site", "UX designer", ""),
        ("our daughter Emma's first birthday invitation", "birthday", "Emma's first birthday"),
        ("a dentist website", "dentist", ""),
        ("help me promote my dog walking business in Leeds", "dog walking business", ""),
    ],
)
def test_the_subject_and_its_proper_name_are_told_apart(prompt: str, subject: str, name: str) -> None:
    phrase = find_phrase(prompt)
    assert (phrase.subject, phrase.name) == (subject, name)


def test_lists_are_split_at_commas_and_the_last_and() -> None:
    listed = find_lists("salon: cut and colour, balayage and blow dry")[0]
    assert [item.name for item in listed.items] == ["Cut and colour", "Balayage", "Blow dry"]


@pytest.mark.parametrize("key", sorted(shelf("subjects")))
def test_what_is_known_of_a_subject_is_whole(key: str) -> None:
    entry = shelf("subjects")[key]
    first = str(entry["match"]).split()[0].replace("-", " ")
    spec = planned(f"website for our {first}")
    assert entry.get("hue", shelf("families")[entry["family"]]["hue"]) in HUES
    assert entry["family"] in shelf("families")
    assert spec.kind == "landing"
    assert {one.kind for one in spec.sections} <= KINDS
    assert "{" not in spec.tagline


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("a directory of local businesses", "tracker"),
        ("a timer page for my running club", "timer"),
        ("track the pages I read", "tracker"),
        ("who is coming to our wedding, what they eat and where they sit", "tracker"),
        ("website to sell candles", "shop"),
        ("guest book for our wedding", "feed"),
        ("a blog about my café", "blog"),
        ("vote on a name for our band", "poll"),
        ("let people book a haircut with me", "booking"),
        ("clients of my salon and what each deal is worth", "crm"),
        ("quiz about dinosaurs", "quiz"),
        ("tip calculator for our restaurant", "calculator"),
        ("sales dashboard of my shop", "dashboard"),
        ("our choir's rehearsals and concerts", "tracker"),
        ("notes for my biology class", "notes"),
    ],
)
def test_pages_take_nothing_from_their_neighbours(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind
