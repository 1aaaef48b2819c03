import { useEffect, useState } from "react";
import { PanelLeftOpen, Search } from "lucide-react";
import { ariaKeys, keyWords } from "./keys.js";
import { IconButton } from "./buttons.jsx";
import { say } from "./use_window_events.js";

/** Brings the chat back where it is hidden. */
export function ShowChat() {
  return (
    <IconButton
      label="Show the chat"
      Icon={PanelLeftOpen}
      size={16}
      side="right"
      aria-keyshortcuts={ariaKeys("mod+b")}
      onClick={() => say("overskill:show-chat")}
      className="hidden size-8! md:group-data-[chat=hidden]/panes:grid"
    />
  );
}

/** Opens the palette, and says which keys do. */
export function OpenPalette() {
  const [words, setWords] = useState("");
  useEffect(() => setWords(keyWords("mod+k").join(" ")), []);
  return (
    <button
      type="button"
      aria-label="Search commands"
      aria-keyshortcuts={ariaKeys("mod+k")}
      onClick={() => say("overskill:palette")}
      className="flex h-8.5 items-center gap-2 rounded-lg border border-line bg-sunken px-2.5 text-[13px] text-faint transition-colors duration-150 hover:border-strong hover:text-ink max-sm:border-transparent max-sm:bg-transparent"
    >
      <Search size={15} aria-hidden="true" />
      <span className="hidden min-w-10 text-left text-xs lg:inline" aria-hidden="true">
        {words}
      </span>
    </button>
  );
}
