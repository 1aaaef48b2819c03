/** Secrets in code: whoever opens the published app can read them. */
import { isGoogleKey, liveKey, looksSecret } from "../secrets.mjs";
import { outer, plainKey, unwrap } from "../syntax.mjs";
import { alternatives } from "../values.mjs";

const FOLDED = new Set(["BinaryExpression", "CallExpression", "TemplateLiteral"]);

export const found = (what) => ({
  rule: "secret",
  severity: "critical",
  message: `There is ${what} in the code, and everybody who opens the app can read it.`,
  fix: "Remove it, have it replaced by a new one where it came from, and call that service from a server.",
});

export const problems = {
  google: {
    rule: "secret",
    severity: "medium",
    message: "There is a Google key in the code, and everybody who opens the app can use it.",
    fix: "Limit it to the app's address and to the services it needs, in Google's console.",
  },
  likely: {
    rule: "secret",
    severity: "high",
    message: "What looks like a secret is in the code, and everybody who opens the app can read it.",
    fix: "Remove it, or ask for it when the app is used. If it is no secret, give it a name that says so.",
  },
};

export const visitors = {
  Literal(node, scan) {
    if (typeof node.value === "string" && node.value.length >= 16) reportText(node, node.value, scan);
  },
  TemplateElement(node, scan) {
    reportText(node, node.value.raw, scan);
  },
  BinaryExpression: reportFolded,
  CallExpression: reportFolded,
  TemplateLiteral: reportFolded,
  JSXText(node, scan) {
    reportText(node, node.value, scan);
  },
};

/** What is put together from pieces, once it is whole. */
function reportFolded(node, scan) {
  if (FOLDED.has(outer(node)?.type) && node.type !== "CallExpression") return;
  for (const each of alternatives(scan.value(node)))
    if (each.type === "constant" && typeof each.value === "string") reportText(node, each.value, scan);
}

function reportText(node, text, scan) {
  const what = liveKey(text);
  if (what) scan.report(node, found(what));
  else if (isGoogleKey(text)) scan.report(node, problems.google);
  else if (looksSecret(nameGiven(node), text)) scan.report(node, problems.likely);
}

/** What the value is called: `const apiSecret = …`, `{apiSecret: …}`, `config.apiSecret = …`. */
function nameGiven(node) {
  const around = outer(node);
  if (around?.type === "VariableDeclarator") return around.id.name ?? "";
  if (around?.type === "Property" || around?.type === "PropertyDefinition")
    return around.value && unwrap(around.value) === node ? (plainKey(around.key, around.computed) ?? "") : "";
  if (around?.type !== "AssignmentExpression") return "";
  const target = unwrap(around.left);
  if (target.type === "MemberExpression") return plainKey(target.property, target.computed) ?? "";
  return target.name ?? "";
}
