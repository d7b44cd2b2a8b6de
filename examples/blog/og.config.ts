import { defineConfig } from "@og-gen/core";

export default defineConfig({
  theme: {
    siteName: "Hedgerow",
    logo: "./src/assets/logo.svg",
    colors: { brand: "#2f6b4f", background: "#faf7f0", foreground: "#1e2723", muted: "#5f6b64" },
    mode: "light",
  },
  template: "article",
  rules: [
    { match: "blog/**", template: "photo" },
    { match: "tags/**", template: "./og/tag.tsx" },
  ],
});
