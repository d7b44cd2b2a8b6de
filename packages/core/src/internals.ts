/** What the benches of this repository look into. Not published. */
export { h } from "./compose/jsx-runtime.ts";
export type { Child, Element, HostChild, HostElement } from "./compose/jsx-runtime.ts";
export { expand } from "./compose/expand.ts";
export { builtInTemplates } from "./compose/template.ts";
export { resolveOptions } from "./options.ts";
export { prepare } from "./prepare.ts";
export { openCanvas } from "./render/canvas.ts";
export { fitTexts } from "./render/fit.ts";
export { layout, satoriLayoutOf } from "./render/layout.ts";
export { paint } from "./render/paint.ts";
export { placeholder } from "./render/placeholder.ts";
export { draw, type Font } from "./render/satori.ts";
export { toSfnt } from "./sfnt.ts";
export { resolveJob } from "./resolve/job.ts";
export { openSession } from "./session.ts";
export type { Face, Job, JobImage, Options, Page, PageInput, Size, Warning } from "./index.ts";
