import { ArrowLeft, Pencil, Trash2 } from "lucide-react";
import { Link, useNavigate, useParams } from "react-router-dom";
import { toast } from "sonner";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { IngredientList } from "@/features/recipes/IngredientList";
import { Rating } from "@/features/recipes/Rating";
import { RecipeDialog } from "@/features/recipes/RecipeDialog";
import { recipes, useRecipe } from "@/features/recipes/store";
import { formatRelativeDay } from "@/lib/format";

import { NotFoundPage } from "./NotFoundPage";

export function RecipePage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const recipe = useRecipe(id);
  if (!recipe) return <NotFoundPage />;

  function remove(recipeId: string) {
    const undo = recipes.remove(recipeId);
    toast("Recipe deleted", { action: { label: "Undo", onClick: undo } });
    void navigate("/");
  }

  return (
    <article className="grid gap-6">
      <Link to="/" className="inline-flex items-center gap-1.5 text-sm text-muted-foreground hover:text-foreground">
        <ArrowLeft className="size-4" aria-hidden /> All recipes
      </Link>
      <PageHeader
        title={recipe.title}
        description={`${recipe.minutes} minutes, last cooked ${formatRelativeDay(recipe.cookedOn).toLowerCase()}`}
      >
        <RecipeDialog recipe={recipe}>
          <Button variant="outline">
            <Pencil aria-hidden /> Edit
          </Button>
        </RecipeDialog>
        <Button variant="outline" size="icon" aria-label="Delete recipe" onClick={() => remove(recipe.id)}>
          <Trash2 aria-hidden />
        </Button>
      </PageHeader>
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone="primary">{recipe.course}</Badge>
        <Rating value={recipe.rating} onChange={(rating) => recipes.update(recipe.id, { rating })} />
      </div>
      <div className="grid gap-8 md:grid-cols-[20rem_1fr]">
        <IngredientList key={recipe.id} recipe={recipe} />
        <section aria-labelledby="steps" className="grid content-start gap-4">
          <h2 id="steps" className="font-display text-lg font-semibold">
            Steps
          </h2>
          <ol className="grid gap-4">
            {recipe.steps.map((step, index) => (
              <li key={step} className="flex gap-4">
                <span
                  aria-hidden
                  className="grid size-8 shrink-0 place-items-center rounded-full bg-primary/10 text-sm font-semibold text-primary tabular-nums"
                >
                  {index + 1}
                </span>
                <p className="max-w-prose pt-1 leading-relaxed">{step}</p>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </article>
  );
}
