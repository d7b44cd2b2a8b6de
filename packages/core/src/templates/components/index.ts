/** What the built-in templates are made of, for templates of one's own: `@og-gen/core/components`. */
export { contrast, mix, oklch, readable, shade, textOn } from "../../compose/color.ts";
export { Byline } from "./byline.tsx";
export { formatDate } from "./date.ts";
export { grid, type Grid } from "./grid.ts";
export { Root } from "./root.tsx";
export { Section } from "./section.tsx";
export { SiteMark } from "./site-mark.tsx";
export { FittedText } from "./title.tsx";
