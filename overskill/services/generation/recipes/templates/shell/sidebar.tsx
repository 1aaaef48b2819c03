import { [[icons]] } from "lucide-react";
import type { ReactNode } from "react";
import { Link, NavLink } from "react-router-dom";

import { ThemeToggle } from "@/components/ui/theme-toggle";

const links = [
//% for page in pages
  { to: [[page.path | ts]], label: [[page.title | ts]], icon: [[page.icon]] },
//% endfor
];

export function AppShell({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh pb-20 md:grid md:grid-cols-[15rem_minmax(0,1fr)] md:pb-0 print:block print:p-0">
      <aside className="sticky top-0 hidden h-dvh flex-col gap-6 border-r bg-card p-4 md:flex print:hidden">
        <Brand />
        <nav aria-label="Pages" className="grid gap-1">
          {links.map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              to={to}
              end
              className="flex items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium text-muted-foreground transition-colors outline-none hover:bg-accent/60 hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring aria-[current=page]:bg-accent aria-[current=page]:text-accent-foreground"
            >
              <Icon className="size-[18px]" aria-hidden />
              {label}
            </NavLink>
          ))}
        </nav>
        <div className="mt-auto flex items-center justify-between gap-2 border-t pt-4">
          <p className="text-xs text-pretty text-muted-foreground">[[tagline | jsx]]</p>
          <ThemeToggle className="shrink-0" />
        </div>
      </aside>

      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-background/85 px-4 backdrop-blur md:hidden print:hidden">
        <Brand />
        <ThemeToggle />
      </header>

      <main className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-10 print:p-0">{children}</main>

      <nav
        aria-label="Pages"
        className="fixed inset-x-0 bottom-0 z-30 flex justify-around border-t bg-background/95 px-2 pt-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] backdrop-blur md:hidden print:hidden"
      >
        {links.map(({ to, label, icon: Icon }) => (
          <NavLink
            key={to}
            to={to}
            end
            className="flex min-w-16 flex-col items-center gap-0.5 rounded-md px-2 py-1 text-xs font-medium text-muted-foreground outline-none focus-visible:ring-2 focus-visible:ring-ring aria-[current=page]:text-primary"
          >
            <Icon className="size-5" aria-hidden />
            {label}
          </NavLink>
        ))}
      </nav>
    </div>
  );
}

function Brand() {
  return (
    <Link
      to="/"
      className="flex min-w-0 items-center gap-2.5 rounded-md px-1 outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-primary text-primary-foreground">
        <[[brand]] className="size-5" aria-hidden />
      </span>
      <span className="line-clamp-2 font-display text-lg leading-tight font-semibold tracking-tight">[[name | jsx]]</span>
    </Link>
  );
}
