declare module "culori/require" {
  const culori: typeof import("culori");
  export default culori;
}
