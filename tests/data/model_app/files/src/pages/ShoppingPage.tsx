import { ShoppingBasket } from "lucide-react";
import { Link } from "react-router-dom";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Progress } from "@/components/ui/progress";
import { usePlan, weekOf } from "@/features/plan/store";
import { useRecipes } from "@/features/recipes/store";
import { shoppingList, useBought } from "@/features/shopping/list";
import { ShoppingItem } from "@/features/shopping/ShoppingItem";

export function ShoppingPage() {
  const recipes = useRecipes();
  const plan = usePlan();
  const [bought, toggle] = useBought();
  const list = shoppingList(recipes, plan, weekOf(new Date()));
  const done = list.filter((purchase) => bought.includes(purchase.key)).length;

  if (list.length === 0) {
    return (
      <>
        <PageHeader title="Shopping" />
        <EmptyState
          icon={ShoppingBasket}
          title="Nothing to buy"
          description="Plan meals for this week, and what they need appears here."
        >
          <Button asChild>
            <Link to="/plan">Plan the week</Link>
          </Button>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Shopping" description={`${done} of ${list.length} in the basket`} />
      <Progress value={(100 * done) / list.length} label="Shopping done" />
      <ul className="divide-y rounded-xl border bg-card">
        {list.map((purchase) => (
          <ShoppingItem
            key={purchase.key}
            purchase={purchase}
            isBought={bought.includes(purchase.key)}
            onToggle={() => toggle(purchase.key)}
          />
        ))}
      </ul>
    </>
  );
}
