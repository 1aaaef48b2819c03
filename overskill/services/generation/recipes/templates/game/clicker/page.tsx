import { [[clicked]] } from "lucide-react";
import { useEffect } from "react";
import { toast } from "sonner";

import { GameFrame } from "@/components/game-frame";
import { Button } from "@/components/ui/button";
import { buy, gain, perClick, perSecond, priceOf, progress, START, UPGRADES } from "@/lib/clicker";
import { formatNumber } from "@/lib/format";
import { useStore } from "@/lib/storage";

export function [[component]]() {
  const [now, setNow] = useStore(progress);

  useEffect(() => {
    const timer = setInterval(() => {
      const made = perSecond(progress.get());
      if (made > 0) progress.set((before) => gain(before, made));
    }, 1000);
    return () => clearInterval(timer);
  }, []);

  function restart() {
    const before = now;
    setNow(START);
    toast("Back to the start", { action: { label: "Undo", onClick: () => setNow(before) } });
  }

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "A click", value: `+${formatNumber(perClick(now))}` },
        { label: "A second", value: `+${formatNumber(perSecond(now))}` },
        { label: "Ever made", value: formatNumber(now.total) },
      ]}
      onRestart={restart}
    >
      <div className="grid justify-items-center gap-5">
        <p role="status" className="font-display text-6xl font-bold tracking-tight tabular-nums">
          {formatNumber(now.count)}
        </p>
        <button
          type="button"
          aria-label="Make one more"
          onClick={() => setNow((before) => gain(before, perClick(before)))}
          autoFocus
          className="grid size-44 touch-manipulation place-items-center rounded-full bg-primary text-primary-foreground shadow-xl shadow-primary/25 transition-transform outline-none select-none hover:scale-105 focus-visible:ring-4 focus-visible:ring-ring focus-visible:ring-offset-4 focus-visible:ring-offset-background active:scale-95 sm:size-52"
        >
          <[[clicked]] className="size-3/5" strokeWidth={1.5} aria-hidden />
        </button>
      </div>
      <ul className="grid gap-2">
        {UPGRADES.map((upgrade) => {
          const owned = now.owned[upgrade.id] ?? 0;
          const price = priceOf(upgrade, owned);
          return (
            <li key={upgrade.id} className="flex items-center gap-3 rounded-xl border bg-card p-3">
              <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-muted font-display font-semibold tabular-nums">
                {owned}
              </span>
              <div className="min-w-0 flex-1">
                <p className="font-medium">{upgrade.name}</p>
                <p className="text-xs text-muted-foreground">
                  {[
                    upgrade.perClick > 0 && `+${upgrade.perClick} a click`,
                    upgrade.perSecond > 0 && `+${upgrade.perSecond} a second`,
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </p>
              </div>
              <Button
                variant={now.count >= price ? "primary" : "outline"}
                disabled={now.count < price}
                aria-label={`Buy ${upgrade.name} for ${price}`}
                onClick={() => setNow((before) => buy(before, upgrade))}
              >
                {formatNumber(price)}
              </Button>
            </li>
          );
        })}
      </ul>
    </GameFrame>
  );
}
