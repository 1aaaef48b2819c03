import { Plus, [[icon]] } from "lucide-react";
import { Link } from "react-router-dom";
import { toast } from "sonner";

import { Artwork } from "@/components/artwork";
import { Rating } from "@/components/rating";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { formatMoney } from "@/lib/format";
import { addToCart } from "@/lib/use-cart";

export function [[e.type]]Card({ [[e.one]] }: { [[e.one]]: [[e.type]] }) {
  function add() {
    addToCart([[e.one]].id);
    toast.success(`${[[e.one]].[[e.title.id]]} is in your cart`);
  }

  return (
    <Card className="group flex flex-col overflow-hidden transition-shadow hover:shadow-lg">
      <Link
        to={`/product/${[[e.one]].id}`}
        className="outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
      >
        <Artwork
          seed={[[e.one]].[[e.title.id]]}
          icon={[[icon]]}
          className="aspect-[4/3] transition-transform duration-500 group-hover:scale-[1.03]"
        />
        <div className="grid gap-1 p-4 pb-0">
//% if category
          <p className="text-xs font-medium text-muted-foreground">{[[e.one]].[[category]]}</p>
//% endif
          <h3 className="truncate font-display font-semibold">{[[e.one]].[[e.title.id]]}</h3>
//% if rating
          <Rating label=[[rating.label | attr]] value={[[e.one]].[[rating.id]]} />
//% endif
        </div>
      </Link>
      <div className="mt-auto flex items-center justify-between p-4">
        <span className="font-display text-lg font-semibold tabular-nums">{formatMoney([[e.one]].[[price]])}</span>
        <Button size="sm" onClick={add} aria-label={`Add ${[[e.one]].[[e.title.id]]} to the cart`}>
          <Plus aria-hidden /> Add
        </Button>
      </div>
    </Card>
  );
}
