import { useEffect, useSyncExternalStore } from "react";
import { UserPlus } from "lucide-react";
import { roomOf } from "./room.js";
import { say } from "./use_window_events.js";

const MOST = 3; // faces; the others are a number
// Dark enough for white letters.
const COLOURS = ["#5b46e5", "#087f5b", "#b53d0b", "#1864ab", "#a61e4d", "#3f6608", "#862e9c", "#0b6175"];
const TABS = { preview: "the preview", code: "the code", visual: "the visual editor", versions: "the versions", publish: "publishing", settings: "the settings" };

/** Who else has this app open, and where they are; and the way to invite somebody. */
export function People({ slug, tab }) {
  const room = roomOf(slug);
  const { people } = useSyncExternalStore(room.subscribe, room.read, room.read);
  useEffect(() => room.goTo({ tab }), [room, tab]);
  const others = people.filter(({ is_me: isMe }) => !isMe);
  return (
    <div className="flex items-center">
      <ul aria-label="Also here" className="flex items-center -space-x-1.5">
        {others.slice(0, MOST).map((person) => (
          <li key={person.id}>
            <Face person={person} />
          </li>
        ))}
        {others.length > MOST ? (
          <li className="grid size-7 place-items-center rounded-full border-2 border-surface bg-hover text-[11px] font-medium text-soft">
            <span aria-hidden="true">+{others.length - MOST}</span>
            <span className="sr-only">and {others.length - MOST} more</span>
          </li>
        ) : null}
      </ul>
      <a
        href="/settings/team"
        aria-label="Invite somebody"
        data-tip="Invite somebody"
        data-side="bottom"
        className="tip ml-1 hidden size-8.5 place-items-center rounded-lg text-soft transition-colors duration-150 hover:bg-hover hover:text-ink sm:grid"
      >
        <UserPlus size={16} aria-hidden="true" />
      </a>
    </div>
  );
}

/** A click goes to the file that they have open. */
function Face({ person }) {
  const where = person.path || TABS[person.tab] || "";
  const words = where ? `${person.name} is in ${where}` : person.name;
  return (
    <button
      type="button"
      aria-label={words}
      data-tip={words}
      data-side="bottom"
      disabled={!person.path}
      onClick={() => say("overskill:open-file", { path: person.path })}
      style={{ backgroundColor: COLOURS[person.colour % COLOURS.length] }}
      className="tip grid size-7.5 place-items-center rounded-full border-2 border-surface text-[11px] font-semibold text-white"
    >
      {initials(person.name)}
    </button>
  );
}

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join("")
    .toUpperCase();
