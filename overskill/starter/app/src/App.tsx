import { Sparkles } from "lucide-react";

export default function App() {
  return (
    <main className="grid min-h-dvh place-items-center bg-background p-6">
      <div className="flex max-w-sm flex-col items-center text-center" role="status">
        <span className="relative grid size-16 place-items-center rounded-2xl bg-primary/10 text-primary">
          <span className="absolute inset-0 rounded-2xl bg-primary/10 motion-safe:animate-ping" />
          <Sparkles className="relative size-7" aria-hidden />
        </span>
        <h1 className="mt-6 font-display text-xl font-semibold tracking-tight">
          This is where your app will be
        </h1>
        <p className="mt-2 text-sm text-balance text-muted-foreground">
          It appears as soon as there is something to show.
        </p>
      </div>
    </main>
  );
}
