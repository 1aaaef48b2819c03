import { Clock, Heart, Users } from "lucide-react";
import { Link } from "react-router-dom";

import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";

import { Illustration } from "./Illustration";
import { Rating } from "./Rating";
import { recipes } from "./store";
import type { Recipe } from "./types";

export function RecipeCard({ recipe }: { recipe: Recipe }) {
  const label = recipe.isFavourite ? "Remove from favourites" : "Add to favourites";
  return (
    <Card className="group relative overflow-hidden p-0 transition-shadow focus-within:ring-2 focus-within:ring-ring hover:shadow-md">
      <Illustration course={recipe.course} className="h-32" />
      <div className="grid gap-2 p-4">
        <h2 className="font-display leading-snug font-semibold text-balance">
          <Link to={`/recipes/${recipe.id}`} className="outline-none after:absolute after:inset-0">
            {recipe.title}
          </Link>
        </h2>
        <Rating value={recipe.rating} />
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted-foreground tabular-nums">
          <span className="inline-flex items-center gap-1.5">
            <Clock className="size-4" aria-hidden /> {recipe.minutes} min
          </span>
          <span className="inline-flex items-center gap-1.5">
            <Users className="size-4" aria-hidden /> Serves {recipe.servings}
          </span>
        </p>
      </div>
      <button
        type="button"
        aria-label={label}
        aria-pressed={recipe.isFavourite}
        onClick={() => recipes.update(recipe.id, { isFavourite: !recipe.isFavourite })}
        className="absolute top-2 right-2 grid size-10 place-items-center rounded-full bg-card/85 outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        <Heart
          aria-hidden
          className={cn("size-5", recipe.isFavourite && "fill-destructive text-destructive")}
        />
      </button>
    </Card>
  );
}
