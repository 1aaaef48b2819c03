import { Package } from "lucide-react";
import { Fold } from "./fold.jsx";
import { packagesWords } from "./turn_words.js";

/** The npm packages that the app got besides those that every app can import, and those that it may not have. */
export function PackagesFold({ packages }) {
  const { added, refused } = packages;
  if (added.length + refused.length === 0) return null;
  return (
    <Fold Icon={Package} tone={added.length > 0 ? "positive" : "warning"} words={packagesWords(packages)}>
      <ul className="space-y-1">
        {added.map((sentence) => (
          <li key={sentence} className="min-w-0 text-ink">
            {sentence}
          </li>
        ))}
        {refused.map((sentence) => (
          <li key={sentence} className="min-w-0 text-soft">
            {sentence}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
