/** What the selected element says, where it leads, whether and where it is shown. */
import { useEffect, useId, useState } from "react";
import { ArrowDown, ArrowUp, Copy, Group, Plus, Trash2, X } from "lucide-react";
import { tokensOf } from "./classes.js";
import { completions } from "./completions.js";
import { Action, Choice, Pick, Reason, Row, Section, Typed, Words } from "./controls.jsx";

const MOST_REASONS = 2;
const PICTURE = ["src", "alt"];
const LINK = ["href", "to", "target"];
const NAMES = {
  alt: "Described as",
  "aria-label": "Read out as",
  href: "Leads to",
  id: "Id",
  placeholder: "Placeholder",
  src: "Address",
  title: "Title",
  to: "Leads to",
};
/** "iconSize" -> "Icon size" */
const labelOf = (name) => NAMES[name] ?? sentence(name.replace(/[-_]+/g, " ").replace(/([a-z\d])([A-Z])/g, "$1 $2"));
const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
const TABS = [
  { value: "", words: "Same tab" },
  { value: "_blank", words: "Own tab" },
];

export function TextPart({ element, onChange, onTry }) {
  const { pieces, canHoldWords } = element;
  if (pieces.length === 0 && !canHoldWords) return null;
  const shown = pieces.length > 0 ? pieces : [{ value: "" }];
  const reasons = [...new Set(shown.map(({ reason }) => reason).filter(Boolean))];
  return (
    <Section title="Text">
      {shown.map((piece, index) =>
        piece.reason ? (
          <code key={index} title={piece.reason} className="w-fit max-w-full truncate rounded-md border border-dashed border-strong px-2 py-1 font-mono text-[11px] text-faint">
            {`{${piece.code}}`}
          </code>
        ) : (
          <Words
            key={index}
            label={shown.length > 1 ? `Text ${index + 1}` : "Text"}
            value={piece.value}
            onTry={(from, to) => onTry({ text: { from, to } })}
            onCommit={(value) => onChange({ kind: "text", piece: index, value })}
          />
        ),
      )}
      {reasons.slice(0, MOST_REASONS).map((reason) => (
        <Reason key={reason}>{reason}</Reason>
      ))}
    </Section>
  );
}

/** A picture's address, a link's goal, and the words that a component is given. */
export function AttributesPart({ element, onChange }) {
  const known = new Map(element.attributes.map((each) => [each.name, each]));
  const addable = new Map(element.addable.map((each) => [each.name, each]));
  const set = (name, words) => {
    const value = words === "" && !known.get(name)?.isRequired ? null : words;
    onChange({ kind: "attribute", name, value }, { attribute: { name, value } });
  };
  const attributeOf = (name) => known.get(name) ?? addable.get(name);
  const isPicture = element.name === "img" || known.has("src");
  const isLink = Boolean(attributeOf("href") || attributeOf("to"));
  const isApart = (name) => (isPicture && PICTURE.includes(name)) || (isLink && LINK.includes(name));
  const field = (name) => (attributeOf(name) ? <Attribute key={name} attribute={attributeOf(name)} onSet={set} /> : null);
  const target = attributeOf("target");
  return (
    <>
      {isPicture ? <Section title="Picture">{PICTURE.map(field)}</Section> : null}
      {isLink ? (
        <Section title="Link">
          {["href", "to"].map(field)}
          {target && !target.reason ? (
            <Row label="Opens in">
              <Choice label="Opens in" value={target.value ?? ""} options={TABS} canClear={false} onChange={(value) => set("target", value)} />
            </Row>
          ) : null}
        </Section>
      ) : null}
      <OtherAttributes
        key={`${element.name} ${element.line}:${element.column}`}
        title={element.isComponent ? "What it is given" : "Attributes"}
        present={element.attributes.filter(({ name }) => !isApart(name) && name !== "id")}
        addable={element.addable.filter(({ name }) => !isApart(name))}
        onSet={set}
      />
    </>
  );
}

/** Those that are there, and those that could be: they come when they are asked for. */
function OtherAttributes({ title, present, addable, onSet }) {
  const [added, setAdded] = useState([]);
  const asked = addable.filter(({ name }) => added.includes(name));
  const others = addable.filter(({ name }) => !added.includes(name));
  if (present.length + addable.length === 0) return null;
  return (
    <Section title={title} isOpen={present.length > 0}>
      {[...present, ...asked].map((attribute) => (
        <Attribute key={attribute.name} attribute={attribute} onSet={onSet} />
      ))}
      {others.length > 0 ? (
        <Pick
          label="Add an attribute"
          value=""
          placeholder="Add …"
          options={others.map(({ name }) => ({ value: name, words: labelOf(name) }))}
          onChange={(name) => setAdded([...added, name])}
        />
      ) : null}
    </Section>
  );
}

function Attribute({ attribute: { name, value = "", options, isRequired = false, reason }, onSet }) {
  const id = useId();
  if (reason) return <Reason>{reason}</Reason>;
  return (
    <Row label={labelOf(name)} htmlFor={id}>
      {options ? (
        <Pick id={id} value={value} options={options} isRequired={isRequired} onChange={(chosen) => onSet(name, chosen)} />
      ) : (
        <Typed id={id} value={value} placeholder="–" onCommit={(words) => onSet(name, words)} />
      )}
    </Row>
  );
}

const SCREENS = [
  { token: "max-md:hidden", words: "Phones" },
  { token: "md:max-lg:hidden", words: "Tablets" },
  { token: "lg:hidden", words: "Computers" },
];

export function VisibilityPart({ element, tokens, onChange, onClasses }) {
  const [isShown, setShown] = useState(!element.isHidden);
  useEffect(() => setShown(!element.isHidden), [element]);
  const toggle = () => {
    setShown(!isShown);
    const [add, remove] = isShown ? [["hidden"], []] : [[], ["hidden", "hidden!", "!hidden"]];
    onChange({ kind: "hide", hidden: isShown }, { add, remove });
  };
  return (
    <Section title="Visibility" isOpen={element.isHidden || SCREENS.some(({ token }) => tokens.includes(token))}>
      <label className="flex h-7 items-center gap-2 text-[13px] text-ink">
        <input
          type="checkbox"
          checked={isShown}
          onChange={toggle}
          className="size-4 accent-accent"
        />
        Shown
      </label>
      <div role="group" aria-label="Shown on" className="flex flex-wrap gap-1.5">
        {SCREENS.map(({ token, words }) => {
          const isThere = !tokens.includes(token);
          return (
            <button
              key={token}
              type="button"
              aria-pressed={isThere}
              disabled={!isShown}
              onClick={() => onClasses({ kind: "classes", add: isThere ? [token] : [], remove: isThere ? [] : [token] })}
              className="h-7 rounded-md border border-line px-2.5 text-xs text-faint line-through transition-colors duration-150 hover:bg-hover disabled:opacity-45 aria-pressed:border-accent/40 aria-pressed:bg-accent-soft aria-pressed:text-accent-ink aria-pressed:no-underline"
            >
              {words}
            </button>
          );
        })}
      </div>
    </Section>
  );
}

export function OrderPart({ element, onChange }) {
  const { order, refusals } = element;
  const why = order.reason;
  return (
    <Section title="Arrange">
      <div className="grid grid-cols-2 gap-1.5">
        <Action Icon={ArrowUp} reason={why || (order.before ? "" : "There is nothing before it.")} onClick={() => onChange({ kind: "move", to: "before" })}>
          Move before
        </Action>
        <Action Icon={ArrowDown} reason={why || (order.after ? "" : "There is nothing after it.")} onClick={() => onChange({ kind: "move", to: "after" })}>
          Move after
        </Action>
        <Action Icon={Copy} reason={refusals.duplicate} onClick={() => onChange({ kind: "duplicate" })}>
          Duplicate
        </Action>
        <Action Icon={Group} reason={refusals.wrap} onClick={() => onChange({ kind: "wrap" })}>
          Wrap in a box
        </Action>
        <div className="col-span-2 flex">
          <Action Icon={Trash2} reason={refusals.remove} onClick={() => onChange({ kind: "remove" })}>
            Delete
          </Action>
        </div>
      </div>
      {[...new Set([why, refusals.duplicate, refusals.remove, refusals.wrap])].filter(Boolean).map((each) => (
        <Reason key={each}>{each}</Reason>
      ))}
    </Section>
  );
}

/** The classes themselves, for who knows them. */
export function ClassesPart({ tokens, also, colours, onClasses }) {
  const [typed, setTyped] = useState("");
  const id = useId();
  const add = (event) => {
    event.preventDefault();
    const added = tokensOf(typed);
    if (added.length > 0) onClasses({ kind: "classes", add: added, remove: [] });
    setTyped("");
  };
  return (
    <Section title="Classes" isOpen={false}>
      {tokens.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {tokens.map((token) => (
            <li key={token} className="flex h-6 max-w-full items-center rounded-md bg-hover pl-2 font-mono text-[11px] text-ink">
              <span className="truncate">{token}</span>
              <button
                type="button"
                aria-label={`Remove ${token}`}
                onClick={() => onClasses({ kind: "classes", add: [], remove: [token] })}
                className="grid size-6 shrink-0 place-items-center rounded-md text-faint hover:text-ink"
              >
                <X size={11} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form onSubmit={add} className="flex gap-1.5">
        <input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          list={id}
          placeholder="Add a class, like md:p-8"
          aria-label="Add a class"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="h-7.5 min-w-0 flex-1 rounded-md border border-line bg-sunken px-2 font-mono text-xs text-ink outline-none placeholder:font-sans placeholder:text-faint focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/25"
        />
        <datalist id={id}>
          {completions(typed.split(/\s/).at(-1), Object.keys(colours)).map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <button type="submit" aria-label="Add the class" className="grid size-7.5 shrink-0 place-items-center rounded-md border border-line text-soft hover:bg-hover hover:text-ink">
          <Plus size={14} aria-hidden="true" />
        </button>
      </form>
      {also.length > 0 ? <Reason>{`The code adds others: ${also.map((code) => `\`${code}\``).join(", ")}.`}</Reason> : null}
    </Section>
  );
}
