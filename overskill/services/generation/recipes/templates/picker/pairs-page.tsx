import { Eye, EyeOff, Gift, Shuffle } from "lucide-react";
import { useState } from "react";

import { EntryList } from "@/components/entry-list";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { circle } from "@/lib/chance";
import { useCollection } from "@/lib/collection";
import { createStore, useStore } from "@/lib/storage";

const FEWEST = 3;
const budget = createStore("budget", [[budget | ts]]);
const kept = createStore<{ from: string; to: string }[]>("pairs", []);

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [pairs, setPairs] = useStore(kept);
  const [limit, setLimit] = useStore(budget);
  const [shown, setShown] = useState(-1);
  const [isAsking, setIsAsking] = useState(false);
  const names = all.map(({ [[e.title.id]] }) => [[e.title.id]].trim()).filter(Boolean);

  function draw() {
    setPairs(circle(names));
    setShown(-1);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <Button disabled={names.length < FEWEST} onClick={pairs.length > 0 ? () => setIsAsking(true) : draw}>
          <Shuffle aria-hidden /> {pairs.length > 0 ? "Draw again" : "Draw"}
        </Button>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {pairs.length > 0 ? (
          <div className="grid gap-3">
            <p className="text-sm text-muted-foreground">
              Hand the screen around: each one looks at their own, and hides it again.
              {limit && ` Gifts up to ${limit}.`}
            </p>
            <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
              {pairs.map(({ from, to }, index) => (
                <li key={`${index} ${from}`}>
                  <Card className="grid gap-3 p-4">
                    <div className="flex items-center gap-3">
                      <Avatar name={from} />
                      <p className="min-w-0 flex-1 truncate font-medium">{from}</p>
                      <Button
                        size="sm"
                        variant={shown === index ? "secondary" : "outline"}
                        aria-expanded={shown === index}
                        aria-label={shown === index ? `Hide whom ${from} has drawn` : `Show whom ${from} has drawn`}
                        onClick={() => setShown(shown === index ? -1 : index)}
                      >
                        {shown === index ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                        {shown === index ? "Hide" : "Show"}
                      </Button>
                    </div>
                    <p role="status" className="rounded-lg bg-accent px-4 py-3 text-center text-accent-foreground">
                      {shown === index ? (
                        <span className="font-display text-xl font-semibold">{to}</span>
                      ) : (
                        <span className="text-muted-foreground">gives a gift to …</span>
                      )}
                    </p>
                  </Card>
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <EmptyState
            icon={Gift}
            title={names.length < FEWEST ? "Three or more have to be in it" : "Everyone is in the hat"}
            description="Draw, then each one looks at whom they give to, and nobody else does."
          >
            <Button disabled={names.length < FEWEST} onClick={draw}>
              <Shuffle aria-hidden /> Draw
            </Button>
          </EmptyState>
        )}
        <div className="grid grid-cols-1 gap-6">
          <Card className="grid gap-2 p-5">
            <Label htmlFor="budget">Spend at most</Label>
            <Input id="budget" placeholder="20 each, say" value={limit} onChange={(event) => setLimit(event.target.value)} />
          </Card>
          <EntryList />
        </div>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Draw again?"
        description="Everyone who has looked already has to look once more."
        confirmLabel="Draw again"
        onConfirm={draw}
      />
    </div>
  );
}
