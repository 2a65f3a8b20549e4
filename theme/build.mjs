// Bundles styles and scripts into wwwroot/dist, and copies what is served as it is.
// The names carry no hash: ASP.NET Core fingerprints what it maps. Fonts, which style sheets name, carry their version.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm } from "node:fs/promises";

const dist = new URL("wwwroot/dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(new URL("fonts/", dist), { recursive: true });

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { site: "assets/scripts/site.ts" },
  outdir: "wwwroot/dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { site: "assets/styles/site.css" },
  outdir: "wwwroot/dist",
  bundle: true,
  minify: true,
  external: ["fonts/*", "motifs/*"],
  target: ["chrome110", "firefox115", "safari16"],
});

const font = new URL("node_modules/@fontsource-variable/plus-jakarta-sans/", import.meta.url);
const { version } = JSON.parse(await readFile(new URL("package.json", font), "utf8"));
for (const script of ["latin", "latin-ext"])
  await cp(
    new URL(`files/plus-jakarta-sans-${script}-wght-normal.woff2`, font),
    new URL(`fonts/plus-jakarta-sans-${script}-${version}.woff2`, dist));
await cp(new URL("LICENSE", font), new URL("fonts/LICENSE.txt", dist));
await cp(new URL("assets/motifs/", import.meta.url), new URL("motifs/", dist), { recursive: true });
