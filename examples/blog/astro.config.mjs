import { defineConfig, passthroughImageService } from "astro/config";
import og from "@og-gen/astro";

export default defineConfig({
  site: "https://blog.example.com",
  integrations: [og()],
  // The pictures are small as they are. Without this line Astro resizes them, for which it needs `sharp` as a dependency.
  image: { service: passthroughImageService() },
  markdown: {
    shikiConfig: { themes: { light: "github-light", dark: "github-dark" }, defaultColor: "light-dark()" },
  },
});
