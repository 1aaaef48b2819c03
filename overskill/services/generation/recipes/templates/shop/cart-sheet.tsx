import { Minus, Plus, ShoppingBag, [[icon]] } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { Artwork } from "@/components/artwork";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { formatMoney, plural } from "@/lib/format";
import { useCart } from "@/lib/use-cart";

export function CartSheet() {
  const cart = useCart();
  const [isOpen, setIsOpen] = useState(false);

  function order() {
    toast.success("Thank you! Your order is noted.", {
      description: `${plural(cart.count, "item", "items")}, ${formatMoney(cart.total)}`,
    });
    cart.empty();
    setIsOpen(false);
  }

  return (
    <Sheet open={isOpen} onOpenChange={setIsOpen}>
      <SheetTrigger asChild>
        <Button variant="outline">
          <ShoppingBag aria-hidden /> Cart
          <span className="rounded-full bg-primary px-1.5 text-xs text-primary-foreground tabular-nums">
            {cart.count}
          </span>
        </Button>
      </SheetTrigger>
      <SheetContent title="Your cart">
        {cart.lines.length === 0 ? (
          <EmptyState icon={ShoppingBag} title="Nothing in it yet" description="Add something you like." />
        ) : (
          <div className="flex h-full flex-col">
            <ul className="grid gap-4">
              {cart.lines.map(({ [[e.one]], count }) => (
                <li key={[[e.one]].id} className="flex items-center gap-3">
                  <Artwork seed={[[e.one]].[[e.title.id]]} icon={[[icon]]} className="size-16 shrink-0 rounded-lg" />
                  <div className="min-w-0 flex-1">
                    <p className="truncate font-medium">{[[e.one]].[[e.title.id]]}</p>
                    <p className="text-sm text-muted-foreground tabular-nums">{formatMoney([[e.one]].[[price]])}</p>
                  </div>
                  <div className="flex items-center gap-1">
                    <Button
                      variant="outline"
                      size="icon-sm"
                      aria-label={`One ${[[e.one]].[[e.title.id]]} less`}
                      onClick={() => cart.setCount([[e.one]].id, count - 1)}
                    >
                      <Minus aria-hidden />
                    </Button>
                    <span className="w-6 text-center text-sm tabular-nums">{count}</span>
                    <Button
                      variant="outline"
                      size="icon-sm"
                      aria-label={`One ${[[e.one]].[[e.title.id]]} more`}
                      onClick={() => cart.setCount([[e.one]].id, count + 1)}
                    >
                      <Plus aria-hidden />
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
            <div className="mt-auto grid gap-4 border-t pt-5">
              <p className="flex justify-between font-display text-lg font-semibold">
                Total <span className="tabular-nums">{formatMoney(cart.total)}</span>
              </p>
              <Button size="lg" onClick={order}>
                Place the order
              </Button>
              <p className="text-center text-xs text-muted-foreground">A demo checkout: nothing is charged.</p>
            </div>
          </div>
        )}
      </SheetContent>
    </Sheet>
  );
}
