"""How an entity and its fields are called in the code that is written for them."""

from dataclasses import dataclass

from overskill.services.generation.recipes.render import declared_names, ts
from overskill.services.generation.recipes.spec import Entity, Field, SampleValue
from overskill.services.generation.recipes.words import camel, kebab, pascal

# Would hide something the code around them needs.
_TAKEN = frozenset(
    "abstract any app array avatar badge board boolean button calendar card case cell chart checkbox class collection "
    "column component context data date default delete dialog document draft element empty enum error event export "
    "extends false field file filter float for form format function icon if image import index in input insight int "
    "interface item label let link list location map math menu module name navigator new node null number object page "
    "progress promise query rating react record return route row select set sheet sort stat stage state static store "
    "string super switch symbol table tab text this time toast tooltip true type undefined user var view void while "
    "window worker yield "
    # What React reads itself.
    "children key ref style "
    # What the language keeps for itself.
    "arguments async await break catch const continue debugger do else eval finally implements instanceof package "
    "private protected public return throw try typeof with "
    # What the templates call their own variables.
    "action all author checked column control day done draft due editing errors free index month one open option "
    "over parts previous query save searched shown slot sum today total trend undo visible weekday".split()
)
_IN_WORDS = {"number", "money", "rating"}


@dataclass(frozen=True, slots=True)
class FieldCode:
    field: Field

    @property
    def id(self) -> str:
        return self.field.id

    @property
    def label(self) -> str:
        return self.field.label

    @property
    def type(self) -> str:
        return self.field.type

    @property
    def unit(self) -> str:
        return self.field.unit

    @property
    def required(self) -> bool:
        return self.field.required

    @property
    def formula(self) -> tuple[str, ...]:
        return self.field.formula

    @property
    def options(self) -> tuple[str, ...]:
        return self.field.options

    @property
    def constant(self) -> str:
        """The list of its options: rooms, statuses."""
        return f"{self.field.id}Options"

    @property
    def chosen(self) -> str:
        """What a list is narrowed to: a name of its own, since a field may be called "for" or "class"."""
        return f"{self.field.id}Filter"

    @property
    def ts_type(self) -> str:
        if self.field.type in _IN_WORDS:
            return "number"
        return {"boolean": "boolean", "days": "string[]"}.get(self.field.type, "string")

    @property
    def blank(self) -> str:
        if self.field.type in _IN_WORDS:
            return "0"
        if self.field.type == "select":
            return ts(self.field.options[0])
        return {"boolean": "false", "days": "[]"}.get(self.field.type, '""')

    def literal(self, value: SampleValue | None) -> str:
        """A sample's value; dates are days from today, so that samples never look old."""
        if value is None:
            return self.blank
        if self.field.type == "date":
            return f"daysFromNow({value})" if value != "" else self.blank
        if self.field.type == "days":
            return f"pastDays({ts(value)})"
        return ts(value)

    def shown(self, one: str) -> str:
        """An expression for the value as text."""
        value = f"{one}.{self.field.id}"
        match self.field.type:
            case "money":
                return f"formatMoney({value})"
            case "number" | "rating":
                plain = "year" in self.field.id.lower()  # no thousands in a year
                number = f"String({value})" if plain else f"formatNumber({value})"
                return f"`${{{number}}} {self.field.unit}`" if self.field.unit else number
            case "date":
                return f"formatRelativeDay({value})"
            case "boolean":
                return f'{value} ? "Yes" : "No"'
            case _:
                return value

    def present(self, one: str) -> str:
        """An expression that says whether there is something to show; never a bare number (React would print 0)."""
        value = f"{one}.{self.field.id}"
        return f"{value} > 0" if self.field.type in _IN_WORDS else value


@dataclass(frozen=True, slots=True)
class EntityCode:
    entity: Entity

    @property
    def one(self) -> str:
        name = camel(self.entity.singular)
        return f"{name}Entry" if name.lower() in _TAKEN else name

    @property
    def many(self) -> str:
        """The list that the data file exports, which no template may hide by a variable of its own."""
        return f"{self.one}List" if self._plural in declared_names() else self._plural

    @property
    def _plural(self) -> str:
        name = camel(self.entity.plural)
        return f"{self.one}List" if name.lower() in _TAKEN or name == self.one else name

    @property
    def type(self) -> str:
        return pascal(self.one)

    @property
    def types(self) -> str:
        return pascal(self.many)

    @property
    def file(self) -> str:
        return kebab(self.one)

    @property
    def files(self) -> str:
        return kebab(self._plural)

    @property
    def storage(self) -> str:
        return self.entity.stored_as or self.files

    @property
    def label(self) -> str:
        return self.entity.singular

    @property
    def labels(self) -> str:
        return self.entity.plural

    @property
    def article(self) -> str:
        return "an" if self.entity.singular[:1].lower() in "aeio" else "a"

    @property
    def icon(self) -> str:
        return "Bookmark" if self.entity.icon == self.type else self.entity.icon

    @property
    def fields(self) -> list[FieldCode]:
        return [FieldCode(one) for one in self.entity.fields]

    @property
    def title(self) -> FieldCode:
        return FieldCode(self.entity.title)

    def of(self, *types: str) -> list[FieldCode]:
        return [one for one in self.fields if one.type in types]

    def get(self, field_id: str) -> FieldCode | None:
        return next((one for one in self.fields if one.id == field_id), None)
