import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { CornerDownLeft, Search } from "lucide-react";
import { arranged, grouped, withRecent } from "./command_search.js";
import { isOn, read, register, subscribe } from "./commands.js";
import { isPressed, isTyping, keyWords } from "./keys.js";
import { useWindowEvents } from "./use_window_events.js";

const RECENT_KEY = "overskill:recent-commands";

/** The palette, the sheet of shortcuts, and the keyboard: all from the one list of commands. One for each page. */
export function Palette() {
  const commands = useSyncExternalStore(subscribe, read, read);
  const [open, setOpen] = useState(""); // "palette", "sheet" or ""
  useEffect(
    () =>
      register([
        { id: "palette", title: "Search commands", group: "Help", keys: "mod+k", whileTyping: true, run: () => setOpen("palette") },
        { id: "shortcuts", title: "Keyboard shortcuts", group: "Help", keys: "?", words: "keys help", run: () => setOpen("sheet") },
      ]),
    [],
  );
  useShortcuts(commands, open !== "");
  useWindowEvents({ "overskill:palette": () => setOpen("palette") });
  const close = () => setOpen("");
  if (open === "palette") return <Commands commands={commands.filter((each) => isOn(each) && each.id !== "palette")} onClose={close} />;
  return open === "sheet" ? <Sheet commands={commands} onClose={close} /> : null;
}

/** In a text field letters are letters: only commands that say so are heard there. */
function useShortcuts(commands, isOpen) {
  useEffect(() => {
    const heard = (event) => {
      if (event.defaultPrevented || event.isComposing || isOpen || event.target.closest?.("dialog, [role=dialog]")) return;
      const command = commands.find(({ keys }) => keys && isPressed(keys, event));
      if (!command || !isOn(command) || (!command.whileTyping && isTyping(event.target))) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, [commands, isOpen]);
}

/** Over everything, with the focus inside; Escape and a click beside it close it, and the focus goes back. */
function Modal({ label, onClose, className, children }) {
  const box = useRef(null);
  useEffect(() => {
    box.current.showModal();
  }, []);
  return (
    <dialog
      ref={box}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === box.current && box.current.close()}
      className={`m-auto overflow-hidden rounded-2xl border border-line bg-surface p-0 text-soft shadow-overlay backdrop:bg-backdrop backdrop:backdrop-blur-[2px] focus:outline-none ${className}`}
    >
      {children(() => box.current.close())}
    </dialog>
  );
}

function Commands({ commands, onClose }) {
  const [query, setQuery] = useState("");
  const [place, setPlace] = useState(0);
  const [recent] = useState(readRecent);
  const groups = useMemo(() => arranged(query, commands, recent), [query, commands, recent]);
  const flat = groups.flatMap((group) => group.commands);

  const chosen = useRef(null);
  const run = (command, close) => {
    localStorage.setItem(RECENT_KEY, JSON.stringify(withRecent(recent, command.id)));
    chosen.current = command;
    close();
  };
  const closed = () => {
    onClose();
    chosen.current?.run(); // only now: it may open something in this place, or move the focus
  };
  const onKeyDown = (event, close) => {
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: query ? undefined : 0, End: query ? undefined : flat.length - 1 }[event.key];
    if (to !== undefined && flat.length) {
      event.preventDefault();
      setPlace((to + flat.length) % flat.length);
    } else if (event.key === "Enter" && flat[place] && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(flat[place], close);
    }
  };
  return (
    <Modal label="Commands" onClose={closed} className="mt-[max(1rem,12dvh)] mb-auto w-[min(38rem,calc(100vw-2rem))]">
      {(close) => (
        <div className="flex max-h-[min(32rem,76dvh)] flex-col">
          <div className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line px-4">
            <Search size={17} className="shrink-0 text-faint" aria-hidden="true" />
            <input
              autoFocus
              type="text"
              value={query}
              placeholder="What do you want to do?"
              role="combobox"
              aria-label="Search commands"
              aria-expanded="true"
              aria-controls="palette-commands"
              aria-activedescendant={flat[place] ? `command-${flat[place].id}` : undefined}
              onChange={(event) => {
                setQuery(event.target.value);
                setPlace(0);
              }}
              onKeyDown={(event) => onKeyDown(event, close)}
              className="h-full min-w-0 flex-1 bg-transparent text-base text-ink outline-none!"
            />
            <Keys keys="escape" />
          </div>
          <div id="palette-commands" role="listbox" aria-label="Commands" className="min-h-0 flex-1 overflow-y-auto p-1.5">
            {groups.map(({ group, commands: members }) => (
              <div key={group} role="group" aria-label={group} className="pb-1">
                <p className="px-2.5 pb-1 pt-2 text-xs font-medium text-faint" aria-hidden="true">
                  {group}
                </p>
                {members.map((command) => (
                  <Row
                    key={command.id}
                    command={command}
                    isChosen={command === flat[place]}
                    onPoint={() => setPlace(flat.indexOf(command))}
                    onRun={() => run(command, close)}
                  />
                ))}
              </div>
            ))}
          </div>
          {flat.length ? null : <p className="px-4 pb-8 pt-4 text-center text-sm text-faint">No command is called that.</p>}
          <p role="status" className="sr-only">
            {flat.length} commands
          </p>
        </div>
      )}
    </Modal>
  );
}

function Row({ command, isChosen, onPoint, onRun }) {
  const row = useRef(null);
  useEffect(() => {
    if (isChosen) row.current.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <div
      ref={row}
      id={`command-${command.id}`}
      role="option"
      aria-selected={isChosen}
      onPointerMove={onPoint}
      onClick={onRun}
      className="flex h-10 cursor-pointer items-center gap-3 rounded-lg px-2.5 text-sm text-soft aria-selected:bg-hover aria-selected:text-ink"
    >
      <span className="min-w-0 flex-1 truncate">{command.title}</span>
      {command.keys ? <Keys keys={command.keys} /> : null}
      {isChosen ? <CornerDownLeft size={14} className="shrink-0 text-faint" aria-hidden="true" /> : null}
    </div>
  );
}

function Keys({ keys }) {
  return (
    <span className="flex shrink-0 gap-1">
      {keyWords(keys).map((word) => (
        <kbd key={word} className="min-w-5.5 rounded-md border border-line bg-sunken px-1.5 py-px text-center font-sans text-xs text-soft">
          {word}
        </kbd>
      ))}
    </span>
  );
}

function Sheet({ commands, onClose }) {
  const groups = grouped(commands.filter(({ keys }) => keys));
  return (
    <Modal label="Keyboard shortcuts" onClose={onClose} className="w-[min(44rem,calc(100vw-2rem))]">
      {(close) => (
        <div className="max-h-[calc(100dvh-4rem)] overflow-y-auto p-5">
          <div className="flex items-center justify-between gap-4">
            <h2 className="text-base font-semibold text-ink">Keyboard shortcuts</h2>
            <button
              type="button"
              autoFocus
              onClick={close}
              className="h-8 rounded-lg px-3 text-[13px] font-medium text-soft hover:bg-hover hover:text-ink"
            >
              Close
            </button>
          </div>
          <div className="mt-3 gap-x-10 sm:columns-2">
            {groups.map(({ group, commands: members }) => (
              <section key={group} className="break-inside-avoid pb-4">
                <h3 className="pb-1 text-xs font-medium text-faint">{group}</h3>
                <dl>
                  {members.map((command) => (
                    <div key={command.id} className="flex h-8 items-center justify-between gap-4 text-[13px]">
                      <dt className="min-w-0 truncate text-soft">{command.title}</dt>
                      <dd>
                        <Keys keys={command.keys} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </div>
      )}
    </Modal>
  );
}

function readRecent() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT_KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return []; // somebody else wrote there
  }
}
