// Bundles styles and scripts into wwwroot/dist, and copies what is served as it is.
// The names carry no hash: ASP.NET Core fingerprints what it maps. Fonts, which style sheets name, carry their version.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm } from "node:fs/promises";

const dist = new URL("wwwroot/dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(new URL("fonts/", dist), { recursive: true });

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { site: "assets/scripts/site.ts", "service-worker": "assets/scripts/service-worker.ts", desk: "assets/scripts/desk.ts" },
  outdir: "wwwroot/dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
// The camera that reads barcodes comes only with the pages that ask for one.
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { scanner: "assets/scripts/scanner.ts" },
  outdir: "wwwroot/dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
// The reader of PDF comes only with the page that reads one; its worker is served as its makers bundled it.
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { "pdf-reader": "assets/scripts/pdf-reader.ts" },
  outdir: "wwwroot/dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
await cp(new URL("node_modules/pdfjs-dist/build/pdf.worker.min.mjs", import.meta.url), new URL("pdf-worker.js", dist));
await cp(new URL("node_modules/pdfjs-dist/LICENSE", import.meta.url), new URL("pdf-reader-LICENSE.txt", dist));
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
await cp(new URL("assets/icons/", import.meta.url), new URL("icons/", dist), { recursive: true });
