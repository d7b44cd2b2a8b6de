import { messageOf, OgError, toOgError } from "../error.ts";
import type { Page, Size, TemplateInput, Theme } from "../types.ts";
import { directionOf } from "./direction.ts";
import { expand } from "./expand.ts";
import { mapGuardedAsync, withTimeout } from "../guard.ts";
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
 */
export async function compose(compositions: readonly Composition[], ms: number): Promise<readonly (HostElement | OgError)[]> {
  const begun = await mapGuardedAsync(compositions, begin, ms);
  return Promise.all(
    begun.map(async (tree, index) => {
      const composition = compositions[index] as Composition;
      if (tree instanceof OgError) return templateError(tree, composition);
      if (!("then" in tree)) return tree;
      try {
        return await withTimeout(tree, ms);
      } catch (thrown) {
        return templateError(thrown, composition);
      }
    }),
  );
}

function begin(composition: Composition): HostElement | PromiseLike<HostElement> | OgError {
  const { page, theme, size, variant, template } = composition;
  const input: TemplateInput = { page, theme, size, variant, dir: directionOf(page) };
  try {
    const drawn = template.template(input);
    return expand(drawn);
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
  return new OgError("E_TEMPLATE", `The template ${template.name} threw: ${messageOf(thrown)}`, {
    ...where,
    hint: place ? `Look at ${place}.` : undefined,
    cause: thrown,
  });
}
