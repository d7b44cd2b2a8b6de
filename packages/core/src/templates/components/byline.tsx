import type { Element } from "../../compose/jsx-runtime.ts";
import type { Page } from "../../types.ts";
import { Avatar } from "./avatar.tsx";
import { formatDate } from "./date.tsx";

/** Who wrote the page, with the picture if there is one, and when. Nothing where neither is known. */
export function Byline(props: {
  readonly page: Page;
  /** Pixels. */
  readonly height: number;
  /** Of the name. */
  readonly color: string;
  /** Of the date. */
  readonly muted: string;
}): Element | null {
  const { page, height, color, muted } = props;
  const { author } = page;
  const date = page.date && formatDate(page.date, page.lang);
  if (!author && !date) return null;
  const line = { display: "block", lineHeight: 1.25, lineClamp: 1, wordBreak: "break-word" } as const;
  return (
    <div style={{ display: "flex", alignItems: "center", gap: height * 0.28, height, minWidth: 0, flexShrink: 1 }}>
      {author?.avatar ? <Avatar name={author.name} src={author.avatar} size={height} color={color} /> : null}
      <div style={{ display: "flex", flexDirection: "column", minWidth: 0 }}>
        {author ? <div style={{ ...line, fontSize: height * 0.46, fontWeight: 600, color }}>{author.name}</div> : null}
        {date ? <div style={{ ...line, fontSize: height * (author ? 0.42 : 0.46), color: muted }}>{date}</div> : null}
      </div>
    </div>
  );
}
