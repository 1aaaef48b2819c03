import { useState } from "react";

import type { [[e.type]] } from "@/data/[[e.files]]";
import { dueToday, moved, standings } from "@/lib/leitner";
import { useStore } from "@/lib/storage";

/** A round of practice: a queue in which what is not known comes again at the end. */
export function usePractice([[e.many]]: [[e.type]][]) {
  const [all, setAll] = useStore(standings);
  const [queue, setQueue] = useState(() => dueToday([[e.many]], all));
  const [known, setKnown] = useState(0);
  const [isFlipped, setIsFlipped] = useState(false);

  const waiting = queue.filter((id) => [[e.many]].some((one) => one.id === id));
  const current = [[e.many]].find((one) => one.id === waiting[0]);

  function begin(ids: string[]) {
    setQueue(ids);
    setKnown(0);
    setIsFlipped(false);
  }

  return {
    current,
    known,
    left: waiting.length,
    isFlipped,
    flip: () => setIsFlipped((flipped) => !flipped),
    answer(isKnown: boolean) {
      if (!current) return;
      setAll((before) => ({ ...before, [current.id]: moved(before[current.id], isKnown) }));
      setQueue(isKnown ? waiting.slice(1) : [...waiting.slice(1), current.id]);
      setKnown((count) => count + (isKnown ? 1 : 0));
      setIsFlipped(false);
    },
    practiseAll: () => begin([[e.many]].map((one) => one.id)),
    startOver() {
      setAll({});
      begin(dueToday([[e.many]], {}));
    },
  };
}
