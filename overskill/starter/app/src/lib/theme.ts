import { createStore, useStore } from "./storage";

export type Theme = "light" | "dark" | "system";

/** What is shown to someone who has not chosen. */
const DEFAULT_THEME: Theme = "system";

// A choice is kept per default, so that a new default is seen once.
const theme = createStore<Theme>(`theme-over-${DEFAULT_THEME}`, DEFAULT_THEME);
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

function isDark(choice: Theme): boolean {
  return choice === "dark" || (choice === "system" && systemIsDark.matches);
}

function apply(): void {
  document.documentElement.classList.toggle("dark", isDark(theme.get()));
}

apply();
theme.subscribe(apply);
systemIsDark.addEventListener("change", apply);

export function useTheme(): { isDark: boolean; toggle: () => void } {
  const [choice, setChoice] = useStore(theme);
  const dark = isDark(choice);
  return { isDark: dark, toggle: () => setChoice(dark ? "light" : "dark") };
}
