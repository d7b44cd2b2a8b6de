import { mix } from "../../compose/color.ts";
import type { CssProperties } from "../../compose/css.ts";
import type { Child, Element } from "../../compose/jsx-runtime.ts";
import type { Theme } from "../../types.ts";

/** Which edges of a frame run off the card: their corners are square, as nothing of them is seen. */
export interface Bleed {
  readonly left?: boolean;
  readonly right?: boolean;
  readonly bottom?: boolean;
}

interface FrameProps {
  readonly theme: Theme;
  /** Of what is seen of the frame, in pixels. */
  readonly width: number;
  readonly height: number;
  /** A picture that fills the frame from its top. */
  readonly src?: string | undefined;
  /** What is in the frame where there is no picture. */
  readonly children?: Child;
  readonly bleed?: Bleed;
  readonly style?: CssProperties;
}

/** A browser window with a picture or elements in it. Nothing is cut off by it: its content must fit. */
export function BrowserFrame(props: FrameProps & { /** Of the bar, in pixels. @default 44 */ readonly bar?: number }): Element {
  const { theme, width, height, src, children, bleed = {}, bar = 44, style } = props;
  const { line, chrome, quiet } = frameColors(theme);
  const edge = Math.max(2, Math.round(bar / 22));
  const radius = bar * 0.4;
  const [left, right] = [bleed.left ? 0 : edge, bleed.right ? 0 : edge];
  const inside = { width: width - left - right, height: height - bar - edge - (bleed.bottom ? 0 : edge) };
  const dot = Math.round(bar * 0.27);
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        boxSizing: "border-box",
        width,
        height,
        paddingTop: edge,
        paddingLeft: left,
        paddingRight: right,
        backgroundColor: line,
        ...corners(radius, bleed),
        ...style,
      }}
    >
      <div
        style={{
          display: "flex",
          flexDirection: "row",
          alignItems: "center",
          flexShrink: 0,
          boxSizing: "border-box",
          width: inside.width,
          height: bar,
          padding: `0 ${bar * 0.5}px`,
          gap: dot * 0.7,
          backgroundColor: chrome,
          borderTopLeftRadius: bleed.left ? 0 : radius - edge,
          borderTopRightRadius: bleed.right ? 0 : radius - edge,
        }}
      >
        {[0, 1, 2].map(() => (
          <div style={{ width: dot, height: dot, flexShrink: 0, borderRadius: dot / 2, backgroundColor: quiet }} />
        ))}
      </div>
      <Screen
        {...inside}
        src={src}
        background={theme.colors.background}
        position={bleed.left === bleed.right ? "center top" : bleed.left ? "right top" : "left top"}
        style={bleed.bottom ? {} : lowerCorners(radius - edge, bleed)}
      >
        {children}
      </Screen>
    </div>
  );
}

/** A phone with a picture or elements on its screen. Nothing is cut off by it: its content must fit. */
export function PhoneFrame(props: FrameProps): Element {
  const { theme, width, height, src, children, bleed = {}, style } = props;
  const { body } = frameColors(theme);
  const bezel = Math.round(width * 0.035);
  const radius = width * 0.14;
  const inside = { width: width - 2 * bezel, height: height - bezel - (bleed.bottom ? 0 : bezel) };
  const inner = radius - bezel;
  const island = width * 0.3;
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        position: "relative",
        boxSizing: "border-box",
        width,
        height,
        paddingTop: bezel,
        paddingLeft: bezel,
        paddingRight: bezel,
        backgroundColor: body,
        ...corners(radius, bleed),
        ...style,
      }}
    >
      <Screen {...inside} src={src} background={theme.colors.background} style={corners(inner, bleed)}>
        {children}
      </Screen>
      <div
        style={{
          position: "absolute",
          left: (width - island) / 2,
          top: bezel * 2,
          width: island,
          height: island * 0.28,
          borderRadius: island * 0.14,
          backgroundColor: body,
        }}
      />
    </div>
  );
}

function Screen(props: {
  readonly width: number;
  readonly height: number;
  readonly src: string | undefined;
  readonly background: string;
  readonly position?: string;
  readonly style: CssProperties;
  readonly children?: Child;
}): Element {
  const { width, height, src, background, position = "center top", style, children } = props;
  if (src) {
    return (
      <img
        src={src}
        alt=""
        width={width}
        height={height}
        style={{ width, height, objectFit: "cover", objectPosition: position, ...style }}
      />
    );
  }
  return <div style={{ display: "flex", flexDirection: "column", width, height, backgroundColor: background, ...style }}>{children}</div>;
}

function frameColors({ mode, colors: { foreground, background } }: Theme) {
  const dark = mode === "dark";
  return {
    line: mix(foreground, background, dark ? 0.3 : 0.18),
    chrome: mix(foreground, background, dark ? 0.12 : 0.06),
    quiet: mix(foreground, background, dark ? 0.34 : 0.2),
    body: dark ? mix(foreground, background, 0.2) : mix(foreground, "#000000", 0.6),
  };
}

function corners(radius: number, { left, right, bottom }: Bleed): CssProperties {
  return {
    borderTopLeftRadius: left ? 0 : radius,
    borderTopRightRadius: right ? 0 : radius,
    borderBottomLeftRadius: left || bottom ? 0 : radius,
    borderBottomRightRadius: right || bottom ? 0 : radius,
  };
}

function lowerCorners(radius: number, { left, right }: Bleed): CssProperties {
  return { borderBottomLeftRadius: left ? 0 : radius, borderBottomRightRadius: right ? 0 : radius };
}
