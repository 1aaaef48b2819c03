import { ArrowDownUp, Search } from "lucide-react";

import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
//% for f in filters if f.type == "select"
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor
import { [[e.one]]Sorts, type [[e.type]]Sort, type use[[e.type]]List } from "@/lib/use-[[e.file]]-list";

interface [[e.type]]ToolbarProps {
  list: ReturnType<typeof use[[e.type]]List>;
}

export function [[e.type]]Toolbar({ list }: [[e.type]]ToolbarProps) {
  return (
    <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap sm:items-center" role="search">
//% if search
      <div className="relative min-w-0 flex-1 sm:max-w-xs">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          aria-label=[[("Search " ~ e.labels) | attr]]
          placeholder=[[("Search " ~ e.labels ~ "…") | attr]]
          value={list.query}
          onChange={(event) => list.setQuery(event.target.value)}
          className="pl-9"
        />
      </div>
//% endif
      <div className="flex flex-wrap gap-2 sm:ml-auto">
//% for f in filters
        <Select
          aria-label=[[("Filter by " ~ f.label | low) | attr]]
          value={list.[[f.chosen]]}
          onChange={(event) => list.set[[f.chosen | pascal]](event.target.value)}
          className="min-w-32 flex-1 sm:flex-none"
        >
          <option value="">[[("Any " ~ f.label | low) | jsx]]</option>
//% if f.type == "boolean"
          <option value="yes">[[f.label | jsx]]</option>
          <option value="no">[[("Not " ~ f.label | low) | jsx]]</option>
//% else
          {[[f.constant]].map((option) => (
            <option key={option}>{option}</option>
          ))}
//% endif
        </Select>
//% endfor
        <div className="relative min-w-36 flex-1 sm:flex-none">
          <ArrowDownUp
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-3 z-10 size-3.5 -translate-y-1/2 text-muted-foreground"
          />
          <Select
            aria-label="Sort by"
            value={list.sort}
            onChange={(event) => list.setSort(event.target.value as [[e.type]]Sort)}
            className="[&>select]:pl-8"
          >
            {[[e.one]]Sorts.map((sort) => (
              <option key={sort.value} value={sort.value}>
                {sort.label}
              </option>
            ))}
          </Select>
        </div>
      </div>
    </div>
  );
}
