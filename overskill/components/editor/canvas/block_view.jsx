/**
 * Blocks as they are drawn on the canvas. No code of the app runs here: its elements are drawn as elements with their
 * classes, its components from what can be read in their code, or as cards that say what they are given
 * (docs/decisions/0017).
 */
import { createElement } from "react";
import { LOCKED, TEXT, excerpt } from "./kinds.js";
import { draw, isWorthDrawing, withOneSlot } from "./sketches.js";

const AS_A_BOX = new Set(["form", "dialog", "details", "picture", "select", "table", "thead", "tbody", "tfoot", "tr"]);
const FIELDS = new Set(["input", "textarea"]);
const VOID = new Set(["hr", "br"]);
const ICONS = /^[A-Z]\w*$/;

/** @param {import("./kinds.js").Kind} kind */
export function viewOf(kind) {
  if (kind.type === TEXT) return TextView;
  if (kind.type === LOCKED) return CodeView;
  if (kind.group !== "app" && kind.group !== "ui" && kind.group !== "package") return elementView(kind);
  if (kind.group === "package" && !kind.takesChildren && ICONS.test(kind.type)) return IconView;
  return kind.group === "package" ? elementView({ ...kind, type: "span" }) : partView(kind);
}

const classOf = (props) => (typeof props["@className"] === "string" ? props["@className"] : undefined);

function elementView({ type, takesChildren }) {
  const tag = AS_A_BOX.has(type) || type.startsWith("#") ? "div" : type;
  return function ElementView({ puck, text, children: Children, ...props }) {
    const shared = { ref: puck.dragRef, className: classOf(props) };
    if (type === "img") return <PictureView {...shared} src={props["@src"]} words={props["@alt"]} />;
    if (FIELDS.has(type)) return <Field {...shared} tag={tag} type={props["@type"]} words={props["@placeholder"]} />;
    const Tag = tag;
    if (!takesChildren) return <Tag {...shared} />;
    const more = tag === "button" ? { type: "button", tabIndex: -1 } : {};
    if (text) return <Tag {...shared} {...more}>{text}</Tag>;
    return <Children {...shared} as={tag} minEmptyHeight={32} />;
  };
}

function PictureView({ src, words, className, ref }) {
  if (typeof src === "string" && src.startsWith("data:image/")) return <img ref={ref} src={src} alt={words} className={className} draggable={false} />;
  return (
    <span ref={ref} role="img" aria-label={words || "Picture"} className={`os-picture ${className ?? ""}`}>
      {words || "Picture"}
    </span>
  );
}

function Field({ tag: Tag, type, words, className, ref }) {
  const kind = Tag === "input" ? { type: ["checkbox", "radio", "range", "date"].includes(type) ? type : "text" } : {};
  return <Tag ref={ref} {...kind} readOnly tabIndex={-1} placeholder={words} aria-label={words || "Input"} className={className} />;
}

function IconView({ puck, ...props }) {
  return <span ref={puck.dragRef} className={`os-icon ${classOf(props) ?? ""}`} />;
}

function partView(kind) {
  return function PartView({ puck, children, ...props }) {
    const drawn = withOneSlot(draw(kind.sketch ?? [], props, kind));
    if (!isWorthDrawing(drawn)) return <CardView kind={kind} dragRef={puck.dragRef} slot={children} props={props} />;
    const [only] = drawn;
    if (drawn.length === 1 && only.tag) return <Drawn of={only} slot={children} dragRef={puck.dragRef} />;
    return (
      <div ref={puck.dragRef} className="os-many">
        <Kids of={drawn} slot={children} />
      </div>
    );
  };
}

function Drawn({ of, slot: Slot, dragRef }) {
  if (typeof of === "string") return of;
  if (of.slot) return <Slot minEmptyHeight={24} />;
  if (of.blank) return <span className="os-blank" data-list={of.blank === "list" || undefined} />;
  if (of.tag === "img") return <PictureView ref={dragRef} words={of.words} className={of.classes} />;
  if (of.tag === "i") return <span ref={dragRef} className={`os-icon ${of.classes}`} />;
  const tag = AS_A_BOX.has(of.tag) ? "div" : of.tag;
  const shared = { ref: dragRef, className: of.classes || undefined };
  if (FIELDS.has(tag)) return <Field {...shared} tag={tag} words="" />;
  if (VOID.has(tag)) return createElement(tag, shared);
  if (of.kids.length === 1 && of.kids[0].slot) return <Slot {...shared} as={tag} minEmptyHeight={24} />;
  return createElement(tag, tag === "button" ? { ...shared, type: "button", tabIndex: -1 } : shared, <Kids of={of.kids} slot={Slot} />);
}

// Drawings of one kind of block have one shape, so a place is as good as a name.
const Kids = ({ of, slot }) => of.map((one, at) => <Drawn key={at} of={one} slot={slot} />);

const WORTH_SAYING = ["@title", "@label", "@name", "@value", "@description", "@hint", "@text"];

function CardView({ kind, dragRef, slot: Slot, props }) {
  const { text } = props;
  const values = WORTH_SAYING.map((name) => props[name]);
  const [first, ...others] = values.filter((value) => typeof value === "string" || typeof value === "number");
  return (
    <div ref={dragRef} className="os-part">
      <header>
        <Puzzle />
        {kind.label}
      </header>
      {first !== undefined || text ? (
        <p>
          <b>{text || first}</b>
          {others.map((words) => (
            <span key={words}> · {words}</span>
          ))}
        </p>
      ) : null}
      {kind.takesChildren && !text ? <Slot minEmptyHeight={32} className={classOf(props)} /> : null}
    </div>
  );
}

function TextView({ puck, text }) {
  const isSpace = text.trim() === "";
  return (
    <span ref={puck.dragRef} className="os-text" data-space={isSpace || undefined}>
      {isSpace ? "␣" : text}
    </span>
  );
}

function CodeView({ puck, code }) {
  return (
    <div ref={puck.dragRef} className="os-code">
      <Brackets />
      <code>{excerpt(code)}</code>
    </div>
  );
}

const drawing = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 2, strokeLinecap: "round", strokeLinejoin: "round", "aria-hidden": true };

const Puzzle = () => (
  <svg {...drawing}>
    <path d="M12 3 4 7.5v9L12 21l8-4.5v-9Z M12 12l8-4.5 M12 12v9 M12 12 4 7.5" />
  </svg>
);

const Brackets = () => (
  <svg {...drawing}>
    <path d="m8 8-4 4 4 4 M16 8l4 4-4 4" />
  </svg>
);
