import { Flag, PartyPopper, Undo2 } from "lucide-react";
import { toast } from "sonner";

import { GameHistory } from "@/components/game-history";
import { [[e.types]]Dialog } from "@/components/[[e.files]]-dialog";
import { TallyCard } from "@/components/tally-card";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { games, points, totalOf } from "@/data/points";
import { useCollection } from "@/lib/collection";
import { today } from "@/lib/format";

//% if target
const TARGET = [[target]];

//% endif
export function [[component]]() {
  const all = useCollection([[e.many]]);
  const scored = useCollection(points);
  const finished = useCollection(games);

  const totals = all.map((one) => ({
    id: one.id,
    name: one.[[e.title.id]],
    total: totalOf(one.id, scored),
  }));
  const best = Math.[[ "min" if lowest else "max" ]](...totals.map((one) => one.total));
  const leaders = scored.length > 0 ? totals.filter((one) => one.total === best) : [];
//% if target
  const winner = totals.find((one) => one.total >= TARGET);
//% endif

  function finish() {
    const saved = games.add({ day: today(), scores: totals.map(({ name, total }) => ({ name, total })) });
    const putBack = scored.map((point) => points.remove(point.id)).toReversed();
    toast.success("Game saved", {
      action: {
        label: "Undo",
        onClick: () => {
          games.remove(saved.id);
          putBack.forEach((undo) => undo());
        },
      },
    });
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        <Button
          variant="outline"
          disabled={scored.length === 0}
          onClick={() => scored[0] && points.remove(scored[0].id)}
        >
          <Undo2 aria-hidden /> Undo
        </Button>
        <[[e.types]]Dialog />
      </PageHeader>
//% if target
      {winner && (
        <p role="status" className="flex items-center justify-center gap-2 rounded-xl bg-primary p-4 font-display text-lg font-semibold text-primary-foreground">
          <PartyPopper aria-hidden /> {winner.name} wins with {winner.total} [[unit]]
        </p>
      )}
//% endif
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] gap-4">
        {totals.map((one) => (
          <TallyCard
            key={one.id}
            name={one.name}
            total={one.total}
            isLeading={leaders.length === 1 && leaders[0]?.id === one.id}
            onScore={(count) => points.add({ side: one.id, points: count })}
          />
        ))}
      </div>
      <Button
        variant="outline"
        size="lg"
        className="justify-self-center"
        disabled={scored.length === 0}
        onClick={finish}
      >
        <Flag aria-hidden /> Finish and save the game
      </Button>
      <section aria-labelledby="finished">
        <h2 id="finished" className="mb-3 font-display text-lg font-semibold">
          Finished games
        </h2>
        {finished.length > 0 ? (
          <GameHistory finished={finished} />
        ) : (
          <p className="text-sm text-muted-foreground">Finished games are listed here, with everyone's score.</p>
        )}
      </section>
    </div>
  );
}
