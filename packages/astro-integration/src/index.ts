export { og as default } from "./integration.ts";
export type { OgOptions } from "./options.ts";
