"""What a few people paid for each other, and who owes whom."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

PAYER, AMOUNT, SHARED = "paidBy", "amount", "sharedBy"
_OWN = {PAYER, AMOUNT, SHARED}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    payer = entity.field(PAYER)
    date = next((one.id for one in entity.of_type("date")), "")
    facts = {
        "e": e,
        "page": page,
        "component": component(page),
        "tagline": spec.tagline,
        "people": payer.options if payer else (),
        "payer": PAYER,
        "amount": AMOUNT,
        "shared": SHARED,
        "date": date,
        "extra": [one for one in e.fields[1:] if one.id not in _OWN],
        "controlled": bool(entity.of_type("boolean", "rating")),
    }
    return shared_files(entity) | {
        "src/data/people.ts": render("expenses/people.ts", **facts),
        "src/lib/split.ts": render("split/split.ts"),
        "src/lib/balances.ts": render("expenses/balances.ts", **facts),
        f"src/components/{e.file}-dialog.tsx": render("expenses/dialog.tsx", **facts),
        "src/components/people-card.tsx": render("expenses/people-card.tsx", **facts),
        "src/components/settle-card.tsx": render("expenses/settle-card.tsx", **facts),
        page_file(page): render("expenses/page.tsx", **facts),
    }
