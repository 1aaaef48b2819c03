/** What the language service of the app gives the editor (language.js); an editor without it edits all the same. */
const { "./language.js": language } = import.meta.glob("./language.js", { eager: true });

/** Completion, hover, diagnostics and the like for one file. */
export function featuresFor(workspace, path) {
  if (!language) return [];
  return language.languageExtensions({
    slug: workspace.slug,
    path,
    save: () => workspace.opened(path)?.document.flush(),
    open: (target, place) => workspace.show(target, place),
  });
}

/** The text as the house writes it; the same text where it can't be formatted. */
export async function formatted(workspace, path, text) {
  return language ? language.format(workspace.slug, path, text) : text;
}

export const canFormat = Boolean(language);
