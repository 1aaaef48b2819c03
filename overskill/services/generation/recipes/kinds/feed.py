"""Messages by topic: a feed, a wall, a guest book, a chat among those at the same screen."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field

PATTERN = (
    r"\bchat( room| app)?\b|\bwall\b(?= where| for| to)|\b(post|leave|write|"
    r"exchange) (a )?messages?\b|\bmessag(e|ing) (board|app|wall)\b|\bmessenger\b|\bforum\b|"
    r"\bsocial (network|media|app|feed)\b|\bguest ?book\b|\b(news|activity|social|community|"
    r"photo) ?feed\b|\bfeed\b(?!ing|back)|\btwitter\b|\bcommunity (wall|board|page)\b|\bshout ?box\b|"
    r"\bdiscussion\b|\bbulletin board\b|\bneighbou?rhood (app|board|chat)\b"
)
WEIGHT = 3.0
# The topics for what a prompt says; the last fits everything.
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"neighbou?r|street|village|building", ("News", "Lost and found", "Lend and borrow", "Events")),
    (r"class|school|student|course|study", ("General", "Homework", "Exams", "Off topic")),
    (r"team|work|office|company|project", ("General", "Wins", "Help wanted", "Random")),
    (r"guest ?book|wedding|birthday|memor", ("Wishes", "Memories", "Photos")),
    (r"", ("General", "Questions", "Show and tell", "Meet up")),
)
_MESSAGES = (
    ("Maya", 0, "Good morning! The kettle is on and the window is open.", 6, 0),
    (
        "Jonas",
        1,
        "Does anyone have a ladder that reaches three metres? I promise to bring it back before Sunday.",
        2,
        0,
    ),
    ("Priya", 2, "Finished the thing I have been talking about for weeks. It is crooked and I love it.", 14, -1),
    ("Omar", 0, "Thank you all for yesterday. We should do that again before the leaves are gone.", 9, -1),
    ("Sofia", 1, "Which day suits you better, Thursday or Saturday?", 3, -2),
    ("Ken", 0, "Small reminder: bring a cup of your own.", 4, -4),
)


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    topics = next(topics for pattern, topics in _TOPICS if re.search(pattern, text))
    fields = (
        field_from_notation("Author!"),
        Field("topic", "Topic", "select", topics),
        Field("message", "Message", "longtext"),
        Field("date", "Date", "date"),
        Field("likes", "Likes", "number"),
        Field("liked", "Liked", "boolean"),
    )
    rows = records(
        fields,
        [(who, topics[topic % len(topics)], text, day, likes, False) for who, topic, text, likes, day in _MESSAGES],
    )
    entity = Entity("message", "messages", "MessageCircle", fields, samples=rows)
    is_book = bool(re.search(r"guest ?book|wedding|birthday", text))
    look = {
        "names": ["Guest Book", "Kind Words"] if is_book else ["Commons", "Round the Fire", "Open Window"],
        "hue": "rose" if is_book else "teal",
        "icon": "MessagesSquare",
    }
    return make_app(
        brief,
        "feed",
        look,
        [page("feed", "Guest book" if is_book else "Messages", entity, id="feed")],
        entities=(entity,),
        tagline="Leave a few words." if is_book else "What everyone is up to.",
        content={"prompt": "Write a few kind words…" if is_book else "What is going on?"},
    )
