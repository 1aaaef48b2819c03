import { RotateCcw, Trophy } from "lucide-react";
import { toast } from "sonner";

import { CourseChart } from "@/components/course-chart";
import { [[e.types]]Dialog } from "@/components/[[e.files]]-dialog";
import { RoundForm } from "@/components/round-form";
import { RoundSheet } from "@/components/round-sheet";
import { TotalsList } from "@/components/totals-list";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { rounds } from "@/data/rounds";
import { useCollection } from "@/lib/collection";
import { courseOf, PAR, totalsOf } from "@/lib/totals";

//% if limit
const LIMIT = [[limit]];
//% endif
//% if target
const TARGET = [[target]];
//% endif

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const played = useCollection(rounds);
  const names = new Map(all.map((one) => [one.id, one.[[e.title.id]]]));
  const totals = totalsOf(all, played);
//% if limit and target
  const isOver = played.length >= LIMIT || totals.some((one) => one.total >= TARGET);
//% elif limit
  const isOver = played.length >= LIMIT;
//% elif target
  const isOver = totals.some((one) => one.total >= TARGET);
//% endif

  function startOver() {
    const undo = played.map((round) => rounds.remove(round.id)).toReversed();
    toast("The sheet is cleared", {
      action: { label: "Undo", onClick: () => undo.forEach((putBack) => putBack()) },
    });
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        {played.length > 0 && (
          <Button variant="ghost" onClick={startOver}>
            <RotateCcw aria-hidden /> Start over
          </Button>
        )}
        <[[e.types]]Dialog />
      </PageHeader>
      <TotalsList totals={totals} hasBegun={played.length > 0} />
//% if par
      <p className="-mt-3 text-sm text-muted-foreground">
        Unofficial: the best 8 of the last 20 rounds over par {PAR}, on average, whatever the course.
      </p>
//% endif
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-label="Score sheet" className="order-2 grid grid-cols-1 gap-6 lg:order-1">
          <RoundSheet [[e.many]]={all} played={played} />
          {played.length > 1 && <CourseChart title="[[ "Handicap" if par else "Totals" ]] by [[round]]" data={courseOf(all, played)} names={names}[[ " from={1}" if par ]] />}
        </section>
        <div className="order-1 lg:order-2">
//% if limit or target
          {isOver ? (
            <Card className="p-6 text-center">
              <Trophy className="mx-auto size-10 text-warning" aria-hidden />
              <h2 className="mt-3 font-display text-xl font-semibold">{totals[0]?.name} wins</h2>
              <Button className="mt-4" onClick={startOver}>
                <RotateCcw aria-hidden /> Play again
              </Button>
            </Card>
          ) : (
            <RoundForm [[e.many]]={all} nextTitle={`[[round | sentence]] ${played.length + 1}`} />
          )}
//% else
          <RoundForm [[e.many]]={all} nextTitle={`[[round | sentence]] ${played.length + 1}`} />
//% endif
        </div>
      </div>
    </div>
  );
}
