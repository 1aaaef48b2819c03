"""A place to write."""

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field

PATTERN = (
    r"\bnotes? ?-?(app|taking|keeper|pad|book)\b|\btak(e|ing) (\w+ )?notes\b|\bnote-?taking\b|"
    r"\bnote(book|pad)s?\b|\bjot\b|\bscratch ?pad\b|\bwrite down\b|\b(my|our|meeting|class|lecture|"
    r"quick|sticky|study|private|markdown) notes\b|^(some )?notes\b|\bnotes for\b|\bmemos?\b|"
    r"\bnotizen\b|\bnotas\b"
)
WEIGHT = 2.8
_TAGS = {
    "meeting": ("Meetings", "Decisions", "To do"),
    "lecture": ("Lectures", "Reading", "Exam"),
    "class": ("Lectures", "Reading", "Exam"),
    "study": ("Lectures", "Reading", "Exam"),
    "recipe": ("Savoury", "Sweet", "To try"),
}
_ROWS = (
    (
        "Read me first",
        "Everything you type is kept as you type. Pin what you need often, tag the rest, and search for any word.",
        0,
        True,
        0,
    ),
    (
        "Ideas for the long weekend",
        "Train to the lake, borrow the tent from Sam.\nBack-up for rain: the textile museum, then soup.",
        0,
        False,
        -1,
    ),
    (
        "Call with Harper & Co",
        "They want the first draft by the 12th.\nOpen: who signs off the pictures?\nNext call on Tuesday.",
        1,
        False,
        -2,
    ),
    ("Books people keep mentioning", "Piranesi\nThe Overstory\nA Psalm for the Wild-Built", 2, False, -6),
    (
        "Soup that worked",
        "Roast the squash first. Ginger, lime, coconut milk. More salt than you think.",
        2,
        False,
        -11,
    ),
)


def plan(brief: Brief) -> AppSpec:
    tags = next((tags for word, tags in _TAGS.items() if word in brief.about.lower()), ("Personal", "Work", "Ideas"))
    fields = (
        field_from_notation("Title"),
        Field("tag", "Tag", "select", tags),
        field_from_notation("Text: longtext"),
        field_from_notation("Pinned: boolean"),
        Field("updated", "Updated", "date"),
    )
    rows = records(fields, [(title, tags[tag], text, pinned, updated) for title, text, tag, pinned, updated in _ROWS])
    entity = Entity("note", "notes", "NotebookPen", fields, samples=rows)
    asked = [one for one in brief.fields if one.id not in {"title", "tag", "tags", "text", "pinned", "body"}]
    entity = with_fields(entity, asked if brief.only_these else [])
    entry = {"names": ["Margin", "Jotter", "Second Brain", "Inkwell"], "hue": "amber", "icon": "NotebookPen"}
    return make_app(
        brief,
        "notes",
        entry,
        [page("notes", "Notes", entity)],
        entities=(entity,),
        tagline="A quiet place to write things down.",
    )
