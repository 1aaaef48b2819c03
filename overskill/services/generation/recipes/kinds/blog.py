"""Posts to read and a form to write them."""

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.subject import subject_phrase
from overskill.services.generation.recipes.words import headline, sentence

PATTERN = (
    r"\bblogs?\b|\bwrit(e|ing) about\b|\bblogging\b|\b(write|publish|share) (my )?(posts|articles|"
    r"essays|stories)\b|\bonline magazine\b|\btravel journal\b|\bnews ?site\b"
)
WEIGHT = 3.1
_BODY = (
    "It began, as these things do, with a small annoyance. I wrote it on the back of a receipt and "
    "forgot about it for a week.\n"
    "Then I noticed that I kept coming back to it. Not because it was important, but because nobody "
    "seemed to have a good answer. "
    "So I asked three people who should know, and got four opinions.\n"
    "What follows is not advice. It is what I tried, what went wrong, and the one thing I would do again tomorrow. "
    "If you do it differently, write to me: I collect these."
)


def plan(brief: Brief) -> AppSpec:
    subject = subject_phrase(brief.about) or "making things"
    fields = _fields()
    rows = records(fields, [(*post, f"{post[4]}\n{_BODY}") for post in _posts(subject)])
    entity = Entity("post", "posts", "Newspaper", fields, samples=rows)
    look = {
        "names": [f"{headline(subject)} Notes", f"On {headline(subject)}", f"The {headline(subject)} Letter"],
        "hue": "rose",
        "icon": "Feather",
        "font": "serif",
    }
    return make_app(
        brief,
        "blog",
        look,
        [page("blog", "Posts", entity)],
        entities=(entity,),
        tagline=f"{sentence(subject)}, slowly and in plain words.",
    )


def _fields() -> tuple[Field, ...]:
    return (
        field_from_notation("Title!"),
        Field("category", "Category", "select", ("Essays", "Field notes", "How-to")),
        field_from_notation("Date: date"),
        field_from_notation("Author"),
        field_from_notation("Summary: longtext"),
        field_from_notation("Text: longtext"),
    )


def _posts(subject: str) -> tuple[tuple[str, str, int, str, str], ...]:
    """Title, category, days from today, author, summary."""
    return (
        (
            f"What I wish I had known about {subject}",
            "Essays",
            -1,
            "Robin Hale",
            "Three years in, the list of things nobody tells you is longer than the list of things they do.",
        ),
        (
            f"A beginner's week with {subject}",
            "Field notes",
            -6,
            "Robin Hale",
            "Seven days, seven small mistakes, and why the fourth one turned out to be useful.",
        ),
        (
            f"The quiet side of {subject}",
            "Essays",
            -13,
            "Ines Marchetti",
            "Everybody shows the result. This is about the mornings before it.",
        ),
        (
            "Tools I actually kept",
            "How-to",
            -21,
            "Robin Hale",
            "I bought eleven things. Four are still on the table, and two of those were free.",
        ),
        (
            "Questions from readers",
            "Field notes",
            -34,
            "Ines Marchetti",
            "You asked, we tried, the kitchen is still standing.",
        ),
    )
