import { Menu[% if icon != "Menu" %], [[icon]][% endif %] } from "lucide-react";
import { useState } from "react";

import { ScrollLink } from "@/components/scroll-link";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { ThemeToggle } from "@/components/ui/theme-toggle";

const links = [
//% for s in links
  { to: [[s.id | ts]], label: [[s.title | ts]] },
//% endfor
];

export function SiteHeader() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 border-b border-transparent bg-background/80 backdrop-blur-md">
      <div className="mx-auto flex h-16 max-w-6xl items-center gap-4 px-4 sm:px-6">
        <ScrollLink
          to="top"
          className="flex min-w-0 items-center gap-2.5 rounded-md font-display text-lg font-semibold tracking-tight outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          <[[icon]] className="size-6 shrink-0 text-primary" aria-hidden />
          <span className="truncate">[[name | jsx]]</span>
        </ScrollLink>
        <nav aria-label="Sections" className="ml-auto hidden gap-1 lg:flex">
          {links.map((link) => (
            <ScrollLink
              key={link.to}
              to={link.to}
              className="rounded-md px-3 py-2 text-sm font-medium whitespace-nowrap text-muted-foreground transition-colors outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
            >
              {link.label}
            </ScrollLink>
          ))}
        </nav>
        <ThemeToggle className="ml-auto lg:ml-0" />
        <Sheet open={isOpen} onOpenChange={setIsOpen}>
          <SheetTrigger asChild>
            <Button variant="ghost" size="icon" className="lg:hidden" aria-label="Menu">
              <Menu aria-hidden />
            </Button>
          </SheetTrigger>
          <SheetContent title=[[name | attr]]>
            <nav aria-label="Sections" className="grid gap-1">
              {links.map((link) => (
                <ScrollLink
                  key={link.to}
                  to={link.to}
                  onClick={() => setIsOpen(false)}
                  className="rounded-lg px-3 py-3 text-lg font-medium outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
                >
                  {link.label}
                </ScrollLink>
              ))}
            </nav>
          </SheetContent>
        </Sheet>
      </div>
    </header>
  );
}
