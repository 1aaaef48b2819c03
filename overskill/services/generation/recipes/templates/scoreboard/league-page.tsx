import { RotateCcw } from "lucide-react";
import { toast } from "sonner";

import { CourseChart } from "@/components/course-chart";
import { [[e.types]]Dialog } from "@/components/[[e.files]]-dialog";
import { ResultForm } from "@/components/result-form";
import { ResultList } from "@/components/result-list";
import { StandingsTable } from "@/components/standings-table";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { results } from "@/data/results";
import { useCollection } from "@/lib/collection";
import { courseOf, standingsOf } from "@/lib/standings";

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const matches = useCollection(results);
  const names = new Map(all.map((one) => [one.id, one.[[e.title.id]]]));

  function startOver() {
    const undo = matches.map((match) => results.remove(match.id)).toReversed();
    toast("All results are cleared", {
      action: { label: "Undo", onClick: () => undo.forEach((putBack) => putBack()) },
    });
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        {matches.length > 0 && (
          <Button variant="ghost" onClick={startOver}>
            <RotateCcw aria-hidden /> Start over
          </Button>
        )}
        <[[e.types]]Dialog />
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <StandingsTable standings={standingsOf(all, matches)} />
        <div className="lg:row-span-2">
          <ResultForm [[e.many]]={all} />
        </div>
        {matches.length > 1 && (
          <CourseChart
            title="[[ {"rating": "Rating", "points": "Points"}.get(scheme, "Wins") ]] over time"
            data={courseOf(all, matches)}
            names={names}
          />
        )}
      </div>
      <section aria-labelledby="results">
        <h2 id="results" className="mb-3 font-display text-lg font-semibold">
          Results
        </h2>
        <ResultList matches={matches} names={names} />
      </section>
    </div>
  );
}
