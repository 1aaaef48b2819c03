import { useEffect, useRef, useState } from "react";
import { FileCode2 } from "lucide-react";
import { fitting, mentionAt, withMention } from "./mentions.js";

const FRESH_MS = 10_000;

/** The paths of an app's files, read when they are first needed and again when they may have changed. */
function usePaths(slug) {
  const [paths, setPaths] = useState([]);
  const readAt = useRef(0);
  const need = async () => {
    if (Date.now() - readAt.current < FRESH_MS) return;
    readAt.current = Date.now();
    const answer = await fetch(`/api/studio/${slug}/files`).catch(() => null);
    if (answer?.ok) setPaths((await answer.json()).files.map(({ path }) => path));
  };
  return [paths, need];
}

/**
 * Files to choose from while a name is typed behind an "@".
 *
 * @param {string} slug
 * @param {{ current: HTMLTextAreaElement }} area
 * @param {(text: string, caret: number) => void} onFill
 */
export function useMentions(slug, area, onFill) {
  const [paths, need] = usePaths(slug);
  const [mention, setMention] = useState(null);
  const [place, setPlace] = useState(0);
  const found = mention ? fitting(mention.query, paths) : [];
  const isOpen = found.length > 0;

  const look = () => {
    const { value, selectionStart, selectionEnd } = area.current;
    const typed = selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null;
    if (typed) need();
    setMention(typed);
    setPlace(0);
  };
  const choose = (path) => {
    const filled = withMention(area.current.value, mention, path);
    setMention(null);
    onFill(filled.text, filled.caret);
  };
  /** Whether the key was for the list. */
  const onKeyDown = (event) => {
    if (!isOpen) return false;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) setPlace((place + move + found.length) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(found[place]);
    else if (event.key === "Escape") setMention(null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { found, place, isOpen, look, choose, onKeyDown, close: () => setMention(null) };
}

export function MentionList({ mentions }) {
  const { found, place, isOpen, choose } = mentions;
  const list = useRef(null);
  useEffect(() => {
    list.current?.children[place]?.scrollIntoView({ block: "nearest" });
  }, [place, found]);
  return (
    <ul
      ref={list}
      id="mentions"
      role="listbox"
      aria-label="Files"
      hidden={!isOpen}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-64 overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-overlay"
    >
      {found.map((path, index) => (
        <li
          key={path}
          id={`mention-${index}`}
          role="option"
          aria-selected={index === place}
          onMouseDown={(event) => event.preventDefault()} // the message box keeps the focus
          onClick={() => choose(path)}
          className="flex h-8 cursor-pointer items-center gap-2 rounded-lg px-2.5 text-[13px] text-soft hover:bg-hover aria-selected:bg-hover aria-selected:text-ink"
        >
          <FileCode2 size={14} className="shrink-0 text-faint" aria-hidden="true" />
          <span className="min-w-0 truncate font-mono text-xs">{path}</span>
        </li>
      ))}
    </ul>
  );
}
