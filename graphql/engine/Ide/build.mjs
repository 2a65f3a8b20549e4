// Bundles GraphiQL with its workers, styles and fonts into dist, every file compressed and named after its content.
import { build } from "esbuild";
import { readFile, rm, mkdir, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const dist = new URL("dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const common = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir: "dist",
  write: false,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".ttf": "file", ".woff2": "file", ".woff": "file", ".svg": "file" },
  assetNames: "[name]-[hash]",
  entryNames: "[name]-[hash]",
};

const workers = await build({
  ...common,
  entryPoints: {
    "worker-editor": "monaco-editor/esm/vs/editor/editor.worker.js",
    "worker-json": "monaco-editor/esm/vs/language/json/json.worker.js",
    "worker-graphql": "monaco-graphql/esm/graphql.worker.js",
  },
});
const nameOf = (prefix) => basename(workers.outputFiles.find((file) => basename(file.path).startsWith(prefix + "-")).path);

const page = await build({
  ...common,
  jsx: "automatic",
  entryPoints: { graphiql: "graphiql.jsx" },
  define: {
    ...common.define,
    WORKER_EDITOR: JSON.stringify(nameOf("worker-editor")),
    WORKER_JSON: JSON.stringify(nameOf("worker-json")),
    WORKER_GRAPHQL: JSON.stringify(nameOf("worker-graphql")),
  },
});

for (const { path, contents } of [...workers.outputFiles, ...page.outputFiles]) {
  const compressed = brotliCompressSync(contents, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
  });
  await writeFile(new URL(basename(path) + ".br", dist), compressed);
}

const licences = await Promise.all(["graphiql", "graphql", "react", "monaco-editor"].map(async (name) =>
  `${name}\n\n${await readFile(new URL(`node_modules/${name}/LICENSE`, import.meta.url), "utf8")}`));
await writeFile(new URL("LICENSES.txt.br", dist), brotliCompressSync(licences.join("\n\n")));
