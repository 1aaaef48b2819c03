import { useEffect, useMemo, useRef, useState } from "react";
import * as Dialog from "@radix-ui/react-dialog";
import { Search } from "lucide-react";
import { FileIcon } from "./file_icon.jsx";
import { ranked } from "./fuzzy.js";
import { nameOf, parentOf } from "./tree.js";

/** Go to a file by some letters of its name, or with `:` to a line of the one in front. */
export function QuickOpen({ paths, recent, onOpen, onLine, onClose }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef(null);
  const line = /^:(\d+)$/.exec(query.trim())?.[1];
  const found = useMemo(() => (query.startsWith(":") ? [] : ranked(query, paths, recent.toReversed())), [query, paths]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at, found]);

  const choose = (path) => {
    onClose();
    onOpen(path);
  };
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) setAt((at + step + found.length) % found.length);
    else if (event.key === "Enter" && line) {
      onClose();
      onLine(Number(line));
    } else if (event.key === "Enter" && found[at]) choose(found[at].path);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-backdrop" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="fixed left-1/2 top-[12vh] z-50 flex max-h-[70dvh] w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 animate-fade flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-overlay focus:outline-none"
        >
          <Dialog.Title className="sr-only">Go to file</Dialog.Title>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search size={16} className="shrink-0 text-faint" aria-hidden="true" />
            <input
              autoFocus
              role="combobox"
              aria-label="Go to file"
              aria-expanded="true"
              aria-controls="files-found"
              aria-activedescendant={found[at] ? `file-found-${at}` : undefined}
              placeholder="Name of a file, or :42 for a line"
              spellCheck={false}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              className="h-12 min-w-0 flex-1 bg-transparent text-sm text-ink outline-none"
            />
          </div>
          <ul ref={list} id="files-found" role="listbox" aria-label="Files" className="min-h-0 overflow-y-auto p-1.5">
            {found.map(({ path, places }, index) => (
              <li
                key={path}
                id={`file-found-${index}`}
                role="option"
                aria-selected={index === at}
                onMouseMove={() => setAt(index)}
                onClick={() => choose(path)}
                className="flex h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-[13px] text-soft aria-selected:bg-hover aria-selected:text-ink"
              >
                <FileIcon path={path} />
                <span className="shrink-0 text-ink">
                  <Marked text={nameOf(path)} from={path.length - nameOf(path).length} places={places} />
                </span>
                <span className="min-w-0 truncate text-xs text-faint">
                  <Marked text={parentOf(path)} from={0} places={places} />
                </span>
              </li>
            ))}
          </ul>
          {found.length ? null : <p className="px-4 pb-4 text-[13px] text-faint">{wordsFor(query, line)}</p>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function wordsFor(query, line) {
  if (line) return `Press Enter to go to line ${line}.`;
  return query.startsWith(":") ? "Type the number of a line." : "No file has these letters in this order.";
}

function Marked({ text, from, places }) {
  const marked = new Set(places);
  return [...text].map((letter, index) =>
    marked.has(from + index) ? (
      <b key={index} className="font-semibold text-accent-ink">
        {letter}
      </b>
    ) : (
      letter
    ),
  );
}
