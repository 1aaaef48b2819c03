import { useEffect, useEffectEvent } from "react";

/** Runs `onPress` for a key, except where the key already means something: in inputs, on buttons, in dialogs. */
export function useKey(key: string, onPress: () => void): void {
  const run = useEffectEvent(onPress);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const isTaken = target.closest("input, textarea, select, button, a, [role=dialog], [role=menu]");
      if (event.key !== key || event.repeat || event.metaKey || event.ctrlKey || event.altKey || isTaken) return;
      event.preventDefault();
      run();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [key]);
}
