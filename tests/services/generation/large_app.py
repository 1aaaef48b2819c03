"""An app of 400 files and a chat of 200 turns, made up: what a model is told about them is measured and tested."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from overskill.services.generation.events import Past, PastMessage, PastVersion, Turn
from overskill.services.generation.past import first_version_told
from overskill.starter import starter_files

AREAS = {
    "recipes": ("Recipe", "Cooking time", "Servings"),
    "shopping": ("ShoppingItem", "Aisle", "Quantity"),
    "pantry": ("PantryItem", "Best before", "Shelf"),
    "invoices": ("Invoice", "Due date", "Net amount"),
    "customers": ("Customer", "Phone number", "Loyalty tier"),
    "appointments": ("Appointment", "Starts at", "Meeting room"),
    "projects": ("Project", "Milestone", "Budget spent"),
    "tickets": ("Ticket", "Severity", "Assigned engineer"),
    "plants": ("Plant", "Watered on", "Sunlight"),
    "workouts": ("Workout", "Repetitions", "Heart rate"),
    "books": ("Book", "Author", "Pages read"),
    "films": ("Film", "Director", "Rating given"),
    "trips": ("Trip", "Destination", "Nights booked"),
    "vehicles": ("Vehicle", "Mileage", "Next inspection"),
    "expenses": ("Expense", "Receipt", "Cost centre"),
    "employees": ("Employee", "Department", "Hired on"),
    "suppliers": ("Supplier", "Delivery time", "Contract"),
    "lessons": ("Lesson", "Vocabulary", "Homework"),
    "pets": ("Pet", "Breed", "Vaccination"),
    "donations": ("Donation", "Campaign", "Donor letter"),
}
PARTS = {
    "Card": "Shows one {label} as a card with a badge",
    "List": "Drag a {label} to sort the list by hand",
    "Form": "Save this {label} and add the next one",
    "Dialog": "Really delete this {label} for ever",
    "Filters": "Reset all filters of {label}",
    "Detail": "History of changes to this {label}",
    "Chart": "Bars and a trend line for {label} a month",
    "Empty": "Nothing here yet: begin with a first {label}",
    "Toolbar": "Print every {label} on one sheet",
    "Stats": "Average and total of each {label}",
    "ExportButton": "Download each {label} as a spreadsheet",
    "ImportWizard": "Match the columns of your {label} file",
    "Calendar": "Week view of {label}",
    "Reminders": "Remind me of this {label} by a sound",
    "Settings": "Units and currency for {label}",
}
COUNT = 400


def large_app(count: int = COUNT) -> dict[str, str]:
    """The app's own files, without the starter's: about 3.8 KB each."""
    made = _made()
    files = dict(next(made) for _ in range(count - 1))
    pages = sorted(path for path in files if path.endswith("Page.tsx"))
    imports = "\n".join(
        f'import {_stem(path)} from "@/{path.removeprefix("src/").removesuffix(".tsx")}";' for path in pages
    )
    routes = "\n".join(f'      <Route path="/{path.split("/")[2]}" element={{<{_stem(path)} />}} />' for path in pages)
    files["src/App.tsx"] = (
        f'import {{ Route, Routes }} from "react-router-dom";\n{imports}\n\n'
        f"export default function App() {{\n  return (\n    <Routes>\n{routes}\n    </Routes>\n  );\n}}\n"
    )
    return files


def _made() -> Iterator[tuple[str, str]]:
    for area, (entity, one, other) in AREAS.items():
        folder = f"src/features/{area}"
        yield f"{folder}/types.ts", _types(entity, one, other)
        yield f"{folder}/store.ts", _store(area, entity)
        yield f"{folder}/format.ts", _format(entity)
        yield f"{folder}/use{entity}s.ts", _hook(area, entity)
        yield f"{folder}/{entity}Page.tsx", _component(area, entity, "Page", f"All of your {area}", tuple(PARTS))
        for part, text in PARTS.items():
            yield f"{folder}/{entity}{part}.tsx", _component(area, entity, part, text.format(label=one.lower()), ())


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _types(entity: str, one: str, other: str) -> str:
    fields = "".join(f"  field{number}: string;\n" for number in range(60))
    return (
        f"/** {one} and {other}. */\nexport interface {entity} {{\n  id: string;\n{fields}}}\n\n"
        f"export type {entity}Sort = 'asc' | 'desc';\n"
    )


def _store(area: str, entity: str) -> str:
    samples = "".join(f'  {{ id: "{area}-{number}", field0: "sample {number}" }},\n' for number in range(70))
    return (
        f'import {{ createCollection }} from "@/lib/collection";\nimport type {{ {entity} }} from "./types";\n\n'
        f"export const blank{entity} = {{}};\n\nconst samples = [\n{samples}];\n\n"
        f'export const {area} = createCollection<{entity}>("{area}", samples, blank{entity});\n'
    )


def _format(entity: str) -> str:
    body = "".join(f"  const step{number} = value.slice({number});\n" for number in range(80))
    return f"export function format{entity}(value: string): string {{\n{body}  return value;\n}}\n"


def _hook(area: str, entity: str) -> str:
    body = "".join(f"  const memo{number} = useMemo(() => all.length + {number}, [all]);\n" for number in range(50))
    return (
        f'import {{ useMemo }} from "react";\nimport {{ {area} }} from "./store";\n\n'
        f"export function use{entity}s() {{\n  const all = useCollection({area});\n{body}  return all;\n}}\n"
    )


def _component(area: str, entity: str, part: str, text: str, children: tuple[str, ...]) -> str:
    imports = "".join(f'import {{ {entity}{child} }} from "./{entity}{child}";\n' for child in children)
    shown = "".join(f"      <{entity}{child} />\n" for child in children)
    rows = "".join(
        f'      <div className="flex items-center gap-{number % 8} text-muted-foreground">Row {number}</div>\n'
        for number in range(45)
    )
    default = "default " if part == "Page" else ""
    return (
        f'import {{ Button }} from "@/components/ui/button";\nimport {{ use{entity}s }} from "./use{entity}s";\n'
        f'import {{ format{entity} }} from "./format";\n{imports}\n'
        f"interface {entity}{part}Props {{\n  selected?: string;\n}}\n\n"
        f"export {default}function {entity}{part}({{ selected }}: {entity}{part}Props) {{\n"
        f"  const all = use{entity}s();\n  return (\n    <section>\n      <h2>{text}</h2>\n{shown}{rows}"
        f"      <Button>{text}</Button>\n    </section>\n  );\n}}\n"
    )


@dataclass
class Chat:
    """An app that grows by one turn after the other, and what its next turn would be asked."""

    files: dict[str, str]
    history: list[PastMessage] = field(default_factory=list)
    states: list[dict[str, str]] = field(default_factory=list)  # the files of each version, from 1
    versions: list[PastVersion] = field(default_factory=list)

    def say(self, asked: str, answered: str, changed: dict[str, str | None]) -> None:
        """A turn: with changes it makes a version."""
        number = len(self.versions) + 1 if changed else 0
        self.history += [PastMessage("user", asked, number), PastMessage("assistant", answered, number)]
        if changed:
            self.files = {path: text for path, text in (self.files | changed).items() if text is not None}
            texts = {path: text for path, text in changed.items() if text is not None}
            self.versions.append(PastVersion(number, tuple(changed), texts))
            self.states.append(dict(self.files))

    def turn(self, prompt: str, **facts: object) -> Turn:
        base = first_version_told(len(self.versions))
        versions = [one if one.number > base else replace(one, texts={}) for one in self.versions]
        past = Past(base, self.states[base - 1] if base else starter_files(), tuple(versions))
        given = {"files": self.files, "past": past, "is_first": not self.versions, "history": tuple(self.history)}
        return Turn(prompt=prompt, app_name="Everything", **(given | facts))  # type: ignore[arg-type]


def long_chat(turns: int, count: int = COUNT) -> Chat:
    """The first turn makes the app; each later one changes two or three files, every fourth adds one."""
    own = large_app(count)
    chat = Chat(dict(starter_files()))
    chat.say("An app for everything I keep at home and at work.", "Here it is, with an area for each.", dict(own))
    paths = sorted(path for path in own if path.endswith((".tsx", ".ts")) and path != "src/App.tsx")
    for number in range(1, turns):
        path = paths[number * 37 % len(paths)]
        changed: dict[str, str | None] = {path: f"{chat.files[path]}// turn {number}\n"}
        if number % 4 == 0:
            changed[f"src/shared/Panel{number}.tsx"] = f"export function Panel{number}() {{\n  return null;\n}}\n"
        words = (
            f"In {path.split('/')[2]}, make the part called {_stem(path)} a little calmer and easier to read, please."
        )
        chat.say(
            words,
            f"{_stem(path)} is calmer now: fewer colours, more space. Next we could look at its empty state. " * 3,
            changed,
        )
    return chat
