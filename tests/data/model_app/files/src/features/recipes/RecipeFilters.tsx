import { Heart, Search as SearchIcon } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";

import { ORDERS, type Order, type Search } from "./search";
import { COURSES } from "./types";

interface RecipeFiltersProps {
  search: Search;
  onChange: (search: Search) => void;
}

const ORDER_NAMES: Record<Order, string> = {
  newest: "Cooked last",
  quickest: "Quickest",
  rating: "Best rated",
  title: "A to Z",
};

const COURSE_OPTIONS = (["All", ...COURSES] as const).map((course) => ({
  value: course,
  label: course,
}));

export function RecipeFilters({ search, onChange }: RecipeFiltersProps) {
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <div className="relative min-w-48 flex-1">
          <SearchIcon
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
          />
          <Input
            type="search"
            aria-label="Search by title or ingredient"
            placeholder="Title or ingredient"
            className="pl-9"
            value={search.text}
            onChange={(event) => onChange({ ...search, text: event.target.value })}
          />
        </div>
        <Select
          aria-label="Order"
          className="w-40"
          value={search.order}
          onChange={(event) => onChange({ ...search, order: event.target.value as Order })}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {ORDER_NAMES[order]}
            </option>
          ))}
        </Select>
        <Button
          variant={search.onlyFavourites ? "primary" : "outline"}
          aria-pressed={search.onlyFavourites}
          onClick={() => onChange({ ...search, onlyFavourites: !search.onlyFavourites })}
        >
          <Heart aria-hidden /> Favourites
        </Button>
      </div>
      <Segmented
        label="Course"
        value={search.course}
        options={COURSE_OPTIONS}
        onChange={(course) => onChange({ ...search, course })}
      />
    </div>
  );
}
