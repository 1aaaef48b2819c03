//% if has_shell
import { AppShell } from "@/components/app-shell";

//% endif
/** Stands in while the pages are written. */
export default function App() {
  return (
//% if has_shell
    <AppShell>
      <div role="status" aria-label="Being written">
        <h1 className="font-display text-3xl font-semibold tracking-tight">[[title | jsx]]</h1>
        <div className="mt-3 h-4 w-72 max-w-full animate-pulse rounded bg-muted motion-reduce:animate-none" />
        <div className="mt-8 grid animate-pulse gap-4 motion-reduce:animate-none sm:grid-cols-3">
          <div className="h-24 rounded-xl bg-muted" />
          <div className="h-24 rounded-xl bg-muted" />
          <div className="h-24 rounded-xl bg-muted" />
        </div>
        <div className="mt-6 grid animate-pulse gap-4 motion-reduce:animate-none sm:grid-cols-2">
          <div className="h-36 rounded-xl bg-muted" />
          <div className="h-36 rounded-xl bg-muted" />
        </div>
      </div>
    </AppShell>
//% else
    <main className="min-h-dvh bg-background" role="status" aria-label="Being written">
      <div className="mx-auto max-w-5xl px-6 py-24 text-center">
        <h1 className="font-display text-5xl font-semibold tracking-tight text-balance">[[title | jsx]]</h1>
        <p className="mx-auto mt-5 max-w-xl text-lg text-muted-foreground">[[tagline | jsx]]</p>
        <div className="mx-auto mt-8 h-11 w-40 animate-pulse rounded-lg bg-primary/20 motion-reduce:animate-none" />
        <div className="mt-20 grid animate-pulse gap-6 motion-reduce:animate-none sm:grid-cols-3">
          <div className="h-40 rounded-2xl bg-muted" />
          <div className="h-40 rounded-2xl bg-muted" />
          <div className="h-40 rounded-2xl bg-muted" />
        </div>
      </div>
    </main>
//% endif
  );
}
