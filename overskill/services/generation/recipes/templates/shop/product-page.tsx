import { ArrowLeft, SearchX, ShoppingBag, [[icon]] } from "lucide-react";
import { Link, useParams } from "react-router-dom";
import { toast } from "sonner";

import { Artwork } from "@/components/artwork";
import { CartSheet } from "@/components/cart-sheet";
import { Rating } from "@/components/rating";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";
import { addToCart } from "@/lib/use-cart";

export function ProductPage() {
  const { id } = useParams();
  const [[e.one]] = useCollection([[e.many]]).find((one) => one.id === id);

  if (![[e.one]]) {
    return (
      <EmptyState icon={SearchX} title="This is gone" description="It was taken out of the shop.">
        <Button asChild>
          <Link to="/">Back to the shop</Link>
        </Button>
      </EmptyState>
    );
  }

  function add(productId: string, name: string) {
    addToCart(productId);
    toast.success(`${name} is in your cart`);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex items-center justify-between">
        <Button asChild variant="ghost" size="sm">
          <Link to="/">
            <ArrowLeft aria-hidden /> All products
          </Link>
        </Button>
        <CartSheet />
      </div>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
        <Artwork seed={[[e.one]].[[e.title.id]]} icon={[[icon]]} className="aspect-square rounded-2xl" />
        <div className="flex flex-col items-start gap-4 lg:py-6">
//% if category
          <Badge tone="primary">{[[e.one]].[[category]]}</Badge>
//% endif
          <h1 className="font-display text-3xl font-semibold tracking-tight text-balance sm:text-4xl">
            {[[e.one]].[[e.title.id]]}
          </h1>
//% if rating
          <Rating label=[[rating.label | attr]] value={[[e.one]].[[rating.id]]} />
//% endif
          <p className="font-display text-2xl font-semibold tabular-nums">{formatMoney([[e.one]].[[price]])}</p>
//% for f in notes
          <p className="max-w-prose leading-relaxed text-pretty text-muted-foreground">{[[e.one]].[[f.id]]}</p>
//% endfor
//% if facts
          <dl className="grid w-full max-w-sm gap-2 text-sm">
//% for f in facts
            {[[f.present(e.one)]] && (
              <div className="flex justify-between gap-4 border-b py-1.5">
                <dt className="text-muted-foreground">[[f.label | jsx]]</dt>
                <dd className="font-medium">{[[f.shown(e.one)]]}</dd>
              </div>
            )}
//% endfor
          </dl>
//% endif
          <Button size="lg" className="mt-2" onClick={() => add([[e.one]].id, [[e.one]].[[e.title.id]])}>
            <ShoppingBag aria-hidden /> Add to the cart
          </Button>
        </div>
      </div>
    </div>
  );
}
