/** What TypeScript knows, in the editor: suggestions, explanations, problems, where a name is defined, parameters. */
import { autocompletion, insertCompletionText, pickedCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { Facet } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import { changesFor, isChecked, isCode, offsetOf, optionOf, placeOf, problemsOf } from "./language_answers.js";
import { answerOf, atRest, languageClient, latestOnly } from "./language_client.js";
import { goingToDefinitions } from "./language_definition.js";
import { isToBeChecked } from "./language_recheck.js";
import { callParameters } from "./language_signature.js";
import { explanation, explanationTheme } from "./language_view.js";

const SUGGEST_AFTER_MS = 180; // so not at each key of one who types on
const EXPLAIN_AFTER_MS = 120; // the whole file is sent along: not at each letter that changes what is suggested first
const LINT_AFTER_MS = 700;
const HOVER_AFTER_MS = 350;
const LONGEST_SAVE_MS = 1500;
const WORD = /[\w$]+$/;
const ASKING = /(?:\.|\/|["'`@])$/; // after these, too, something may follow that is known
const PROSE = new Set(["LineComment", "BlockComment", "JSXText", "TemplateString", "RegExp"]); // TypeScript knows nothing there
const openFile = Facet.define({ combine: ([path]) => path });

/**
 * @param {object} options
 * @param {string} options.slug
 * @param {string} options.path
 * @param {() => unknown} options.save  what was typed, so that problems of the whole app count
 * @param {(path: string, place: { line: number, column: number }) => void} options.open
 * @param {(problems: { line: number, column: number, severity: string, message: string }[]) => void} options.onProblems
 *   what is wrong with the text as it stands, whenever that was looked at
 * @returns {import("@codemirror/state").Extension[]}
 */
export function languageExtensions({ slug, path, save, open, onProblems }) {
  const client = languageClient(slug);
  const ask = (kind, state, offset, { signal, ...more } = {}) => {
    const text = state.doc.toString();
    return client(kind, { path, text, ...placeOf(state.doc, offset), ...more }, signal);
  };
  const problems = isChecked(path) ? [problemSource(client, path, { save, onProblems })] : [];
  if (!isCode(path)) return [openFile.of(path), problems];
  return [
    openFile.of(path),
    problems,
    autocompletion({ override: [suggestionSource(client, path)], activateOnTypingDelay: SUGGEST_AFTER_MS }),
    hoverTooltip(explanationSource(ask), { hoverTime: HOVER_AFTER_MS, hideOnChange: true }),
    goingToDefinitions(ask, { path, open }),
    callParameters(ask),
    explanationTheme,
  ];
}

/** The text as it is laid out everywhere; the same text where it can't be. */
export async function format(slug, path, text) {
  const answer = await answerOf(languageClient(slug)("format", { path, text }));
  return answer?.text ?? text;
}

function suggestionSource(client, path) {
  const isWanted = atRest(EXPLAIN_AFTER_MS);
  return async (context) => {
    const { state, pos } = context;
    if (!context.explicit && (isProse(state, pos) || !(context.matchBefore(WORD) || context.matchBefore(ASKING)))) return null;
    const controller = new AbortController();
    context.addEventListener("abort", () => controller.abort(), { onDocChange: true });
    const question = { path, text: state.doc.toString(), ...placeOf(state.doc, pos) };
    const answer = await answerOf(client("complete", question, controller.signal));
    if (!answer?.items.length) return null;
    const from = offsetOf(state.doc, { line: question.line, column: answer.items[0].column });
    return {
      from,
      options: answer.items.map((item) => ({ ...optionOf(item), ...describing(client, question, item, isWanted) })),
      validFor: answer.isIncomplete ? undefined : /^[\w$]*$/,
    };
  };
}

function isProse(state, offset) {
  return PROSE.has(syntaxTree(state).resolveInner(offset, -1).name);
}

/** A suggestion explains itself when it is looked at, and brings its import along when it is taken. */
function describing(client, question, { label, source, insert, column }, isWanted) {
  let asked = null;
  const describe = () => {
    asked ??= answerOf(client("resolve", { ...question, label, source }));
    return asked;
  };
  return {
    info: async () => {
      const answer = (asked || (await isWanted())) && (await describe());
      return answer && (answer.code || answer.documentation) ? explanation(answer) : null;
    },
    apply: (view, completion, start, to) => {
      const line = view.state.doc.lineAt(to);
      const from = line.number === question.line ? line.from + column - 1 : start;
      view.dispatch({
        ...insertCompletionText(view.state, insert, from, to),
        annotations: pickedCompletion.of(completion),
      });
      if (source) void importInto(view, question, describe());
    },
  };
}

async function importInto(view, { path, text }, asked) {
  const answer = await asked;
  const isInFront = view.state.facet(openFile) === path; // somebody who types is quick
  const changes = isInFront && answer ? changesFor(view.state.doc, text, answer.edits) : null;
  if (changes?.length) view.dispatch({ changes, userEvent: "input.complete" });
}

function explanationSource(ask) {
  const askLast = latestOnly((kind, { state, offset }, signal) => ask(kind, state, offset, { signal }));
  return async (view, offset) => {
    if (!view.state.wordAt(offset)) return null;
    const { state } = view;
    const hover = (await answerOf(askLast("hover", { state, offset })))?.hover;
    if (!hover) return null;
    const from = offsetOf(state.doc, hover.from);
    return { pos: from, end: offsetOf(state.doc, hover.to), create: () => ({ dom: explanation(hover) }) };
  };
}

function problemSource(client, path, { save, onProblems }) {
  const askLast = latestOnly((kind, question, signal) => client(kind, question, signal));
  return linter(
    async (view) => {
      await Promise.race([answerOf(Promise.resolve(save())), pause(LONGEST_SAVE_MS)]);
      if (view.state.facet(openFile) !== path) return []; // another file came to the front meanwhile
      const { doc } = view.state;
      const answer = await answerOf(askLast("diagnostics", { path, text: doc.toString() }));
      if (view.state.doc === doc) onProblems(answer?.diagnostics ?? []);
      return answer ? problemsOf(doc, answer) : [];
    },
    { delay: LINT_AFTER_MS, needsRefresh: isToBeChecked },
  );
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
