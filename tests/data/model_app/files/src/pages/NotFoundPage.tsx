import { CookingPot } from "lucide-react";
import { Link } from "react-router-dom";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export function NotFoundPage() {
  return (
    <EmptyState icon={CookingPot} title="This page is not here" description="The recipe may have been deleted.">
      <Button asChild>
        <Link to="/">All recipes</Link>
      </Button>
    </EmptyState>
  );
}
