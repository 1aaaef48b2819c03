import { Hand, HandFist, Scissors, type LucideIcon } from "lucide-react";

export type Shape = "rock" | "paper" | "scissors";
export type Outcome = "won" | "lost" | "draw";

export const SHAPES: { shape: Shape; label: string; icon: LucideIcon; beats: Shape }[] = [
  { shape: "rock", label: "Rock", icon: HandFist, beats: "scissors" },
  { shape: "paper", label: "Paper", icon: Hand, beats: "rock" },
  { shape: "scissors", label: "Scissors", icon: Scissors, beats: "paper" },
];

export function drawShape(): Shape {
  return SHAPES[Math.floor(Math.random() * SHAPES.length)]?.shape ?? "rock";
}

export function outcomeOf(mine: Shape, theirs: Shape): Outcome {
  if (mine === theirs) return "draw";
  return SHAPES.find((one) => one.shape === mine)?.beats === theirs ? "won" : "lost";
}
