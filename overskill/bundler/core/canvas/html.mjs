/** The HTML elements that can be moved and edited as blocks, and what there is to say about each. */

import { choicesOf } from "../html-choices.mjs";

/** @typedef {{label: string, group: "layout" | "text" | "media" | "control" | "", holds: "blocks" | "text" | "", attributes: object[]}} Element */

const text = (name, label) => ({ name, label, type: "text", optional: true });
const select = (name, label, options) => ({ name, label, type: "select", options, optional: true });
const yes = (name, label) => ({ name, label, type: "boolean", optional: true });
const number = (name, label) => ({ name, label, type: "number", optional: true });

const LINK = [text("href", "Address"), select("target", "Opens in", ["_self", "_blank"])];
const IMAGE = [text("src", "Picture"), text("alt", "Description for who can't see it")];
const BUTTON = [select("type", "Kind", choicesOf("button", "type")), yes("disabled", "Disabled")];
const INPUT = [text("placeholder", "Placeholder"), yes("required", "Required"), yes("disabled", "Disabled")];

const of = (group, holds, elements) =>
  Object.entries(elements).map(([tag, about]) => {
    const [label, ...attributes] = Array.isArray(about) ? about : [about];
    return [tag, { label, group, holds, attributes }];
  });

/** @type {Map<string, Element>} */
export const ELEMENTS = new Map([
  ...of("layout", "blocks", {
    section: "Section",
    div: "Box",
    main: "Main part",
    header: "Header",
    footer: "Footer",
    nav: "Navigation",
    aside: "Aside",
    article: "Article",
    form: "Form",
    ul: "List",
    ol: "Numbered list",
  }),
  ...of("text", "text", {
    h1: "Heading 1",
    h2: "Heading 2",
    h3: "Heading 3",
    h4: "Heading 4",
    p: "Paragraph",
    a: ["Link", ...LINK],
    li: "List item",
    blockquote: "Quote",
    span: "Words",
    strong: "Strong words",
    em: "Emphasis",
    small: "Small print",
  }),
  ...of("media", "", { img: ["Picture", ...IMAGE], hr: "Line" }),
  ...of("control", "text", { button: ["Button", ...BUTTON], label: ["Label", text("htmlFor", "Belongs to")] }),
  ...of("control", "", { input: ["Input", select("type", "Kind", choicesOf("input", "type")), ...INPUT] }),
  // Known where they stand, but not offered: alone they mean nothing, or the app's own parts do better.
  ...of("", "blocks", {
    figure: "Figure",
    fieldset: "Group of fields",
    details: "Details",
    dl: "Terms",
    table: "Table",
    thead: "Head of a table",
    tbody: "Body of a table",
    tfoot: "Foot of a table",
    tr: "Row",
    address: "Address",
    picture: "Picture",
    hgroup: "Heading group",
    search: "Search",
    select: "Choice",
  }),
  ...of("", "text", {
    h5: "Heading 5",
    h6: "Heading 6",
    b: "Bold",
    i: "Italic",
    u: "Underlined",
    s: "Struck through",
    code: "Code",
    kbd: "Key",
    pre: "Preformatted text",
    mark: "Marked words",
    time: "Time",
    abbr: "Abbreviation",
    cite: "Source",
    sub: "Below the line",
    sup: "Above the line",
    td: ["Cell", number("colSpan", "Columns")],
    th: ["Head cell", number("colSpan", "Columns")],
    caption: "Caption",
    figcaption: "Caption",
    legend: "Legend",
    summary: "Summary",
    option: ["Option", text("value", "Value")],
    dt: "Term",
    dd: "Explanation",
  }),
  ...of("", "", {
    br: "Line break",
    textarea: ["Text area", number("rows", "Lines"), ...INPUT],
  }),
]);

const COMMON = [
  { name: "className", label: "Classes", type: "textarea", optional: true },
  { name: "id", label: "Name for links to it", type: "text", optional: true },
];

export const attributesOf = (tag) => [...(ELEMENTS.get(tag)?.attributes ?? []), ...COMMON];

/** What one of these begins with when somebody adds it. */
export function sampleOf(tag) {
  const { holds, label } = ELEMENTS.get(tag);
  const sample = SAMPLES[tag] ?? {};
  if (holds === "text") return { text: label, children: [], ...sample };
  return holds === "blocks" ? { text: "", children: [], ...sample } : sample;
}

const words = (tag, text, className) => ({
  type: tag,
  props: { text, children: [], ...(className && { "@className": className }) },
});
const SAMPLES = {
  section: {
    "@className": "grid gap-4 py-8",
    children: [
      words("h2", "A section", "text-2xl font-semibold"),
      words("p", "Say here what it is about.", "text-muted-foreground"),
    ],
  },
  div: { "@className": "flex flex-wrap gap-4" },
  h1: { text: "A title", "@className": "text-3xl font-semibold" },
  h2: { text: "A heading", "@className": "text-2xl font-semibold" },
  h3: { text: "A heading", "@className": "text-lg font-semibold" },
  p: { text: "A paragraph of text." },
  a: { text: "A link", "@href": "#", "@className": "underline" },
  ul: { "@className": "list-disc pl-5", children: [words("li", "First"), words("li", "Second")] },
  ol: { "@className": "list-decimal pl-5", children: [words("li", "First"), words("li", "Second")] },
  button: { text: "Button", "@type": "button", "@className": "rounded-md border px-4 py-2 text-sm font-medium" },
  img: { "@src": "", "@alt": "", "@className": "rounded-lg" },
  input: { "@type": "text", "@placeholder": "", "@className": "rounded-md border px-3 py-2" },
  hr: {},
};
