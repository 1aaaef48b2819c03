import { Scale } from "lucide-react";

import { AddCriterion } from "@/components/add-criterion";
import { Matrix } from "@/components/matrix";
import { ResultCard } from "@/components/result-card";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { standingsOf } from "@/lib/scores";
import { useComparison } from "@/lib/use-comparison";

export function [[component]]() {
  const { criteria, choices, addChoice, addCriterion } = useComparison();

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]] />
      <ResultCard standings={standingsOf(criteria, choices)} />
      {choices.length > 0 ? (
        <Matrix />
      ) : (
        <EmptyState
          icon={Scale}
          title="Nothing to compare yet"
          description=[[("Add at least two " ~ e.labels ~ " and fill in what counts.") | attr]]
        >
          <Button onClick={addChoice}>[[("Add " ~ e.article ~ " " ~ e.label) | jsx]]</Button>
        </EmptyState>
      )}
      <AddCriterion onAdd={addCriterion} />
    </div>
  );
}
