/** What the language service of the app gives the editor. */
import { format, languageExtensions } from "./language.js";


/** Completion, hover, diagnostics and the like for one file. */
export function featuresFor(workspace, path) {
  return languageExtensions({
    slug: workspace.slug,
    path,
    save: () => workspace.opened(path)?.document.flush({ isTyping: true }),
    open: (target, place) => workspace.show(target, place),
    onProblems: (problems) => workspace.checked(path, problems),
  });
}

/** The text as the house writes it; the same text where it can't be formatted. */
export function formatted(workspace, path, text) {
  return format(workspace.slug, path, text);
}
