import { [[icon]] } from "lucide-react";

export function SiteFooter() {
  return (
    <footer className="border-t">
      <div className="mx-auto flex max-w-6xl flex-col items-center justify-between gap-4 px-4 py-10 text-sm text-muted-foreground sm:flex-row sm:px-6">
        <p className="flex items-center gap-2 font-display font-semibold text-foreground">
          <[[icon]] className="size-5 text-primary" aria-hidden />
          [[name | jsx]]
        </p>
        <p>© {new Date().getFullYear()} [[name | jsx]]</p>
      </div>
    </footer>
  );
}
