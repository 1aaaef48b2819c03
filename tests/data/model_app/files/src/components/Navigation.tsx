import { BookOpen, CalendarDays, ShoppingBasket } from "lucide-react";
import { NavLink } from "react-router-dom";

import { cn } from "@/lib/cn";

const LINKS = [
  { to: "/", label: "Recipes", icon: BookOpen },
  { to: "/plan", label: "Week", icon: CalendarDays },
  { to: "/shopping", label: "Shopping", icon: ShoppingBasket },
];

export function Navigation({ className }: { className?: string }) {
  return (
    <nav aria-label="Main" className={className}>
      <ul className="flex justify-around gap-1">
        {LINKS.map(({ to, label, icon: Icon }) => (
          <li key={to} className="flex-1 sm:flex-none">
            <NavLink
              to={to}
              end={to === "/"}
              className={({ isActive }) =>
                cn(
                  "flex min-h-11 flex-col items-center justify-center gap-0.5 rounded-md px-3 text-xs font-medium text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring sm:flex-row sm:gap-2 sm:text-sm",
                  isActive && "bg-accent text-accent-foreground",
                )
              }
            >
              <Icon className="size-5 sm:size-4" aria-hidden />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
