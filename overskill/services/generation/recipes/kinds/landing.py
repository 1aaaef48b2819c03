"""A page with sections that presents someone or something."""

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.sites.compose import compose
from overskill.services.generation.recipes.spec import AppSpec

PATTERN = (
    r"\b(landing|home|web|sales|fan|event|product|launch|coming soon|about) ?-?page\b|\bweb ?site\b|"
    r"(?<!construction )(?<!building )(?<!camp )(?<!work )(?<!dig )\bsite\b|\bpage\b(?! ?(number|count|turner))|"
    r"\bopen(ing)? hours\b|\b(menu|team|services|story|prices) (of|for|and|at) (a|an|our|my|the)\b|"
    r"(?<!crypto )(?<!stock )(?<!investment )(?<!share )\bportfolio\b(?! ?(tracker|value|of (stocks|shares|crypto)))|"
    r"\bone-?pager\b|\bpromot(e|ing)\b|\bwait ?list\b|"
    r"\bcoming soon\b|\bonline presence\b|\bmicrosite\b|\bcv\b|\bresume site\b|\blink in bio\b|"
    r"^(an? |my |our |the |[\w'’]+ ){0,4}(invitations?|invite|petition|flyer|save[ -]the[ -]date|prospectus|brochure)\b"
    r"(?! ?(list|tracker|counter|manager|planner))"
)
WEIGHT = 2.0


def plan(brief: Brief) -> AppSpec:
    site = compose(brief)
    return make_app(
        brief,
        "landing",
        {**site.look, "names": [site.name]},
        [page("landing", "Home")],
        tagline=site.tagline,
        sections=site.sections,
        content=site.content,
    )
