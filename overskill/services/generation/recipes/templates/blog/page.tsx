import { PenLine, Search, SearchX } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router-dom";

import { Artwork } from "@/components/artwork";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { formatDay } from "@/lib/format";
import { useShortcut } from "@/lib/use-shortcut";

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [query, setQuery] = useState("");
  const [isWriting, setIsWriting] = useState(false);
  useShortcut("n", () => setIsWriting(true));

  const text = query.trim().toLowerCase();
  const visible = all
    .filter((one) => [[searched]].join(" ").toLowerCase().includes(text))
    .toSorted((a, b) => b.[[date]].localeCompare(a.[[date]]));
  const [first, ...others] = visible;

  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-10">
      <header className="grid gap-5 border-b pb-8 text-center">
        <div>
          <h1 className="font-display text-4xl font-semibold tracking-tight text-balance sm:text-6xl">[[name | jsx]]</h1>
          <p className="mt-3 text-lg text-balance text-muted-foreground">[[tagline | jsx]]</p>
        </div>
        <div className="flex justify-center gap-2">
          <div className="relative w-full max-w-xs">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
            />
            <Input
              type="search"
              aria-label="Search the posts"
              placeholder="Search…"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              className="pl-9"
            />
          </div>
          <Button onClick={() => setIsWriting(true)} title="Press N">
            <PenLine aria-hidden /> Write
          </Button>
        </div>
      </header>

      {first ? (
        <Link
          to={`/post/${first.id}`}
          className="group grid grid-cols-1 items-center gap-6 rounded-2xl outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-8 focus-visible:ring-offset-background md:grid-cols-2"
        >
          <Artwork seed={first.[[e.title.id]]} className="aspect-[3/2] rounded-2xl" />
          <article>
            <p className="flex items-center gap-3 text-sm text-muted-foreground">
//% if category
              <Badge tone="primary">{first.[[category]]}</Badge>
//% endif
              {formatDay(first.[[date]])}
            </p>
            <h2 className="mt-3 font-display text-3xl leading-tight font-semibold tracking-tight text-balance group-hover:text-primary">
              {first.[[e.title.id]]}
            </h2>
//% if excerpt
            <p className="mt-3 line-clamp-3 leading-relaxed text-pretty text-muted-foreground">{first.[[excerpt]]}</p>
//% endif
          </article>
        </Link>
      ) : (
        <EmptyState icon={SearchX} title="Nothing here yet" description="Try other words, or write the first post." />
      )}

      <ul className="grid grid-cols-1 gap-x-8 gap-y-10 sm:grid-cols-2">
        {others.map((one) => (
          <li key={one.id}>
            <Link
              to={`/post/${one.id}`}
              className="group grid gap-3 rounded-xl outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-8 focus-visible:ring-offset-background"
            >
              <Artwork seed={one.[[e.title.id]]} className="aspect-[2/1] rounded-xl" />
              <p className="flex items-center gap-3 text-sm text-muted-foreground">
//% if category
                <Badge>{one.[[category]]}</Badge>
//% endif
                {formatDay(one.[[date]])}
              </p>
              <h2 className="font-display text-xl leading-snug font-semibold text-balance group-hover:text-primary">
                {one.[[e.title.id]]}
              </h2>
//% if excerpt
              <p className="line-clamp-2 text-sm leading-relaxed text-muted-foreground">{one.[[excerpt]]}</p>
//% endif
            </Link>
          </li>
        ))}
      </ul>

      {isWriting && <[[e.type]]Dialog onClose={() => setIsWriting(false)} />}
    </div>
  );
}
