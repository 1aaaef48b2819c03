/**
 * How a person sees a page: runs in it, in a world of its own beside the app's scripts, so that nothing the app does
 * to its objects reaches it. Called by Page.ask; what is answered is plain data.
 */
globalThis.sight = (() => {
  const FIELDS =
    "input:not([type=hidden],[type=button],[type=submit],[type=reset],[type=checkbox],[type=radio],[type=file]," +
    "[type=image]), textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=searchbox], " +
    "[role=combobox], [role=spinbutton]";
  const CONTROLS =
    "button, a[href], input[type=button], input[type=submit], input[type=reset], input[type=checkbox], " +
    "input[type=radio], input[type=image], summary, label, option, [role=button], [role=link], [role=tab], " +
    "[role=menuitem], [role=menuitemcheckbox], [role=menuitemradio], [role=option], [role=checkbox], [role=radio], " +
    "[role=switch], [role=treeitem], [onclick], [tabindex]:not([tabindex='-1'])";
  const CHOICES = "[role=option], [role=menuitemradio], [role=menuitem], [role=radio], input[type=radio], [role=tab]";
  const GROUPS = "[role=radiogroup], [role=group], [role=tablist], [role=listbox], fieldset";
  const SET_BY_VALUE = new Set(["date", "time", "month", "week", "datetime-local", "color", "range"]);
  const KIND_WORDS = /\s+(button|link|tab|field|input|box|checkbox|switch|icon|menu|option)$/;
  const SETTLED = 200; // ms without a change
  const STEP = 50;
  const LONGEST_LABEL = 80;

  const typed = new WeakSet(); // fields that were filled: what they say is no news
  let chosen = null; // the field that was found last

  const normal = (text) =>
    String(text ?? "")
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\u201c\u201d"]/g, "")
      .replace(/[\s\u00a0\u200b]+/g, " ")
      .trim()
      .toLowerCase();
  const named = (text) => normal(text).replace(/[\s:*…]+$/, "");
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function isVisible(element) {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  const isBehind = (element) => element.closest("[inert], [aria-hidden=true]") !== null;
  const isDisabled = (element) => element.matches(":disabled, [aria-disabled=true]");

  /** Whatever a person, or a screen reader, may call it; the surest names first. */
  function namesOf(element) {
    const byIds = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => document.getElementById(id));
    const isField = element.matches(FIELDS);
    const names = [
      element.getAttribute("aria-label"),
      byIds.map((label) => label?.innerText ?? "").join(" "),
      ...[...(element.labels ?? [])].map((label) => label.innerText),
      element.placeholder,
      element.dataset?.placeholder,
      element.matches("input[type=button], input[type=submit], input[type=reset]") ? element.value : null,
      isField && !element.matches("[role=combobox]:not(input)") ? null : element.innerText,
      element.title,
      element.alt,
      ...all("img[alt], svg[aria-label], [title]", element).map((part) => part.alt ?? part.getAttribute("aria-label")),
    ];
    return names.map(named).filter(Boolean);
  }

  /** The text that stands beside or above a field that has no label of its own, and how its code calls it. */
  function nearbyNames(field) {
    const names = [];
    for (let node = field, depth = 0; node && node !== document.body && depth < 3; node = node.parentElement, depth += 1) {
      const before = node.previousElementSibling;
      if (before && !before.querySelector(FIELDS) && before.innerText?.length < LONGEST_LABEL) names.push(before.innerText);
    }
    names.push(field.closest("fieldset")?.querySelector("legend")?.innerText);
    for (const code of [field.name, field.id]) names.push(code?.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_.]/g, " "));
    return names.map(named).filter(Boolean);
  }

  /** 0: something else; the more, the surer. */
  function likeness(name, target) {
    if (name === target) return 4;
    if (name.startsWith(`${target} `)) return 3;
    if (` ${name} `.includes(` ${target} `)) return 2.5;
    if (name.includes(target)) return 2;
    return name.length > 2 && ` ${target} `.includes(` ${name} `) ? 1 : 0;
  }

  const best = (names, target) => Math.max(0, ...names.map((name) => likeness(name, target)));

  /** The element that is meant most likely; of equals the first, and what is not behind a dialog before what is. */
  function pick(elements, score) {
    let found = null;
    for (const element of elements) {
      const likely = score(element);
      if (likely <= 0 || !isVisible(element)) continue;
      const rank = likely - (isBehind(element) ? 10 : 0) - (isDisabled(element) ? 0.5 : 0);
      if (found === null || rank > found.rank) found = { element, rank };
    }
    return found?.element ?? null;
  }

  function findControl(target) {
    const wanted = [named(target), named(target).replace(KIND_WORDS, "")];
    for (const text of new Set(wanted)) {
      const control = pick(all(CONTROLS), (element) => {
        const weight = element.matches("label, [tabindex]:not(button, a, [role])") ? -0.25 : 0;
        const likely = best(namesOf(element), text);
        return likely && likely + weight;
      });
      if (control) return control;
    }
    const checkbox = pick(all("input[type=checkbox], input[type=radio]"), (box) => best(nearbyNames(box), wanted[0]));
    return checkbox ?? findText(wanted[0]);
  }

  /** The smallest element that has the text. */
  function findText(text) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const holders = [];
    while (walker.nextNode()) holders.push(walker.currentNode.parentElement);
    return pick(holders, (element) => likeness(named(element.innerText), text));
  }

  function findField(target) {
    const wanted = named(target).replace(KIND_WORDS, "") || named(target);
    const fields = all(FIELDS);
    const sure = pick(fields, (field) => best(namesOf(field), wanted));
    const near = sure ?? pick(fields, (field) => best(nearbyNames(field), wanted));
    if (near) return near;
    const open = fields.filter((field) => isVisible(field) && !isBehind(field) && !isDisabled(field));
    return open.length === 1 ? open[0] : null; // there is only one that can be meant
  }

  const quoted = (text) => `“${String(text).slice(0, LONGEST_LABEL)}”`;

  /** Where to click on it, once it is in view and has stopped moving. */
  async function spot(element, target) {
    if (isDisabled(element)) return { why: `${quoted(target)} is there but disabled.` };
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    let box = element.getBoundingClientRect();
    for (let tries = 0; tries < 20; tries += 1) {
      await frame();
      const now = element.getBoundingClientRect();
      const isStill = Math.abs(now.x - box.x) < 1 && Math.abs(now.y - box.y) < 1;
      box = now;
      if (isStill && tries > 0) break;
    }
    for (const [across, down] of [[0.5, 0.5], [0.2, 0.5], [0.5, 0.2], [0.8, 0.8]]) {
      const x = box.x + box.width * across;
      const y = box.y + box.height * down;
      const hit = document.elementFromPoint(x, y);
      const label = hit?.closest("label");
      if (hit && (element.contains(hit) || hit.contains(element) || label?.control === element)) return { x, y };
    }
    const label = [...(element.labels ?? [])].find(isVisible);
    return label ? spot(label, target) : { why: `${quoted(target)} is covered by something else.` };
  }

  async function click(target) {
    const control = findControl(target);
    return control ? spot(control, target) : { why: `There is nothing to click that is called ${quoted(target)}.` };
  }

  /** A field to type into, or one that was set already. */
  async function fill(target, value) {
    const field = findField(target);
    if (!field) return { why: `There is no field called ${quoted(target)}.` };
    if (field.matches("select") || field.matches("[role=combobox]:not(input)")) return choose(target, value);
    if (isDisabled(field) || field.readOnly) return { why: `The field ${quoted(target)} can't be changed.` };
    typed.add(field);
    if (SET_BY_VALUE.has(field.type)) return setValue(field, value);
    chosen = field;
    return spot(field, target);
  }

  /** Marks what is in the field found last, so that typing replaces it. */
  function selectText() {
    chosen.focus();
    if (chosen.select) chosen.select();
    else getSelection().selectAllChildren(chosen);
  }

  function setValue(field, value) {
    const prototype = field.matches("select") ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
    const { set } = Object.getOwnPropertyDescriptor(prototype, "value");
    set.call(field, asTyped(field, value));
    if (field.value === "") return { why: `The field does not take ${quoted(value)}.` };
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    return { done: true };
  }

  /** A date in words as the field wants it. */
  function asTyped(field, value) {
    if (field.type !== "date" || /^\d{4}-\d\d-\d\d$/.test(value)) return value;
    const days = { yesterday: -1, today: 0, tomorrow: 1 }[normal(value)];
    const date = days === undefined ? new Date(value) : new Date(Date.now() + days * 86_400_000);
    return Number.isNaN(date.getTime()) ? value : date.toISOString().slice(0, 10);
  }

  /** An option of a field: set, or where to click; `opens` where that only shows the options. */
  async function choose(target, value) {
    const wanted = named(value);
    const field = findField(target);
    if (field?.matches("select")) {
      const option = likeliest([...field.options], (one) => likeness(named(one.label), wanted));
      return option ? setValue(field, option.value) : { why: `${quoted(target)} has no option ${quoted(value)}.` };
    }
    const group = pick(all(GROUPS), (one) => best([...namesOf(one).slice(0, 2), ...nearbyNames(one)], named(target)));
    const choice = group && pick(all(`${CHOICES}, ${CONTROLS}`, group), (one) => best(namesOf(one), wanted));
    if (choice) return spot(choice, value);
    const trigger = field ?? pick(all("[aria-haspopup], [role=combobox]"), (one) => best(namesOf(one), named(target)));
    if (trigger) return { ...(await spot(trigger, target)), opens: true };
    return click(value);
  }

  const likeliest = (options, score) =>
    options.map((option) => ({ option, rank: score(option) })).sort((a, b) => b.rank - a.rank)[0]?.option ?? null;

  async function option(value) {
    const found = pick(all(CHOICES), (one) => best(namesOf(one), named(value)));
    return found ? spot(found, value) : { why: `There is no option ${quoted(value)}.` };
  }

  /** What can be read on the page, but for what was typed there. */
  function text() {
    const fields = all("input:not([type=password], [type=hidden]), textarea").filter((field) => !typed.has(field));
    return normal([document.body?.innerText, ...fields.filter(isVisible).map((field) => field.value)].join(" \n "));
  }

  function sees(target) {
    const wanted = named(target);
    if (text().includes(wanted)) return true;
    const hints = all("[placeholder], [aria-label], [alt], [title], select").filter(isVisible);
    return hints.some((element) => {
      const said = element.matches("select") ? element.selectedOptions[0]?.label : "";
      return [element.placeholder, element.getAttribute("aria-label"), element.alt, element.title, said]
        .map(normal)
        .some((hint) => hint.includes(wanted));
    });
  }

  const shows = (target) => text().includes(named(target));

  /** Nothing that anybody could see: no text, no picture, no control. */
  function isBlank() {
    if (!document.body) return true;
    if (document.body.innerText.trim() !== "" && all("body *").some((one) => isVisible(one) && one.innerText?.trim())) return false;
    return !all("img, svg, canvas, video, iframe, input, textarea, select, button").some(isVisible);
  }

  /** The app's own addresses that the page leads to. */
  function links() {
    const found = all("a[href]")
      .map((link) => new URL(link.href, document.baseURI))
      .filter((url) => url.origin === location.origin);
    return [...new Set(found.map((url) => url.pathname + (url.hash.startsWith("#/") ? url.hash : "")))];
  }

  const isMoving = () =>
    document.getAnimations().some((animation) => {
      const { iterations, duration } = animation.effect?.getComputedTiming() ?? {};
      return animation.playState === "running" && iterations !== Infinity && duration > 0;
    });

  /** Wait until it is loaded, drawn and still: no change for a moment. */
  async function settle(patience) {
    const end = performance.now() + patience;
    let changed = performance.now();
    const watch = new MutationObserver(() => {
      changed = performance.now();
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const isSettled = () =>
      document.readyState === "complete" && performance.now() - changed > SETTLED && !isMoving() && !isBlank();
    while (performance.now() < end && !isSettled()) await pause(STEP);
    watch.disconnect();
    await frame();
  }

  const size = () => document.getElementsByTagName("*").length;

  return { click, fill, selectText, choose, option, sees, shows, text, isBlank, links, settle, size };
})();
