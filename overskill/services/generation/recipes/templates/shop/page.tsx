import { SearchX } from "lucide-react";

import { CartSheet } from "@/components/cart-sheet";
import { [[e.type]]Card } from "@/components/[[e.file]]-card";
import { [[e.type]]Toolbar } from "@/components/[[e.file]]-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { use[[e.type]]List } from "@/lib/use-[[e.file]]-list";

export function [[component]]() {
  const list = use[[e.type]]List();

  return (
    <div className="grid grid-cols-1 gap-6">
      <section className="relative overflow-hidden rounded-2xl bg-primary px-6 py-10 text-primary-foreground sm:px-10 sm:py-14">
        <span aria-hidden className="absolute -top-24 -right-16 size-72 rounded-full bg-primary-foreground/10" />
        <span aria-hidden className="absolute right-32 -bottom-32 size-64 rounded-full bg-primary-foreground/10" />
        <h1 className="relative max-w-xl font-display text-3xl font-semibold tracking-tight text-balance sm:text-5xl">[[tagline | jsx]]</h1>
        <p className="relative mt-3 max-w-md">[[pitch | jsx]]</p>
      </section>

      <div className="flex items-center justify-between gap-4">
        <h2 className="font-display text-xl font-semibold">[[page.title | jsx]]</h2>
        <CartSheet />
      </div>
      <[[e.type]]Toolbar list={list} />

      {list.visible.length > 0 ? (
        <ul className="grid grid-cols-1 gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {list.visible.map(([[e.one]]) => (
            <li key={[[e.one]].id} className="grid grid-cols-1">
              <[[e.type]]Card [[e.one]]={[[e.one]]} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState icon={SearchX} title="Nothing matches" description="Try other words, or clear the filters." />
      )}
    </div>
  );
}
