import { useEffect, useEffectEvent } from "react";

/** Runs `onPress` for a single key, except while someone types or a dialog is open. */
export function useShortcut(key: string, onPress: () => void): void {
  const run = useEffectEvent(onPress);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const isTyping = target.closest("input, textarea, select, [contenteditable], [role=dialog]");
      if (event.key !== key || event.metaKey || event.ctrlKey || event.altKey || isTyping) return;
      event.preventDefault();
      run();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [key]);
}
