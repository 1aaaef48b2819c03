import { Volume2, VolumeX } from "lucide-react";

import { Button } from "@/components/ui/button";
import { isMuted } from "@/lib/chime";
import { useStore } from "@/lib/storage";

export function MuteButton({ className }: { className?: string }) {
  const [muted, setMuted] = useStore(isMuted);
  return (
    <Button
      variant="ghost"
      size="icon"
      className={className}
      aria-pressed={muted}
      aria-label="Mute"
      title={muted ? "Sound is off" : "Sound is on"}
      onClick={() => setMuted(!muted)}
    >
      {muted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
    </Button>
  );
}
