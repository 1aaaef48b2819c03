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
    r"photo) ?feed\b|\b(a|our|my|the|live) feed\b(?!ing|back)|"
    r"\btwitter\b|\bcommunity (wall|board|page)\b|\bshout ?box\b|"
    r"\bdiscussion\b|\bbulletin board\b|"
    r"\btell (my|our|the|everyone)\b.*\b(what|how|where)\b|\bstatus updates?\b|"
    r"\bwhat (i am|i'm|we are|we're|everyone is|everybody is) (working on|doing|up to)\b|"
    r"\bneighbou?rhood (app|board|chat)\b"
)
WEIGHT = 3.0
_STATUS = r"working on|status update|stand-?up"
# The topics for what a prompt says; the last fits everything.
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"neighbou?r|street|village|building", ("News", "Lost and found", "Lend and borrow", "Events")),
    (_STATUS, ("Working on", "Done", "Stuck", "Away")),
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
_UPDATES = (
    ("Maya", 0, "The new price page. Texts are in, pictures by three o'clock.", 4, 0),
    ("Jonas", 2, "Waiting for access to the old database. Who has the key?", 1, 0),
    ("Priya", 1, "The invoices of last month are out, all forty of them.", 7, 0),
    ("Omar", 0, "Reading what customers wrote this week. Ask me for the best three.", 5, -1),
    ("Sofia", 3, "At the dentist until eleven, then the roadmap.", 2, -1),
    ("Ken", 1, "Search is twice as fast. Please try to break it.", 9, -2),
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
    is_status = bool(re.search(_STATUS, text))
    messages = _UPDATES if is_status else _MESSAGES
    rows = records(
        fields,
        [(who, topics[topic % len(topics)], said, day, likes, False) for who, topic, said, likes, day in messages],
    )
    entity = Entity("message", "messages", "MessageCircle", fields, samples=rows)
    names, title, tagline, question = _words(text, is_status=is_status)
    is_book = title == "Guest book"
    look = {"names": names, "hue": "rose" if is_book else "teal", "icon": "MessagesSquare"}
    return make_app(
        brief,
        "feed",
        look,
        [page("feed", title, entity, id="feed")],
        entities=(entity,),
        tagline=tagline,
        content={"prompt": question},
    )


def _words(text: str, *, is_status: bool) -> tuple[list[str], str, str, str]:
    """Names, the page's title, the tagline and what the empty box asks."""
    if re.search(r"guest ?book|wedding|birthday", text):
        return ["Guest Book", "Kind Words"], "Guest book", "Leave a few words.", "Write a few kind words…"
    if is_status:
        return ["On It", "At Work Today"], "Today", "Who is working on what today.", "What are you working on?"
    return (
        ["Commons", "Round the Fire", "Open Window"],
        "Messages",
        "What everyone is up to.",
        "What is going on?",
    )
