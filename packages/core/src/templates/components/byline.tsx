import type { Element } from "../../compose/jsx-runtime.ts";
import type { Page } from "../../types.ts";
import { formatDate } from "./date.ts";

/** Who wrote the page, and when. */
export function Byline(props: {
  readonly page: Page;
  readonly height: number;
  readonly color: string;
  readonly muted: string;
}): Element | null {
  const { page, height, color, muted } = props;
  const date = page.date && formatDate(page.date, page.lang);
  if (!page.author && !date) return null;
  return (
    <div style={{ display: "flex", alignItems: "center", gap: height * 0.32, minWidth: 0 }}>
      {page.author?.avatar ? (
        <img
          src={page.author.avatar}
          alt=""
          width={height}
          height={height}
          style={{ width: height, height, flexShrink: 0, borderRadius: height / 2, objectFit: "cover" }}
        />
      ) : null}
      <div style={{ display: "flex", flexDirection: "column", gap: height * 0.06, minWidth: 0 }}>
        {page.author ? (
          <div style={{ display: "block", fontSize: height * 0.4, fontWeight: 600, color, lineClamp: 1, wordBreak: "break-word" }}>
            {page.author.name}
          </div>
        ) : null}
        {date ? (
          <div style={{ display: "block", fontSize: height * (page.author ? 0.34 : 0.4), color: muted, lineClamp: 1 }}>{date}</div>
        ) : null}
      </div>
    </div>
  );
}
