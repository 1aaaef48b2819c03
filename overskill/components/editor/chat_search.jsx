import { useEffect, useRef, useState } from "react";
import { Search, X } from "lucide-react";
import { IconButton } from "./buttons.jsx";
import { TimeAgo } from "./time_ago.jsx";
import { counted } from "./turn_words.js";

const SHORTEST = 2; // characters
const PAUSE_MS = 200;

/**
 * A search in everything that was said. The arrows move in the list, Enter goes to the message, Escape closes.
 *
 * @param {{ slug: string, content: { current: HTMLElement }, onGo: (turn: string) => void, onClose: () => void }} props
 *   `content` holds the turns: the words that were searched for are marked in it.
 */
export function ChatSearch({ slug, content, onGo, onClose }) {
  const input = useRef(null);
  const [words, setWords] = useState("");
  const [hits, setHits] = useState(null); // null: nothing was searched for
  const [place, setPlace] = useState(0);
  const [isListed, setListed] = useState(true);

  useEffect(() => input.current.focus(), []);
  useEffect(() => {
    const wanted = words.trim();
    if (wanted.length < SHORTEST) {
      setHits(null);
      return undefined;
    }
    const giveUp = new AbortController();
    const timer = setTimeout(async () => {
      const address = `/api/studio/${slug}/turns/search?${new URLSearchParams({ q: wanted })}`;
      const answer = await fetch(address, { signal: giveUp.signal }).catch(() => null);
      if (giveUp.signal.aborted) return;
      setHits(answer?.ok ? (await answer.json()).hits : []);
      setPlace(0);
      setListed(true);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [words, slug]);
  useMarks(content, words.trim(), hits);

  const go = (to) => {
    setPlace(to);
    setListed(false);
    onGo(hits[to].turn);
  };
  const onKeyDown = (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (move && hits?.length) {
      event.preventDefault();
      setListed(true);
      setPlace((place + move + hits.length) % hits.length);
    } else if (event.key === "Enter" && hits?.length) {
      event.preventDefault();
      go(isListed ? place : (place + (event.shiftKey ? hits.length - 1 : 1)) % hits.length);
    }
  };
  return (
    <div role="search" className="relative z-10 border-b border-line bg-surface px-3 py-2">
      <div className="flex items-center gap-1.5">
        <Search size={15} className="ml-1 shrink-0 text-faint" aria-hidden="true" />
        <input
          ref={input}
          type="text"
          value={words}
          maxLength={200}
          placeholder="Search in this chat"
          role="combobox"
          aria-label="Search in this chat"
          aria-expanded={Boolean(hits?.length && isListed)}
          aria-controls="chat-hits"
          aria-activedescendant={hits?.length ? `chat-hit-${place}` : undefined}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-8 min-w-0 flex-1 bg-transparent px-1 text-base text-ink outline-none! sm:text-sm"
        />
        <span role="status" className="shrink-0 text-xs tabular-nums text-faint">
          {hits && (hits.length ? `${place + 1} of ${hits.length}` : "Nothing found")}
        </span>
        <IconButton label="Close the search" Icon={X} side="bottom" onClick={onClose} />
      </div>
      <ul
        id="chat-hits"
        role="listbox"
        aria-label={hits ? counted(hits.length, "hit") : "Hits"}
        hidden={!hits?.length || !isListed}
        className="absolute inset-x-2 top-full mt-1 max-h-80 overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-overlay"
      >
        {hits?.map((hit, index) => (
          <Hit key={index} hit={hit} id={`chat-hit-${index}`} isChosen={index === place} onGo={() => go(index)} />
        ))}
      </ul>
    </div>
  );
}

function Hit({ hit, id, isChosen, onGo }) {
  const row = useRef(null);
  useEffect(() => {
    if (isChosen) row.current.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <li
      ref={row}
      id={id}
      role="option"
      aria-selected={isChosen}
      onClick={onGo}
      className="cursor-pointer rounded-lg px-2.5 py-1.5 text-[13px] leading-relaxed text-soft hover:bg-hover aria-selected:bg-hover"
    >
      <span className="flex justify-between gap-3 text-xs text-faint">
        {hit.author === "user" ? "Message" : "Answer"}
        <TimeAgo at={hit.at} />
      </span>
      <span className="line-clamp-2 break-words">
        {hit.lead}
        <mark className="rounded-sm bg-warning-soft font-medium text-ink">{hit.words}</mark>
        {hit.rest}
      </span>
    </li>
  );
}

/** Marks what was searched for without touching the turns; a browser that can't simply has no marks. */
function useMarks(content, words, hits) {
  useEffect(() => {
    if (!hits?.length || !CSS.highlights) return undefined;
    const mark = () => CSS.highlights.set("chat-search", new Highlight(...rangesOf(content.current, words.toLowerCase())));
    const changed = new MutationObserver(mark);
    changed.observe(content.current, { childList: true, subtree: true });
    mark();
    return () => {
      changed.disconnect();
      CSS.highlights.delete("chat-search");
    };
  }, [content, words, hits]);
}

function* rangesOf(root, words) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.toLowerCase();
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = new Range();
      range.setStart(texts.currentNode, at);
      range.setEnd(texts.currentNode, at + words.length);
      yield range;
    }
  }
}
