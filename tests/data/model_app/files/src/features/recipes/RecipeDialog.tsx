import type { ReactNode } from "react";
import { useState } from "react";
import { toast } from "sonner";

import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";

import { RecipeForm } from "./RecipeForm";
import { blankRecipe, recipes } from "./store";
import type { Recipe, RecipeDraft } from "./types";

interface RecipeDialogProps {
  /** The recipe to change; a new one without. */
  recipe?: Recipe;
  /** The button that opens it. */
  children: ReactNode;
}

export function RecipeDialog({ recipe, children }: RecipeDialogProps) {
  const [isOpen, setIsOpen] = useState(false);

  function save(draft: RecipeDraft) {
    if (recipe) {
      recipes.update(recipe.id, draft);
    } else {
      recipes.add(draft);
    }
    toast.success(recipe ? "Recipe saved" : "Recipe added");
    setIsOpen(false);
  }

  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent title={recipe ? "Edit recipe" : "New recipe"}>
        <RecipeForm recipe={recipe ?? blankRecipe} onSave={save} />
      </DialogContent>
    </Dialog>
  );
}
