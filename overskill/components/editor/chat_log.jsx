import { useEffect, useMemo, useRef, useState } from "react";
import { ArrowDown, History, LoaderCircle, PanelLeftClose, Search } from "lucide-react";
import { Button, IconButton } from "./buttons.jsx";
import { ChatSearch } from "./chat_search.jsx";
import { ChatTurn } from "./chat_turn.jsx";
import { lastToEdit, rowsOf, waitingOf } from "./chat_turns.js";
import { Disclosure } from "./disclosure.jsx";
import { ariaKeys } from "./keys.js";
import { counted } from "./turn_words.js";
import { useLogScroll } from "./use_log_scroll.js";
import { useTurns } from "./use_turns.js";
import { say, useWindowEvents } from "./use_window_events.js";

/**
 * @typedef {{ sendAgain(id: string, text: string): void, tryAgain(id: string): void, goOn(id: string): void,
 *   buildPlan(id: string, steps: string[]): void, answer(id: string, answers: object): void, fix(report: string): void,
 *   editWaiting(id: string, text: string): void, moveWaiting(id: string, place: number): void, stop(id: string): void,
 *   restore(version: number): void, branch(version: number): void, turnEnded(status: string): void }} Actions
 */

/**
 * All turns of an app, the newest at the end. Those that were over before somebody came are read when they scroll up.
 *
 * @param {{ slug: string, turns: import("./chat_turns.js").Card[], following: string, origin: number,
 *   suggestions: string[] } & object} props  `turns` is what the state tells, `origin` the version whose files the app has;
 *   the handlers are those of Actions
 */
export function ChatLog({ slug, turns, following, origin, suggestions, ...handlers }) {
  const hold = useRef(() => {});
  const { cards, isReading, hasFailed, hasEarlier, earlier, reach } = useTurns(slug, turns, () => hold.current());
  const actions = useActions(handlers);
  const rows = useMemo(() => rowsOf(cards), [cards]);
  const waiting = waitingOf(cards);
  const scroll = useLogScroll({
    first: cards[0]?.id ?? "",
    hasEarlier: hasEarlier && !hasFailed,
    onTop: earlier,
  });
  hold.current = scroll.hold;
  const [found, setFound] = useState("");
  const [isSearching, setSearching] = useState(false);

  const turnOf = (id) => scroll.content.current.querySelector(`[data-turn-id="${CSS.escape(id)}"]`);
  const goTo = async (id) => {
    await reach(id);
    setFound(id);
  };
  useEffect(() => {
    const turn = found && turnOf(found);
    if (turn) scroll.show(turn);
  }, [found, cards]);

  useWindowEvents({
    "overskill:edit-last": () => {
      const card = lastToEdit(cards);
      const turn = card && turnOf(card.id);
      if (!turn) return;
      scroll.show(turn);
      turn.dispatchEvent(new Event("overskill:edit"));
    },
    "overskill:search-chat": () => setSearching(true),
  });

  const turn = ({ card, isNewest }) => (
    <ChatTurn
      key={card.id}
      slug={slug}
      card={card}
      isNewest={isNewest}
      isNow={card.version !== 0 && card.version === origin}
      isBusy={following !== ""}
      isFound={card.id === found}
      place={card.stage === "waiting" ? waiting.indexOf(card) : 0}
      waiting={card.stage === "waiting" ? waiting.length : 0}
      actions={actions}
    />
  );
  const search = (event) => {
    const isFind = event.key.toLowerCase() === "f" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
    if (!isFind) return;
    event.preventDefault();
    setSearching(true);
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" onKeyDown={search}>
      <ChatBar onSearch={() => setSearching(true)} />
      {isSearching ? (
        <ChatSearch
          slug={slug}
          content={scroll.content}
          onGo={goTo}
          onClose={() => {
            setSearching(false);
            setFound("");
          }}
        />
      ) : null}
      <div
        ref={scroll.box}
        onScroll={scroll.onScroll}
        role="log"
        aria-label="Messages"
        aria-live="off"
        aria-busy={isReading}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:outline-offset-[-2px]"
      >
        <div ref={scroll.content} className="flex flex-col gap-6 px-4 pb-6 pt-4">
          <div ref={scroll.top} className="-mb-6">
            {hasEarlier ? <Earlier hasFailed={hasFailed} onRetry={earlier} /> : null}
          </div>
          {rows.map((row) =>
            row.card ? turn(row) : <Replaced key={`before-${row.by.id}`} cards={row.replaced} found={found} turn={turn} />,
          )}
          {suggestions.length ? <Suggestions suggestions={suggestions} /> : null}
        </div>
      </div>
      {scroll.isAway ? (
        <button
          type="button"
          aria-label="To the newest message"
          onClick={() => scroll.toEnd("smooth")}
          className="absolute bottom-3 left-1/2 grid size-8 -translate-x-1/2 animate-fade place-items-center rounded-full border border-line bg-surface text-soft shadow-raised hover:text-ink"
        >
          <ArrowDown size={15} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}

function ChatBar({ onSearch }) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line bg-surface pl-4 pr-2.5">
      <h2 className="flex-1 text-[13px] font-medium">Chat</h2>
      <IconButton label="Search in the chat" Icon={Search} size={15} side="bottom" onClick={onSearch} className="size-8!" />
      <IconButton
        label="Hide the chat"
        Icon={PanelLeftClose}
        size={16}
        side="bottom"
        aria-keyshortcuts={ariaKeys("mod+b")}
        onClick={() => say("overskill:hide-chat")}
        className="hidden size-8! md:grid"
      />
    </div>
  );
}

/** The handlers as one object that stays the same, so that no turn is drawn again because the page was. */
function useActions(handlers) {
  const latest = useRef(handlers);
  latest.current = handlers;
  return useMemo(() => {
    const call = (name) => (...facts) => latest.current[name]?.(...facts);
    return {
      sendAgain: call("onSendAgain"),
      tryAgain: call("onTryAgain"),
      goOn: call("onGoOn"),
      buildPlan: call("onBuildPlan"),
      answer: call("onAnswer"),
      fix: call("onFix"),
      editWaiting: call("onEditWaiting"),
      moveWaiting: call("onMoveWaiting"),
      stop: call("onStop"),
      restore: call("onRestore"),
      branch: call("onBranch"),
      turnEnded: call("onTurnEnded"),
    };
  }, []);
}

/** Its height is the same while it reads and when it could not. */
function Earlier({ hasFailed, onRetry }) {
  return (
    <p className="flex h-10 items-center justify-center gap-2 pb-2 text-[13px] text-faint">
      {hasFailed ? (
        <>
          Earlier messages could not be read.
          <Button look="ghost" onClick={onRetry}>
            Try again
          </Button>
        </>
      ) : (
        <>
          <LoaderCircle size={14} className="animate-spin" aria-hidden="true" />
          Reading earlier messages
        </>
      )}
    </p>
  );
}

/** Turns whose message was edited and sent again: out of the way, but there. */
function Replaced({ cards, found, turn }) {
  return (
    <Disclosure
      isAsked={cards.some((card) => card.id === found)}
      className="rounded-xl border border-dashed border-line"
      lineClass="rounded-xl text-faint hover:text-ink"
    >
      <span className="flex min-h-10 items-center gap-2.5 px-3.5 text-[13px]">
        <History size={14} aria-hidden="true" />
        {counted(cards.length, "message")} replaced by an edited one
      </span>
      <div className="flex flex-col gap-6 px-3.5 pb-3.5">
        {cards.map((card) => turn({ card, isNewest: false }))}
      </div>
    </Disclosure>
  );
}

function Suggestions({ suggestions }) {
  return (
    <div role="group" aria-label="Suggestions" className="flex flex-wrap gap-2">
      {suggestions.map((text) => (
        <button
          key={text}
          type="button"
          onClick={() => say("overskill:draft", { text })}
          className="rounded-full border border-line bg-surface px-3 py-1.5 text-left text-[13px] text-soft shadow-card transition-colors duration-150 hover:border-strong hover:text-ink"
        >
          {text}
        </button>
      ))}
    </div>
  );
}
