import { [% for one in pictures %][[one.icon]][[ ", " if not loop.last ]][% endfor %], type LucideIcon } from "lucide-react";

export interface Picture {
  name: string;
  icon: LucideIcon;
}

export const pictures: Picture[] = [
//% for one in pictures
  { name: [[one.label | ts]], icon: [[one.icon]] },
//% endfor
];
