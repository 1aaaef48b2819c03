import { Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { RecipeDialog } from "@/features/recipes/RecipeDialog";
import { RecipeFilters } from "@/features/recipes/RecipeFilters";
import { RecipeGrid } from "@/features/recipes/RecipeGrid";
import { emptySearch, findRecipes } from "@/features/recipes/search";
import { useRecipes } from "@/features/recipes/store";
import { plural } from "@/lib/format";

export function RecipesPage() {
  const recipes = useRecipes();
  const [search, setSearch] = useState(emptySearch);
  const found = findRecipes(recipes, search);
  return (
    <>
      <PageHeader title="Recipes" description={plural(found.length, "recipe", "recipes")}>
        <RecipeDialog>
          <Button>
            <Plus aria-hidden /> New recipe
          </Button>
        </RecipeDialog>
      </PageHeader>
      <RecipeFilters search={search} onChange={setSearch} />
      <RecipeGrid recipes={found} onReset={() => setSearch(emptySearch)} />
    </>
  );
}
