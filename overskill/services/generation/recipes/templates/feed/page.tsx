import { Hash, MessageCircle } from "lucide-react";
import { useState } from "react";

import { Composer } from "@/components/composer";
import { [[e.type]]Item } from "@/components/[[e.file]]-item";
import { EmptyState } from "@/components/ui/empty-state";
import { [[e.many]] } from "@/data/[[e.files]]";
//% if topic
import { [[topic.constant]] } from "@/data/[[e.files]]";
//% endif
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";

export function [[component]]() {
  const all = useCollection([[e.many]]);
//% if topic
  const [topic, setTopic] = useState("");
  const visible = all.filter((one) => !topic || one.[[topic.id]] === topic);
//% else
  const visible = all;
//% endif

  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <aside className="lg:sticky lg:top-24">
        <h1 className="font-display text-xl font-semibold tracking-tight">[[page.title | jsx]]</h1>
        <p className="mt-1 text-sm text-pretty text-muted-foreground">[[tagline | jsx]]</p>
//% if topic
        <nav aria-label=[[topic.label | attr]] className="-mx-4 mt-4 flex gap-1 overflow-x-auto px-4 lg:mx-0 lg:grid lg:px-0">
          {["", ...[[topic.constant]]].map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === topic}
              onClick={() => setTopic(name)}
              className={cn(
                "flex shrink-0 items-center gap-2 rounded-lg px-3 py-2 text-sm font-medium text-muted-foreground transition-colors outline-none hover:bg-accent/60 focus-visible:ring-2 focus-visible:ring-ring",
                name === topic && "bg-accent text-accent-foreground",
              )}
            >
              <Hash className="size-4" aria-hidden />
              {name || "Everything"}
              <span className="text-xs tabular-nums opacity-70 lg:ml-auto">
                {name ? all.filter((one) => one.[[topic.id]] === name).length : all.length}
              </span>
            </button>
          ))}
        </nav>
//% endif
      </aside>

      <section className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-4" aria-label="Messages">
        <Composer[% if topic %] topic={topic || [[topic.constant]][0]}[% endif %] />
        {visible.length > 0 ? (
          <ul className="grid grid-cols-1 gap-3">
            {visible.map((one) => (
              <[[e.type]]Item key={one.id} [[e.one]]={one} />
            ))}
          </ul>
        ) : (
          <EmptyState icon={MessageCircle} title="Quiet in here" description="Say something, and it begins." />
        )}
      </section>
    </div>
  );
}
