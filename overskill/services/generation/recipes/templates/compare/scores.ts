import type { Choice, Criterion, Value } from "@/data/comparison";

export interface Standing {
  choice: Choice;
  /** From 0 to 100. */
  score: number;
  /** What each criterion adds to the score. */
  points: { criterion: Criterion; points: number }[];
}

/** How good a value is, from 0 to 1 as a share of the best one; null where it does not count. */
export function shareOf(criterion: Criterion, value: Value | undefined, all: Choice[]): number | null {
  if (criterion.kind === "boolean") return (value === true) === criterion.lowerIsBetter ? 0 : 1;
  if (criterion.kind === "text" || typeof value !== "number") return null;
  if (criterion.kind === "rating") return value > 0 ? value / 5 : null;
  const values = all
    .map((choice) => choice.values[criterion.id])
    .filter((one) => typeof one === "number");
  const best = criterion.lowerIsBetter ? Math.min(...values) : Math.max(...values);
  if (value === best) return 1;
  const share = criterion.lowerIsBetter ? best / value : value / best;
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** Those with the best value of a row; nobody when all are alike. */
export function bestOf(criterion: Criterion, all: Choice[]): string[] {
  const shares = all.map((choice) => ({
    id: choice.id,
    share: shareOf(criterion, choice.values[criterion.id], all),
  }));
  const counted = shares.filter((one) => one.share !== null);
  const most = Math.max(...counted.map((one) => one.share ?? 0));
  const winners = counted.filter((one) => one.share === most);
  return winners.length < counted.length ? winners.map((one) => one.id) : [];
}

/** All by score, the best first. What is not filled in counts neither for nor against. */
export function standingsOf(criteria: Criterion[], all: Choice[]): Standing[] {
  return all
    .map((choice) => {
      const shares = criteria.map((criterion) => ({
        criterion,
        share: shareOf(criterion, choice.values[criterion.id], all),
      }));
      const counted = shares.filter((one) => one.share !== null);
      const weight = counted.reduce((sum, one) => sum + one.criterion.weight, 0);
      const points = counted
        .map(({ criterion, share }) => ({
          criterion,
          points: weight > 0 ? ((share ?? 0) * criterion.weight * 100) / weight : 0,
        }))
        .filter((one) => one.points > 0);
      return { choice, points, score: points.reduce((sum, one) => sum + one.points, 0) };
    })
    .toSorted((a, b) => b.score - a.score);
}
