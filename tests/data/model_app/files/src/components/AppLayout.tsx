import { CookingPot } from "lucide-react";
import { Link, Outlet } from "react-router-dom";

import { ThemeToggle } from "@/components/ui/theme-toggle";

import { Navigation } from "./Navigation";

export function AppLayout() {
  return (
    <div className="min-h-dvh bg-background pb-20 text-foreground sm:pb-0">
      <header className="sticky top-0 z-10 border-b bg-background/90 backdrop-blur">
        <div className="mx-auto flex h-16 max-w-5xl items-center gap-6 px-4 sm:px-6">
          <Link to="/" className="flex items-center gap-2 font-display text-lg font-semibold">
            <CookingPot className="size-6 text-primary" aria-hidden /> Copper Pot
          </Link>
          <Navigation className="hidden sm:block" />
          <ThemeToggle className="ml-auto" />
        </div>
      </header>
      <main className="mx-auto grid max-w-5xl gap-6 px-4 py-6 sm:px-6 sm:py-10">
        <Outlet />
      </main>
      <Navigation className="fixed inset-x-0 bottom-0 z-10 border-t bg-background p-1.5 sm:hidden" />
    </div>
  );
}
