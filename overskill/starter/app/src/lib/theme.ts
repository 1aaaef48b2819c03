import { useLayoutEffect, useSyncExternalStore } from "react";

import { createStore, useStore } from "./storage";

export type Theme = "light" | "dark" | "system";

/** What is shown to someone who has not chosen. */
const DEFAULT_THEME: Theme = "system";

// A choice is kept per default, so that a new default is seen once.
const theme = createStore<Theme>(`theme-over-${DEFAULT_THEME}`, DEFAULT_THEME);
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

function isDark(choice: Theme, isSystemDark: boolean): boolean {
  return choice === "dark" || (choice === "system" && isSystemDark);
}

function apply(dark: boolean): void {
  document.documentElement.classList.toggle("dark", dark);
}

apply(isDark(theme.get(), systemIsDark.matches)); // before anything is drawn

function followSystem(listener: () => void): () => void {
  systemIsDark.addEventListener("change", listener);
  return () => systemIsDark.removeEventListener("change", listener);
}

export function useTheme(): { isDark: boolean; toggle: () => void } {
  const [choice, setChoice] = useStore(theme);
  const isSystemDark = useSyncExternalStore(followSystem, () => systemIsDark.matches);
  const dark = isDark(choice, isSystemDark);
  useLayoutEffect(() => apply(dark), [dark]);
  return { isDark: dark, toggle: () => setChoice(dark ? "light" : "dark") };
}
