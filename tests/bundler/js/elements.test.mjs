/** What of an element can be changed, and how the code looks afterwards. */
import assert from "node:assert/strict";
import test from "node:test";

import { changed, component, describe, FILE, marked, patch } from "./elements-support.mjs";

const text = (value, piece) => ({ kind: "text", value, piece });
const classes = (add, remove = []) => ({ kind: "classes", add, remove });
const refused = (jsx, operation, reason, more) =>
  assert.throws(() => changed(jsx, operation, more), { kind: "invalid_input", message: reason });

test("a text changes where it stands, and the lines around it stay", () => {
  assert.equal(changed("▸<h1>\n      Hello\n    </h1>", text("Good day")), "<h1>\n      Good day\n    </h1>");
});

test("signs that mean something in code are written as text", () => {
  assert.equal(changed("▸<p>Hi</p>", text("{a} <b> & &lt; c")), "<p>&#123;a&#125; &lt;b&gt; & &amp;lt; c</p>");
});

test("what is written can be read again", () => {
  const written = "5 > 3 {really} & \u00a0 &amp;";
  const { text: patched, ...position } = patch(component("▸<p>Hi</p>"), text(written));
  const offset = patched.indexOf("<p>");
  assert.equal(describe(`${patched.slice(0, offset)}▸${patched.slice(offset)}`).pieces[0].value, written);
  assert.deepEqual(position, { line: 3, column: 5 });
});

test("words beside code are pieces of their own", () => {
  const jsx = '▸<p>You have {count} of <b>ten</b> {"left"}{" "}</p>';
  const [first, count, of, left] = describe(component(jsx)).pieces;
  assert.deepEqual([first.value, count.code, of.value, left.value], ["You have", "count", "of", "left"]);
  assert.equal(
    changed(jsx, text("in all", 2)),
    '<p>You have {count} in all <b>ten</b> {"left"}{" "}</p>',
  );
  refused(jsx, text("3", 1), "The text comes from `count`. Ask about it in the chat instead.");
});

test("both texts of a choice can be changed", () => {
  const jsx = `▸<button>{saved ? "Saved" : 'Save it'}</button>`;
  assert.equal(changed(jsx, text("Don't", 1)), `<button>{saved ? "Saved" : 'Don\\'t'}</button>`);
});

test("an empty element can be given a text", () => {
  assert.equal(changed('▸<div className="p-4"></div>', text("New")), '<div className="p-4">New</div>');
  refused("▸<img />", text("New"), "This element has no text of its own.");
});

test("a text that the component is given says where to change it", () => {
  const { pieces } = describe(component("▸<h1>{title}</h1>", "", "{ title }"));
  assert.equal(pieces[0].reason, "The text is `title`, given where Home is used. Change it there.");
});

test("a text of a list says that each brings its own", () => {
  const found = describe(component("<ul>{people.map((one) => <li key={one.id}>▸<b>{one.name}</b></li>)}</ul>"));
  assert.equal(found.list, "people");
  assert.match(found.pieces[0].reason, /^Each of `people` brings its own text, from `one.name`/);
});

test("a class takes the place of what it clashes with", () => {
  assert.equal(
    changed('▸<p className="mt-2 text-sm text-muted">a</p>', classes(["text-lg"])),
    '<p className="mt-2 text-lg text-muted">a</p>',
  );
  assert.equal(
    changed('▸<p className="px-2 md:p-4 flex">a</p>', classes(["p-6"])),
    '<p className="p-6 md:p-4 flex">a</p>',
  );
});

test("a class is added where there was none, and the last takes the attribute along", () => {
  assert.equal(changed("▸<p id='a'>a</p>", classes(["p-2"])), "<p className=\"p-2\" id='a'>a</p>");
  assert.equal(changed('▸<p className="p-2" id="a">a</p>', classes([], ["p-2"])), '<p id="a">a</p>');
});

test("of joined classes the words change, and the code stays", () => {
  const jsx = '▸<p className={cn("p-2 flex", isOn && "bg-red-500", className)}>a</p>';
  assert.equal(
    changed(jsx, classes(["p-8"])),
    '<p className={cn("p-8 flex", isOn && "bg-red-500", className)}>a</p>',
  );
  assert.deepEqual(describe(component(jsx)).classes.also, ['isOn && "bg-red-500"', "className"]);
});

test("joined classes without words get some, before those that the use brings", () => {
  assert.equal(
    changed("▸<p className={cn(styles({ size }), className)}>a</p>", classes(["p-2"])),
    '<p className={cn(styles({ size }), "p-2", className)}>a</p>',
  );
});

test("the last of joined classes takes its place in the list along", () => {
  const gone = classes([], ["p-2"]);
  assert.equal(changed('▸<p className={cn("p-2", className)}>a</p>', gone), "<p className={cn(className)}>a</p>");
  assert.equal(changed('▸<p className={cn(looks, "p-2")}>a</p>', gone), "<p className={cn(looks)}>a</p>");
});

test("of a template only the words before its code change", () => {
  assert.equal(
    changed("▸<p className={`p-2 text-${size}`}>a</p>", classes(["p-3"])),
    "<p className={`p-3 text-${size}`}>a</p>",
  );
  refused("▸<p className={`text-${size}`}>a</p>", classes(["p-3"]), /The look comes from `size`/);
});

test("classes that are chosen by code are left to the code", () => {
  refused('▸<p className={isOn ? "a" : "b"}>a</p>', classes(["p-3"]), /comes from `isOn \? "a" : "b"`/);
});

test("classes over several lines stay over several lines", () => {
  assert.equal(
    changed('▸<p className="\n      flex p-2\n      text-sm\n    ">a</p>', classes(["font-bold"], ["p-2"])),
    '<p className="\n      flex\n      text-sm font-bold\n    ">a</p>',
  );
});

test("what is no class is refused", () => {
  refused("▸<p>a</p>", classes(['p-2" onClick="x']), /can't be a class/);
  refused("▸<p>a</p>", { kind: "classes", value: "p-2 {x}" }, /can't be a class/);
});

const CARD = 'import { Card } from "@/Card";\n';
const app = (code) => new Map([["src/Card.tsx", code]]);

test("a component takes classes when it hands them on", () => {
  const code = component("▸<Card>a</Card>", CARD);
  const hands = app("export function Card({ className, ...props }) {\n  return <div className={className} {...props} />;\n}\n");
  const spreads = app("export const Card = memo((props) => <div {...props} />);\n");
  for (const files of [hands, spreads])
    assert.match(patch(code, classes(["p-2"]), files).text, /<Card className="p-2">/);
  const decides = app("export function Card({ title }) {\n  return <div>{title}</div>;\n}\n");
  for (const files of [decides, new Map()])
    assert.throws(() => patch(code, classes(["p-2"]), files), /Card decides its looks by itself/);
});

test("hiding keeps how it is shown", () => {
  const hide = (hidden) => ({ kind: "hide", hidden });
  assert.equal(changed('▸<p className="flex">a</p>', hide(true)), '<p className="flex hidden">a</p>');
  assert.equal(changed('▸<p className="flex hidden">a</p>', hide(false)), '<p className="flex">a</p>');
  assert.equal(changed('▸<p className="inline-flex">a</p>', hide(true)), '<p className="inline-flex hidden!">a</p>');
});

const attribute = (name, value) => ({ kind: "attribute", name, value });

test("an attribute changes, comes and goes", () => {
  assert.equal(changed('▸<img src="/a.png" />', attribute("src", "/b.png?x&y")), '<img src="/b.png?x&y" />');
  assert.equal(changed("▸<img src='/a.png' />", attribute("src", "it's")), "<img src='it&#39;s' />");
  assert.equal(changed('▸<img src="/a.png" />', attribute("alt", 'A "b"')), '<img src="/a.png" alt="A &quot;b&quot;" />');
  assert.equal(changed('▸<a href="/" target="_blank">a</a>', attribute("target", null)), '<a href="/">a</a>');
  assert.equal(changed("▸<a {...props}>a</a>", attribute("href", "/x")), '<a href="/x" {...props}>a</a>');
});

test("attributes that are code, or run code, are refused", () => {
  refused("▸<img src={picture} />", attribute("src", "/b.png"), /The src comes from `picture`/);
  refused('▸<a href="/">a</a>', attribute("href", " javascript:alert(1)"), /not safe/);
  for (const name of ["onClick", "dangerouslySetInnerHTML", "style", "key", "srcDoc", "a b"])
    refused("▸<p>a</p>", attribute(name, "x"), /can't be set here/);
  refused("▸<Card>a</Card>", attribute("title", "x"), /Card has no title yet/);
});

test("a component's own words are attributes that can be changed", () => {
  assert.equal(changed('▸<Stat label="Guests" value={n} />', attribute("label", "People")), '<Stat label="People" value={n} />');
});

test("the starter's picture has an address and a description, as those of the browser", () => {
  assert.equal(changed('▸<Picture src="/a.jpg" alt="A" />', attribute("src", "/b.jpg")), '<Picture src="/b.jpg" alt="A" />');
  assert.equal(changed("▸<Picture src={photo} />", attribute("alt", "A")), '<Picture src={photo} alt="A" />');
  refused("▸<Picture src={photo} />", attribute("src", "/b.jpg"), /The src comes from `photo`/);
});

const BUTTON = `import { cva, type VariantProps } from "class-variance-authority";
const looks = cva("p-2", { variants: { variant: { calm: "", loud: "" } } });
interface Props extends React.ComponentProps<"button">, VariantProps<typeof looks> {
  tone: "warm" | "cold";
  note: string;
  level?: number;
}
export const Button = React.forwardRef<HTMLButtonElement, Props>(({ variant, ...props }, ref) => <button {...props} />);
`;
const WITH_BUTTON = 'import { Button } from "@/Button";\n';
const withButton = new Map([["src/Button.tsx", BUTTON]]);
const optionsOf = (all) => Object.fromEntries(all.map(({ name, options }) => [name, options]));

test("an attribute that is one of a few words is a choice of these, and no others are written", () => {
  const code = component('▸<Button tone="warm" note="n" type="submit" />', WITH_BUTTON);
  const { attributes, addable } = describe(code, withButton);
  assert.deepEqual(attributes, [
    { name: "tone", value: "warm", options: ["warm", "cold"], isRequired: true },
    { name: "note", value: "n", isRequired: true },
    { name: "type", value: "submit", options: ["button", "submit", "reset"] },
  ]);
  assert.deepEqual(optionsOf(addable).variant, ["calm", "loud"]);
  assert.ok(!("level" in optionsOf(addable)));
  const set = (name, value) => patch(code, attribute(name, value), withButton).text;
  assert.match(set("tone", "cold"), /<Button tone="cold" note="n"/);
  assert.match(set("variant", "loud"), /type="submit" variant="loud" \/>/);
  for (const [name, value] of [["tone", "x"], ["variant", "x"], ["type", ""]])
    assert.throws(() => set(name, value), { message: new RegExp(`^\`${name}\` of Button is one of \`.*Choose one of these.$`) });
  for (const name of ["tone", "note"])
    assert.throws(() => set(name, null), { message: `Button can't be without its ${name}. Change it instead.` });
});

test("the browser's own elements have choices too", () => {
  const [type] = describe(component('▸<input type="text" />')).attributes;
  assert.ok(type.options.includes("email"));
  assert.equal(changed('▸<input type="text" />', attribute("type", "email")), '<input type="email" />');
  refused('▸<input type="text" />', attribute("type", "words"), /^`type` of input is one of .*, or another of its words\./);
  assert.deepEqual(optionsOf(describe(component("▸<img />")).addable).loading, ["eager", "lazy"]);
});

test("of a package's component only what is words to anybody can be changed", () => {
  const code = component('▸<Line type="monotone" name="Sales" />', 'import { Line } from "recharts";\n');
  const [type, name] = describe(code).attributes;
  assert.match(type.reason, /^What `type` of Line may be is decided where Line comes from/);
  assert.equal(name.value, "Sales");
  assert.throws(() => patch(code, attribute("type", "x")), { message: type.reason });
});

test("a component is not given what its type leaves out", () => {
  const files = app('export function Card(props: Omit<React.ComponentProps<"p">, "title">) {\n  return <p {...props} />;\n}\n');
  const code = component("▸<Card>a</Card>", CARD);
  assert.deepEqual(describe(code, files).addable.map(({ name }) => name), ["id", "aria-label"]);
  assert.throws(() => patch(code, attribute("title", "x"), files), { message: /Card has no title/ });
});

const LIST = "<div>\n      <i>1</i>\n      ▸<b>\n        2\n      </b>\n      {isOn && <u>3</u>}\n    </div>";

test("neighbours change places, with the braces around them", () => {
  assert.equal(
    changed(LIST, { kind: "move", to: "after" }),
    "<div>\n      <i>1</i>\n      {isOn && <u>3</u>}\n      <b>\n        2\n      </b>\n    </div>",
  );
  const { line, column } = patch(component(LIST), { kind: "move", to: "after" });
  assert.deepEqual({ line, column }, { line: 6, column: 7 });
});

test("a copy comes after it, without its key and id", () => {
  assert.equal(
    changed('<ul>\n      ▸<li key="a" id="b" title="c">1</li>\n    </ul>', { kind: "duplicate" }),
    '<ul>\n      <li key="a" id="b" title="c">1</li>\n      <li title="c">1</li>\n    </ul>',
  );
});

test("an element goes with its lines, and with the braces that were for it", () => {
  assert.equal(
    changed(LIST, { kind: "remove" }),
    "<div>\n      <i>1</i>\n      {isOn && <u>3</u>}\n    </div>",
  );
  assert.equal(changed("<div>a {isOn && ▸<b>1</b>}</div>", { kind: "remove" }), "<div>a </div>");
  assert.equal(
    changed("<div>{isOn ? ▸<b>1</b> : <i>2</i>}</div>", { kind: "remove" }),
    "<div>{isOn ? null : <i>2</i>}</div>",
  );
});

test("an element is wrapped, and its lines move in", () => {
  assert.equal(
    changed("▸<p>\n      a\n    </p>", { kind: "wrap" }),
    "<div>\n      <p>\n        a\n      </p>\n    </div>",
  );
  assert.equal(changed("<p>a ▸<b>c</b></p>", { kind: "wrap" }), "<p>a <div><b>c</b></div></p>");
});

test("what would break the app says why it can't be done", () => {
  const remove = { kind: "remove" };
  refused("▸<main>a</main>", remove, "It is the whole of Home. Select where Home is used instead.");
  refused("<ul>{all.map((one) => ▸<li>a</li>)}</ul>", remove, "It is drawn for each of `all`. Take it out there.");
  refused("<Slot>▸<b>1</b></Slot>", remove, /Slot needs what is in it/);
  refused("<Card>▸<b>1</b></Card>", remove, /It is all that Card holds/);
  refused("<Card icon={▸<b>1</b>} />", remove, /given to another element/);
  refused("<Button asChild>▸<a>1</a></Button>", { kind: "duplicate" }, /can hold only one element/);
});

test("components that look for each other stay beside each other", () => {
  const router = { head: 'import { Route, Routes } from "react-router-dom";\n' };
  const jsx = '<Routes>▸<Route path="/" /></Routes>';
  refused(jsx, { kind: "wrap" }, "Route has to stand directly in Routes.", router);
  refused(jsx, classes(["p-2"]), /Route decides its looks by itself/, router);
});

test("an element that is not there any more is refused", () => {
  assert.throws(() => patch("▸<h1>a</h1>".replace("<", " <"), text("b")), /not in the file any more/);
  const { text: code } = marked(component("▸<p>a"));
  assert.throws(() => patch(`▸${code}`, text("b")), new RegExp(`${FILE} has an error`));
});

test("lines that end like on Windows still do", () => {
  const { text: patched } = patch(component(LIST).replaceAll("\n", "\r\n"), { kind: "duplicate" });
  assert.equal(patched.replaceAll("\r\n", "").includes("\n"), false);
});
