"""How prompts ask for chance: the patterns by which a draw, groups, an order, dice, a coin or numbers are known."""

_NAMED = r"(?:[\w'’&-]+ ){0,3}"
_IDEAS = (
    r"(?:idea|prompt|name|excuse|compliment|joke|insult|quote|story|fact|affirmation|question|character|challenge|"
    r"icebreaker|plot|activity|fortune|pun|nickname|villain|dare|outfit|meal)s?"
)
# A "password generator" makes something, a "colour picker" is a tool.
_NOT_MADE = "".join(
    f"(?<!{word} )"
    for word in "password passcode code invoice palette report pdf ipsum meme resume citation color colour date time "
    "file emoji icon font image".split()
)


def _any_of(*patterns: str) -> str:
    return "|".join(patterns)


GROUPS = _any_of(
    r"\b(?:split|divid\w+|put|assign\w*|mak\w+|creat\w+|generat\w+) (?:[\w'’-]+ ){0,6}?"
    r"(?:random |\d+ |two |three |four |five |equal |even |fair |balanced )+(?:groups?|teams?|pairs)\b(?! names?)",
    r"\b(?:split|divid\w+) (?:[\w'’-]+ ){1,6}?(?:in|into|to) (?:[\w-]+ ){0,2}(?:groups?|teams?|pairs)\b",
    r"\b(?:team|group|pair)s? (?:divider|splitter|maker|generator|picker|randomi[sz]er|shuffler)\b",
    r"\brandom (?:[\w-]+ )?(?:teams?|groups?|pairs)\b(?! names?)",
    r"\bpair(?:s|ing)? (?:up )?(?:[\w-]+ ){0,2}(?:randomly|at random)\b",
)
ORDER = _any_of(
    r"\brandom(?:i[sz]ed?)? (?:[\w-]+ )?(?:order|sequence)\b",
    r"\bwho (?:goes|speaks|presents|plays|starts|is|'s) (?:first|next)\b",
    r"\b(?:speaking|presentation|presenting|draft|batting|turn|running) order\b",
    r"\b(?:list|order) (?:randomi[sz]er|shuffler|picker|generator)\b",
    r"\bshuffl(?:e|es|ing) (?:a |the |my |our )?(?:list|names|order|queue|people|speakers)\b",
)
SANTA = r"\bsecret santa\b(?! wish)|\bkris kringle\b|\bgift exchange\b|\bwichteln\b"
COIN = _any_of(
    r"\bcoin (?:flip|toss)\w*\b",
    r"\b(?:flip|toss)(?:s|ping|ing)? (?:a |the )?coins?\b",
    r"\bheads (?:or|and) tails\b",
)
DICE = _any_of(
    r"\b(?:dice|die|d\d{1,3}) ?(?:roll\w*|app|simulator|thrower|tool|set)\b",
    r"\broll(?:s|ing|er)? (?:[\w-]+ ){0,3}(?:dice|die|\d*d\d{1,3})\b",
    r"^(?:an? |my |some |simple |virtual |digital )*(?:[\w-]+ )?dice\b(?! (?:games?|collection|probab\w*|shop)\b)",
    r"\bdice for\b",
)
NUMBERS = _any_of(
    r"\b(?:random|lottery|lotto|lucky) numbers?\b",
    r"\bnumber (?:generator|picker|drawer|randomi[sz]er)\b",
    r"\blotto\b|\blottery (?:draw\w*|generator|picker|app|machine)\b",
    r"\bpick (?:a |\d+ )?numbers?\b",
)
BINGO = r"\bbingo (?:number|caller|calling|machine|draw)|\bbingo balls?\b"
# Drawn from are people, whatever else is spoken of.
OF_PEOPLE = r"\bwho\b|\bstraws\b|\blots\b|\braffle\b|\bgiveaway\b|\bwinners?\b|\bthe bottle\b"
WHEEL = r"\bwheels?\b|\bspin\w*\b"
_FOR_SOMEONE = r"(?:from|out of|for me|for us tonight|for tonight|in the class|of the class|in my class)"
ONE_OF_A_LIST = _any_of(
    rf"{_NOT_MADE}\b(?:picker|randomi[sz]er|roulette|decider)\b",
    r"\bdecision (?:maker|wheel)\b",
    r"\bwheel of\b|\bspin(?:ner|ning)? wheel\b|\bspin the (?:wheel|bottle)\b|\bwheel (?:to|that|with)\b|^an? wheel\b",
    r"\b(?:name|names|decision|chore|chores|prize|fortune|lucky|dinner|food|random|reward) wheel\b",
    rf"\brandom {_NAMED}{_NOT_MADE}generator\b",
    r"\brandomly\b|\bat random\b|\bout of a hat\b",
    rf"\b{_IDEAS} generator\b",
    rf"\bgenerator (?:of|for) (?:random )?{_NAMED}{_IDEAS}\b",
    r"\bgenerat(?:e|es|ing) (?:a )?(?:random|funny|silly) (?!teams|groups|pairs)[\w-]+",
    rf"\bpick(?:s|ing)? (?:a|an|one|out|\d+|some|who|three|two)(?: random)?(?: [\w'’-]+){{1,3}} {_FOR_SOMEONE}\b",
    r"\bpick(?:s|ing)? (?:a|one|some)? ?random\b",
    r"\brandom (?:[\w-]+ ){1,2}(?:picker|chooser|selector|draw)\b",
    r"\b(?:can'?t|cannot|never) decide (?:what|where|which|who)\b",
    r"\b(?:decides?|chooses?|picks?) (?:for me|for us)\b",
    r"\btells? me what to (?:eat|cook|watch|read|play|do|wear|draw)\b",
    r"\b(?:that|app) (?:decides|picks|chooses) (?:what|who|where|which)\b",
    r"^what (?:should|shall|do) (?:we|i) (?:eat|cook|have|watch|read|play|wear|draw)\b"
    r"(?!.*\b(?:keep|track|list|rat\w+|log|vote)\b)",
    r"\braffle\b(?! tickets? (?:sales|shop))",
    r"\bdraw(?:s|ing)? (?:a |the |\d+ |three |two )?(?:lots|straws|winners?|names?)\b",
    r"\bgiveaway (?:winner|picker|draw)",
    r"\bpicks? who(?: \w+)?\b|\bwhat to \w+ (?:generator|picker|decider)\b",
    r"\bconversation (?:starters?|cards)\b|\bicebreakers?\b|\bwould you rather\b",
    r"\btruth or dare\b|\bmagic (?:8|eight)[ -]?ball\b|\bnever have i ever\b",
    r"\brandom (?:[\w-]+ )?(?:excuse|compliment|joke|idea|prompt|fact|quote|question|challenge|recipe|movie|name|"
    r"student|person|dare|activity|date|meal|dinner)s?\b",
)
ANY = _any_of(SANTA, COIN, DICE, NUMBERS, BINGO, GROUPS, ORDER, ONE_OF_A_LIST)
