import { [[icons]] } from "lucide-react";
import type { ReactNode } from "react";
import { Link, NavLink } from "react-router-dom";

import { ThemeToggle } from "@/components/ui/theme-toggle";

//% if pages | length > 1
const links = [
//% for page in pages
  { to: [[page.path | ts]], label: [[page.title | ts]], icon: [[page.icon]] },
//% endfor
];

//% endif
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh[% if pages | length > 1 %] pb-20 sm:pb-0[% endif %]">
      <header className="sticky top-0 z-30 border-b bg-background/85 backdrop-blur print:hidden">
        <div className="mx-auto flex h-16 max-w-6xl items-center gap-6 px-4 sm:px-6">
          <Link
            to="/"
            className="flex min-w-0 items-center gap-2.5 rounded-md outline-none focus-visible:ring-2 focus-visible:ring-ring"
          >
            <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-primary text-primary-foreground">
              <[[brand]] className="size-5" aria-hidden />
            </span>
            <span className="truncate font-display text-lg font-semibold tracking-tight">[[name | jsx]]</span>
          </Link>
//% if pages | length > 1
          <nav aria-label="Pages" className="hidden gap-1 sm:flex">
            {links.map((link) => (
              <NavLink
                key={link.to}
                to={link.to}
                end
                className="rounded-md px-3 py-1.5 text-sm font-medium text-muted-foreground transition-colors outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring aria-[current=page]:bg-accent aria-[current=page]:text-accent-foreground"
              >
                {link.label}
              </NavLink>
            ))}
          </nav>
//% endif
          <ThemeToggle className="ml-auto" />
        </div>
      </header>

      <main className="mx-auto max-w-6xl px-4 py-6 sm:px-6 sm:py-10 print:p-0">{children}</main>
//% if pages | length > 1

      <nav
        aria-label="Pages"
        className="fixed inset-x-0 bottom-0 z-30 flex justify-around border-t bg-background/95 px-2 pt-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] backdrop-blur sm:hidden print:hidden"
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
//% endif
    </div>
  );
}
