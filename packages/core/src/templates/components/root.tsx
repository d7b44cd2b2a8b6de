import type { Element, Child } from "../../compose/jsx-runtime.ts";
import type { CssProperties } from "../../compose/css.ts";
import type { TemplateInput } from "../../types.ts";

/** The card itself: its size, font, colours and direction. */
export function Root(props: { readonly input: TemplateInput; readonly style?: CssProperties; readonly children?: Child }): Element {
  const { page, theme, size, dir } = props.input;
  return (
    <div
      lang={page.lang}
      style={{
        display: "flex",
        flexDirection: "column",
        position: "relative",
        boxSizing: "border-box",
        width: size.width,
        height: size.height,
        overflow: "hidden",
        direction: dir,
        fontFamily: theme.font.body,
        fontWeight: 400,
        color: theme.colors.foreground,
        backgroundColor: theme.colors.background,
        ...props.style,
      }}
    >
      {props.children}
    </div>
  );
}
