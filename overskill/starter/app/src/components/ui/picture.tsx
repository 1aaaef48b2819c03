import type { ComponentProps } from "react";

import { basePath } from "@/lib/base-path";
import { cn } from "@/lib/cn";
import { pictureAddresses } from "@/lib/pictures";

interface PictureProps extends Omit<ComponentProps<"img">, "srcSet" | "loading" | "fetchPriority"> {
  /** An imported picture, one in public/ as "/harbour.jpg", or any address. */
  src: string;
  /** What there is to see; "" where it only decorates. */
  alt: string;
  /** In pixels, with its height: keeps its place while it loads. */
  width?: number;
  height?: number;
  /** How wide it is shown, as "(min-width: 640px) 320px, 100vw". */
  sizes?: string;
  /** Load it at once: the one that is seen first. */
  priority?: boolean;
}

/** A picture that visitors get no larger than they see it. Without a width it is as wide as what it is in. */
export function Picture({ src, alt, width, height, sizes, priority = false, className, ...props }: PictureProps) {
  const place = { service: import.meta.env.PICTURES, basePath, origin: window.location.origin };
  const addresses = pictureAddresses(src, width, place);
  const isLaidOut = Boolean(width && height) && !priority; // "auto" takes a picture's shape from these
  return (
    <img
      loading={priority ? "eager" : "lazy"}
      fetchPriority={priority ? "high" : undefined}
      decoding="async"
      sizes={sizes ?? (isLaidOut ? `auto, ${fallbackSize(width)}` : fallbackSize(width))}
      {...addresses}
      alt={alt}
      width={width}
      height={height}
      className={cn("object-cover", !width && "w-full", className)}
      {...props}
    />
  );
}

const fallbackSize = (width?: number) => (width ? `min(100vw, ${width}px)` : "100vw");
