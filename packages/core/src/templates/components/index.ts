/**
 * What a template may use beside JSX: components, measures, colours and the page's own fields. Lengths are pixels of the card;
 * multiply them by `grid(size).unit` to have them grow with it.
 */
export { grid, type Grid, type TypeScale } from "./grid.ts";
export { field, fieldList, fieldRows } from "./fields.ts";
export { alpha, contrast, flatten, hex, mix, oklch, readable, shade, textOn, type Oklch } from "../../compose/color.ts";

export { accent, surface } from "./accent.ts";

export { Root } from "./root.tsx";
export { FittedText } from "./fitted-text.tsx";
export { Headline } from "./headline.tsx";
export { Text } from "./text.tsx";
export { summaryUnder } from "./summary.ts";
export { CheckList, checkList, type SizedList } from "./check-list.tsx";
export { figures } from "./figures.ts";
export { roughLines, roughWidth } from "./rough-width.ts";
export { Section } from "./section.tsx";
export { Badge } from "./badge.tsx";
export { Avatar, initials } from "./avatar.tsx";
export { Byline } from "./byline.tsx";
export { Logo, SiteMark } from "./site-mark.tsx";
export { FormattedDate, dateParts, formatDate, type DateParts } from "./date.tsx";
export { BrowserFrame, PhoneFrame, type Bleed } from "./frames.tsx";
export { Gradient, gradientColors, type GradientColors } from "./gradient.tsx";
export { Pattern } from "./pattern.tsx";
export { Icon } from "./icon.tsx";
export { quotationMark, unquoted, type QuotationMark } from "./quotation.ts";
export { codeColors, highlight, type Token, type TokenKind } from "./highlight.ts";
