import { expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { Child, Element } from "../src/compose/jsx-runtime.ts";
import type { Template } from "../src/types.ts";

/**
 * What compiles and what does not: `tsc -p tsconfig.test.json` reads this file, and an `@ts-expect-error` under which
 * everything is well is an error. oxfmt would move the expectation away from its attribute where a tag spans lines.
 */

function Heading(props: { readonly level: 1 | 2; readonly children?: Child }): Element {
  return props.level === 1 ? <h1>{props.children}</h1> : <h2>{props.children}</h2>;
}

async function Later(props: { readonly label: string }): Promise<Child> {
  return props.label;
}

export const wellTyped: readonly Element[] = [
  <div
    style={{
      display: "flex",
      fontSize: 48,
      lineHeight: 1.2,
      padding: "0 12px",
      lineClamp: 2,
      textWrap: "balance",
      backgroundImage: "url(#a)",
    }}
  />,
  <div style={{ color: undefined, "--brand": "red" } as never} lang="pt-BR" dir="rtl" />,
  <p>
    text {1} {null} {undefined} {false} {["a", <b>b</b>]}
  </p>,
  <img src="cover.png" alt="" width={48} height={48} style={{ objectFit: "cover" }} />,
  <svg viewBox="0 0 24 24" width={24}>
    <path d="M0 0h24v24H0z" fill="currentColor" />
  </svg>,
  <Heading level={1}>Hello</Heading>,
  <Heading level={2} key="k" />,
  <Later label="now" />,
  <>
    <hr />
    <br />
  </>,
];

export const illTyped: readonly unknown[] = [
  // @ts-expect-error -- a misspelt style
  <div style={{ fontsize: 48 }} />,
  // @ts-expect-error -- a style in CSS's own spelling
  <div style={{ "font-size": 48 }} />,
  // @ts-expect-error -- a value that the style does not have
  <div style={{ flexDirection: "sideways" }} />,
  // @ts-expect-error -- a style that is a text
  <div style="color: red" />,
  // @ts-expect-error -- an unknown tag
  <dvi />,
  // @ts-expect-error -- a tag that satori does not lay out
  <table />,
  // @ts-expect-error -- an attribute that means nothing here
  <div onClick={() => {}} />,
  // @ts-expect-error -- a class: there is no style sheet
  <div className="title" />,
  // @ts-expect-error -- Tailwind's classes: fonts are chosen before satori knows what they say
  <div tw="font-bold" />,
  // @ts-expect-error -- an image without a source
  <img alt="" />,
  // @ts-expect-error -- a size with a unit
  <img src="cover.png" width="48px" />,
  // @ts-expect-error -- an image has no children
  <img src="cover.png">text</img>,
  // @ts-expect-error -- data of the page, which is unknown
  <p>{{ name: "Ada" } as unknown}</p>,
  // @ts-expect-error -- a map
  <p>{{ name: "Ada" }}</p>,
  // @ts-expect-error -- a date
  <p>{new Date()}</p>,
  // @ts-expect-error -- a function
  <p>{() => "text"}</p>,
  // @ts-expect-error -- a missing prop
  <Heading>Hello</Heading>,
  // @ts-expect-error -- a prop of another type
  <Heading level={3}>Hello</Heading>,
  // @ts-expect-error -- an unknown prop
  <Later label="now" colour="red" />,
];

export const templates: readonly Template[] = [
  ({ page, theme, size, variant, dir }) => (
    <div dir={dir} style={{ width: size.width, color: theme.colors.brand, fontFamily: theme.font.heading }}>
      {page.title} {page.description} {page.author?.name} {page.tags.join(", ")} {variant}
    </div>
  ),
  async () => <p>later</p>,
  // @ts-expect-error -- a template draws an element
  () => "text",
  // @ts-expect-error -- also where it has none
  ({ page }) => (page.image ? <img src={page.image} /> : null),
  // @ts-expect-error -- front matter is unknown until it is checked
  ({ page }) => <p>{page.data["category"]}</p>,
  // @ts-expect-error -- the page is read only
  ({ page }) => <p>{(page.title = "other")}</p>,
];

test("what compiles is drawn", async () => {
  for (const element of wellTyped) expect(await expand(element)).toMatchObject({ type: expect.any(String), props: expect.any(Object) });
  expect(illTyped).toHaveLength(19);
  expect(templates).toHaveLength(6);
});
