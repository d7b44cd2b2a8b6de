import { describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { Fragment, h, jsx, type Child, type Element, type HostElement } from "../src/compose/jsx-runtime.ts";
import { OgError } from "../src/error.ts";

/** The children that a `<div>` around this has in the end. */
async function childrenOf(child: unknown): Promise<HostElement["props"]["children"]> {
  return (await expand(<div>{child as Child}</div>)).props.children;
}

async function refused(drawn: () => unknown): Promise<OgError> {
  try {
    await expand(drawn());
  } catch (thrown) {
    if (thrown instanceof OgError) return thrown;
    throw thrown;
  }
  throw new Error("It was drawn.");
}

describe("children", () => {
  test.each<[string, unknown, unknown]>([
    ["a text", "Hello", ["Hello"]],
    ["an empty text", "", undefined],
    ["zero", 0, ["0"]],
    ["minus zero", -0, ["0"]],
    ["a fraction", 1.5, ["1.5"]],
    ["NaN", Number.NaN, ["NaN"]],
    ["a bigint", 12n, ["12"]],
    ["null", null, undefined],
    ["undefined", undefined, undefined],
    ["true", true, undefined],
    ["false", false, undefined],
    ["a space", " ", [" "]],
    ["an empty list", [], undefined],
    ["a list in a list", ["a", ["b", [null, ["c"]]]], ["abc"]],
    ["texts and numbers side by side", ["Chapter ", 3, ": ", "", false, "The end"], ["Chapter 3: The end"]],
    ["a promise", Promise.resolve("later"), ["later"]],
    ["promises in a list", [Promise.resolve("a"), "b", Promise.resolve(Promise.resolve("c"))], ["abc"]],
    ["a sparse list", Array(2), undefined],
  ])("%s", async (_, child, expected) => {
    expect(await childrenOf(child)).toEqual(expected);
  });

  test("texts that an element parts stay apart", async () => {
    expect(await childrenOf(["a", "b", <br />, "c", "d"])).toEqual(["ab", { type: "br", props: {} }, "cd"]);
  });

  test("a fragment leaves nothing but its children, and their texts are joined with their neighbours", async () => {
    const greeting = (
      <>
        Hello{" "}
        <>
          {"big"} {""}
        </>
        world
      </>
    );
    expect(await childrenOf([greeting, "!"])).toEqual(["Hello big world!"]);
    expect(await childrenOf(<Fragment />)).toBeUndefined();
  });
});

describe("components", () => {
  const Name = ({ name }: { readonly name: string }) => <b>{name}</b>;
  const Later = async ({ children }: { readonly children?: Child }) => {
    await Promise.resolve();
    return <i>{children}</i>;
  };

  test("none is left", async () => {
    expect(
      await expand(
        <div style={{ display: "flex" }}>
          <Name name="Ada" />
          <Later>
            <Name name="Grace" />
          </Later>
        </div>,
      ),
    ).toEqual({
      type: "div",
      props: {
        style: { display: "flex" },
        children: [
          { type: "b", props: { children: ["Ada"] } },
          { type: "i", props: { children: [{ type: "b", props: { children: ["Grace"] } }] } },
        ],
      },
    });
  });

  test("a tree without promises is ready at once, so that a time limit can interrupt it", () => {
    expect(expand(<Name name="Ada" />)).toEqual({ type: "b", props: { children: ["Ada"] } });
  });

  test("one that draws nothing, a text or a list", async () => {
    expect(await childrenOf([h(() => null), h(() => "text"), h(() => ["a", <hr />])])).toEqual(["texta", { type: "hr", props: {} }]);
  });

  test("the order is that of the template, not that in which promises settle", async () => {
    const Slow = async ({ ms, children }: { readonly ms: number; readonly children?: Child }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return children;
    };
    expect(await childrenOf([<Slow ms={10}>1</Slow>, <Slow ms={1}>2</Slow>, "3"])).toEqual(["123"]);
  });

  test("`key` reaches neither the component nor the tree", async () => {
    const seen: unknown[] = [];
    const Item = (props: { readonly label: string }) => {
      seen.push(props);
      return <li>{props.label}</li>;
    };
    const drawn = await childrenOf(["a", "b"].map((label) => <Item key={label} label={label} />));
    expect(seen).toEqual([{ label: "a" }, { label: "b" }]);
    expect(drawn).toEqual([
      { type: "li", props: { children: ["a"] } },
      { type: "li", props: { children: ["b"] } },
    ]);
    expect(await expand(h("div", { key: "k", lang: "en" }))).toEqual({ type: "div", props: { lang: "en" } });
  });

  test("what one throws is thrown", async () => {
    const boom = new TypeError("boom");
    const Bad = () => {
      throw boom;
    };
    const BadLater = async () => {
      throw boom;
    };
    expect(() => expand(<Bad />)).toThrow(boom);
    await expect(expand(<BadLater />)).rejects.toBe(boom);
  });

  test("a promise that is left behind by a component that throws is nobody's unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const Later = async () => {
        await Promise.resolve();
        throw new Error("later");
      };
      const Now = () => {
        throw new Error("now");
      };
      expect(() => expand([<Later />, <p>{[<Later />, <Now />]}</p>])).toThrow("now");
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      process.off("unhandledRejection", note);
    }
    expect(unhandled).toEqual([]);
  });
});

describe("the root", () => {
  test("several elements, or a text, get one around them that fills the card", async () => {
    const style = { display: "flex", width: "100%", height: "100%" };
    expect(await expand([<p>a</p>, <p>b</p>])).toMatchObject({ type: "div", props: { style, children: [{ type: "p" }, { type: "p" }] } });
    expect(await expand("Hello")).toEqual({ type: "div", props: { style, children: ["Hello"] } });
    expect(await expand(Promise.resolve(<p>a</p>))).toMatchObject({ type: "p" });
  });

  test.each([null, undefined, false, true, "", []])("%j draws nothing", async (drawn) => {
    expect(await refused(() => drawn)).toMatchObject({
      code: "E_TEMPLATE",
      message: "The template returned nothing to draw.",
      hint: "Return one element.",
    });
  });
});

describe("what is not a child", () => {
  test.each<[string, unknown, string]>([
    ["a map of the page's data", { name: "Ada", url: "/ada" }, "An object (name, url)"],
    ["a large map", { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, "An object (a, b, c, d, e)"],
    ["an empty map", {}, "An object (empty)"],
    ["an element that YAML spells", { type: "div", props: {} }, "An object (type, props)"],
    [
      "an element that YAML spells with care",
      { type: "img", props: { src: "/etc/passwd" }, "Symbol(@og-gen/element)": true, $$typeof: "Symbol(react.element)" },
      "An object (type, props",
    ],
    ["a date", new Date(0), "A Date"],
    ["a set", new Set(["a"]), "A Set"],
    ["a function", () => "text", "A function"],
    ["a symbol", Symbol("og"), "A symbol"],
  ])("%s", async (_, child, what) => {
    const error = await refused(() => (
      <section>
        <p>{child as Child}</p>
      </section>
    ));
    expect(error.code).toBe("E_TEMPLATE");
    expect(error.message).toMatch(new RegExp(`^${what.replace(/[()]/g, "\\$&")}.* cannot be drawn, in <section> <p>\\.$`));
    expect(error.hint).toContain("Draw a text or a number of it");
  });

  test("from a component, its name is part of the way there", async () => {
    const Author = ({ author }: { readonly author: unknown }) => author as Child;
    expect((await refused(() => <div>{h(Author, { author: { name: "Ada" } })}</div>)).message).toBe(
      "An object (name) cannot be drawn, in <div> <Author>.",
    );
    expect((await refused(() => ({ name: "Ada" }))).message).toBe("An object (name) cannot be drawn, in the template's result.");
  });

  test.each([
    ["undefined", undefined],
    ["null", null],
    ["an object", {}],
    ["a number", 3],
    ["an empty text", ""],
  ])("an element whose type is %s", async (what, type) => {
    const error = await refused(() => <div>{jsx(type as never, {})}</div>);
    expect(error).toMatchObject({
      code: "E_TEMPLATE",
      message: `The type of an element in <div> is ${what}; it must be a tag or a component.`,
    });
    expect(error.hint).toContain("import");
  });
});

describe("what a host element is given", () => {
  test("undefined and null are left out, and so are styles that are false", async () => {
    const style = { color: "red", width: undefined, height: null, margin: false, flexGrow: 0, content: "" } as never;
    expect(await expand(h("div", { style, lang: undefined, title: null, hidden: false }))).toEqual({
      type: "div",
      props: { style: { color: "red", flexGrow: 0, content: "" }, hidden: false },
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["NaN", { style: { width: Number.NaN } }, "The `style.width` of <p> is NaN; it must be a text or a finite number."],
    ["infinity", { style: { width: -Infinity } }, "The `style.width` of <p> is -Infinity; it must be a text or a finite number."],
    ["an object", { style: { color: { brand: 1 } } }, "The `style.color` of <p> is an object; it must be a text or a number."],
    ["a list", { style: { fontFamily: ["Lora"] } }, "The `style.fontFamily` of <p> is a list; it must be a text or a number."],
    ["a function", { onClick: () => {} }, "The `onClick` of <p> is a function; it must be a text or a number."],
    ["a symbol", { id: Symbol("a") }, "The `id` of <p> is a symbol; it must be a text or a number."],
    ["an element", { title: h("b") }, "The `title` of <p> is an object; it must be a text or a number."],
    ["bytes", { src: new Uint8Array(2) }, "The `src` of <p> is an object; it must be a text or a number."],
    [
      "HTML",
      { dangerouslySetInnerHTML: { __html: "<b>" } },
      "The `dangerouslySetInnerHTML` of <p> is an object; it must be a text or a number.",
    ],
    ["a style that is a text", { style: "color: red" }, "The `style` of <p> is not an object."],
    ["a list of styles", { style: [{ color: "red" }] }, "The `style` of <p> is not an object."],
  ])("%s is refused", async (_, props, message) => {
    expect(await refused(() => h("p", props))).toMatchObject({ code: "E_TEMPLATE", message });
  });

  test("the tree is data: it survives a trip to another process", async () => {
    const tree = await expand(<Card title="Hello" tags={["a", "b"]} />);
    expect(structuredClone(tree)).toEqual(tree);
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
  });
});

describe("trees without end", () => {
  const Forever = (): Element => <Forever />;
  const ForeverLater = async (): Promise<Element> => <ForeverLater />;
  const Wrapped = (): Element => (
    <>
      <Wrapped />
    </>
  );

  const knot: unknown[] = [];
  knot.push(knot);
  const fragments = () => Array.from({ length: 100_000 }).reduce<Element>((inner) => <>{inner}</>, <p />);

  test.each<[string, () => unknown]>([
    ["a component that draws itself", () => <Forever />],
    ["one that does so later", () => <ForeverLater />],
    ["one that does so in a fragment", () => <Wrapped />],
    ["a list that holds itself", () => knot],
    ["fragments in fragments", fragments],
    ["elements in elements", () => Array.from({ length: 300 }).reduce<Element>((inner) => <div>{inner}</div>, <p />)],
  ])("%s", async (_, drawn) => {
    const error = await refused(drawn);
    expect(error.code).toBe("E_TEMPLATE");
    expect(error.message).toMatch(/^The template nests deeper than 256 elements, in /);
    expect(error.message.length).toBeLessThan(120);
  });

  test("256 levels are not too deep", async () => {
    const tree = await expand(Array.from({ length: 255 }).reduce<Element>((inner) => <div>{inner}</div>, <p />));
    const depthOf = ({ props: { children: [inner] = [] } }: HostElement): number => (typeof inner === "object" ? 1 + depthOf(inner) : 1);
    expect(depthOf(tree)).toBe(256);
  });

  test("more elements than a picture can show", async () => {
    const error = await refused(() => <div>{Array.from({ length: 20_001 }, () => h("b"))}</div>);
    expect(error).toMatchObject({ code: "E_TEMPLATE", message: "The template makes more than 20000 elements." });
    expect(await childrenOf(Array.from({ length: 19_000 }, () => h("b")))).toHaveLength(19_000);
  });

  test("doubling at every level ends soon", async () => {
    const Doubling = (): Element => <div>{[<Doubling />, <Doubling />]}</div>;
    const begun = performance.now();
    expect((await refused(() => <Doubling />)).code).toBe("E_TEMPLATE");
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

function Card(props: { readonly title: string; readonly tags: readonly string[] }): Element {
  return (
    <div style={{ display: "flex", fontSize: 48 }} lang="en">
      <h1>{props.title}</h1>
      {props.tags.map((tag) => (
        <span>{tag}</span>
      ))}
    </div>
  );
}
