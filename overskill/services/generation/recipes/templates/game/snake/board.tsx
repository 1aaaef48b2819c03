import { SIZE, type Game } from "@/lib/snake";

export function SnakeBoard({ game }: { game: Game }) {
  return (
    <svg
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`Snake of length ${game.snake.length}`}
      className="block w-full rounded-2xl border bg-card"
    >
      {Array.from({ length: SIZE }, (_, y) =>
        Array.from({ length: SIZE }, (__, x) =>
          (x + y) % 2 === 0 ? (
            <rect key={`${x}-${y}`} x={x} y={y} width={1} height={1} className="fill-muted/60" />
          ) : null,
        ),
      )}
      <circle cx={game.food.x + 0.5} cy={game.food.y + 0.5} r={0.38} className="fill-destructive" />
      {game.snake.map((part, index) => (
        <rect
          key={index}
          x={part.x + 0.06}
          y={part.y + 0.06}
          width={0.88}
          height={0.88}
          rx={index === 0 ? 0.35 : 0.25}
          className="fill-primary"
          opacity={game.isOver ? 0.45 : 1 - Math.min(index * 0.02, 0.45)}
        />
      ))}
    </svg>
  );
}
