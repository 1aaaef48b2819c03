import { Pause, Play, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";

const LENGTH = [[minutes]] * 60;

/** [[minutes]] minutes for a round. */
export function RoundTimer() {
  const [left, setLeft] = useState(LENGTH);
  const [isRunning, setIsRunning] = useState(false);

  useEffect(() => {
    if (!isRunning) return;
    const end = Date.now() + left * 1000;
    const clock = setInterval(() => {
      const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds > 0) return;
      setIsRunning(false);
      toast("Time is up");
    }, 250);
    return () => clearInterval(clock);
    // The end is fixed when the clock starts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isRunning]);

  const clockFace = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <div role="group" aria-label="Timer" className="flex items-center gap-1 rounded-lg border bg-card py-0.5 pr-1 pl-3">
      <span role="timer" className="min-w-12 font-display font-semibold tabular-nums">
        {clockFace}
      </span>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={isRunning ? "Pause" : "Start the timer"}
        disabled={left === 0}
        onClick={() => setIsRunning(!isRunning)}
      >
        {isRunning ? <Pause aria-hidden /> : <Play aria-hidden />}
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Begin again"
        onClick={() => {
          setIsRunning(false);
          setLeft(LENGTH);
        }}
      >
        <RotateCcw aria-hidden />
      </Button>
    </div>
  );
}
