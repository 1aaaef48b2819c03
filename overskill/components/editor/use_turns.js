import { useEffect, useMemo, useRef, useState } from "react";
import { earliest, gapIn, merged } from "./chat_turns.js";

async function readTurns(slug, places) {
  const answer = await fetch(`/api/studio/${slug}/turns?${new URLSearchParams(places)}`);
  if (!answer.ok) throw new Error(`The chat could not be read (${answer.status}).`);
  return answer.json();
}

/**
 * The turns of an app's chat, oldest first, and ways to read earlier ones.
 *
 * @param {string} slug
 * @param {import("./chat_turns.js").Card[]} told  what the page's state says: the newest, and all that go on
 * @param {() => void} beforeMore  called when others are about to come above
 */
export function useTurns(slug, told, beforeMore) {
  const [read, setRead] = useState({ slug, cards: [] });
  const [isReading, setReading] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const under = useRef(null); // the request under way

  const known = read.slug === slug ? read.cards : [];
  const cards = useMemo(() => merged(known, told), [known, told]);
  useEffect(() => setRead({ slug, cards }), [slug, cards]);

  const add = (turns) => setRead((now) => (now.slug === slug ? { slug, cards: merged(now.cards, turns) } : now));
  const ask = (places) => {
    under.current ??= readTurns(slug, places)
      .then(({ turns }) => {
        beforeMore();
        add(turns);
        setFailed(false);
      })
      .catch(() => setFailed(true))
      .finally(() => {
        under.current = null;
        setReading(false);
      });
    setReading(true);
    return under.current;
  };

  const gap = gapIn(cards);
  useEffect(() => {
    if (gap) ask({ before: gap });
  }, [gap]);

  const first = earliest(cards);
  return {
    cards,
    isReading,
    hasFailed,
    hasEarlier: first !== "",
    /** Read the page before the first that is known. */
    earlier: () => (first ? ask({ before: first }) : Promise.resolve()),
    /** Read back to a turn, however far up it is. */
    reach: async (id) => {
      await under.current;
      if (first && !cards.some((card) => card.id === id)) await ask({ before: first, until: id });
    },
  };
}
