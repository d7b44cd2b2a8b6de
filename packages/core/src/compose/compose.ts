import { OgError, reasonOf, toOgError } from "../error.ts";
import type { Page, Size, TemplateInput, Theme } from "../types.ts";
import { directionOf } from "./direction.ts";
import type { Limits } from "../limits.ts";
import { expand } from "./expand.ts";
import { mapGuardedAsync, withTimeout } from "../guard.ts";
import type { Watchdog } from "../watchdog.ts";
import type { HostElement } from "./jsx-runtime.ts";
import type { LoadedTemplate } from "./template.ts";

/** One card to compose. */
export interface Composition {
  readonly page: Page;
  readonly theme: Theme;
  readonly size: Size;
  readonly variant: string;
  readonly template: LoadedTemplate;
}

/**
 * Calls the templates and gives an element tree, or an error, for each composition, in order. A template that throws,
 * loops or never settles costs its own card only.
 * @param ms what one template may take
 * @param watchdog ends a template that loops after it has waited for something
 */
export async function compose(
  compositions: readonly Composition[],
  ms: number,
  limits: Limits,
  watchdog: Watchdog,
): Promise<readonly (HostElement | OgError)[]> {
  const start = (composition: Composition) => begin(composition, limits);
  const begun = await mapGuardedAsync(compositions, start, ms);
  const settled = (tree: Begun, index: number) => settle(tree, compositions[index] as Composition, ms);
  if (!(await isAnyPending(begun))) return Promise.all(begun.map(settled));

  const before = watchdog.watch();
  const trees = await Promise.all(begun.map(settled));
  if (watchdog.watch() === before) return trees;
  // Something held the thread, and the time of all that waited ran out with it: each of them is begun again, alone.
  for (const [index, tree] of trees.entries()) {
    if (!(tree instanceof OgError) || tree.code !== "E_TEMPLATE_TIMEOUT") continue;
    const composition = compositions[index] as Composition;
    const [again] = await mapGuardedAsync([composition], start, ms);
    trees[index] = await settle(again as Begun, composition, ms);
  }
  return trees;
}

type Begun = HostElement | PromiseLike<HostElement> | OgError;

async function settle(tree: Begun, composition: Composition, ms: number): Promise<HostElement | OgError> {
  try {
    if (tree instanceof OgError) return templateError(tree, composition);
    return "then" in tree ? await withTimeout(tree, ms) : tree;
  } catch (thrown) {
    return templateError(thrown, composition);
  }
}

/** Whether any of the trees still waits for something outside of JavaScript: a timer, a file, a server. */
async function isAnyPending(begun: readonly Begun[]): Promise<boolean> {
  const pending = Symbol("pending");
  for (const tree of begun) {
    if (!("then" in tree)) continue;
    const first = await Promise.race([tree, pending]).catch(() => undefined);
    if (first === pending) return true;
  }
  return false;
}

function begin(composition: Composition, limits: Limits): Begun {
  const { page, theme, size, variant, template } = composition;
  // What a template does to its page is not to be seen by others, nor in the tags.
  const input: TemplateInput = { page: { ...page }, theme, size, variant, dir: directionOf(page) };
  try {
    const drawn = template.template(input);
    return expand(drawn, limits);
  } catch (thrown) {
    return templateError(thrown, composition);
  }
}

/** The first frame of a stack that is a file: `at name (path:line:column)`, or without a name and brackets. */
const PLACE = /^ +at (?:async )?(?:[^\n]*? \()?((?:file:|\/|[A-Za-z]:[\\/])[^\n]*:\d+:\d+)\)?$/m;

function templateError(thrown: unknown, { page, template }: Composition): OgError {
  const where = { page: page.id, file: page.file };
  if (thrown instanceof OgError && thrown.code === "E_TEMPLATE_TIMEOUT") {
    return new OgError(thrown.code, thrown.message.replace("The template", `The template ${template.name}`), {
      ...where,
      hint: thrown.hint,
    });
  }
  if (thrown instanceof OgError) return toOgError(thrown, "E_TEMPLATE", where);
  const place = thrown instanceof Error ? PLACE.exec(thrown.stack ?? "")?.[1] : undefined;
  return new OgError("E_TEMPLATE", `The template ${template.name} threw: ${reasonOf(thrown)}.`, {
    ...where,
    hint: place ? `Look at ${place}.` : undefined,
    cause: thrown,
  });
}
