// Monaco starts its workers by itself; this tells it where they are. The names are put in when the bundle is built.
const base = new URL(".", import.meta.url);
const files = { json: WORKER_JSON, graphql: WORKER_GRAPHQL };

globalThis.MonacoEnvironment = {
  getWorker(_, label) {
    return new Worker(new URL(files[label] ?? WORKER_EDITOR, base), { type: "module" });
  },
};
