import { useMemo, useState } from "react";

import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { dueDay } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";

export type [[e.type]]Sort =[% for sort in sorts %][% if not loop.first %] |[% endif %] "[[sort.id]]"[% endfor %];

export const [[e.one]]Sorts: { value: [[e.type]]Sort; label: string }[] = [
//% for sort in sorts
  { value: "[[sort.id]]", label: [[sort.label | ts]] },
//% endfor
];

const compare: Record<[[e.type]]Sort, (a: [[e.type]], b: [[e.type]]) => number> = {
//% for sort in sorts
  [[sort.id]]: [[sort.compare]],
//% endfor
};

//% if search
function mentions([[e.one]]: [[e.type]], text: string): boolean {
  const searched = [[searched]];
  return searched.join(" ").toLowerCase().includes(text);
}

//% endif
/** The [[e.labels]] as they are searched, filtered and sorted at the moment. */
export function use[[e.type]]List() {
  const all = useCollection([[e.many]]);
//% if search
  const [query, setQuery] = useState("");
//% endif
//% for f in filters
  const [[ "[" ]][[f.chosen]], set[[f.chosen | pascal]]] = useState("");
//% endfor
  const [sort, setSort] = useState<[[e.type]]Sort>("[[default_sort]]");

  const visible = useMemo(() => {
//% if search
    const text = query.trim().toLowerCase();
//% endif
    return all
//% if search
      .filter(([[e.one]]) => !text || mentions([[e.one]], text))
//% endif
//% for f in filters
//% if f.type == "boolean"
      .filter(([[e.one]]) => ![[f.chosen]] || [[e.one]].[[f.id]] === ([[f.chosen]] === "yes"))
//% else
      .filter(([[e.one]]) => ![[f.chosen]] || [[e.one]].[[f.id]] === [[f.chosen]])
//% endif
//% endfor
      .toSorted(compare[sort]);
  }, [all[% if search %], query[% endif %][% for f in filters %], [[f.chosen]][% endfor %], sort]);

  return {
    all,
    visible,
    isNarrowed: [% if search or filters %]Boolean([[narrowed]])[% else %]false[% endif %],
//% if search
    query,
    setQuery,
//% endif
//% for f in filters
    [[f.chosen]],
    set[[f.chosen | pascal]],
//% endfor
    sort,
    setSort,
  };
}
