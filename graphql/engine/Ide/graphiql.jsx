import "./workers.js";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import "./page.css";

// The server: where this page is. Its subscriptions come as server-sent events, which need nothing but fetch.
const endpoint = location.pathname.replace(/\/+$/, "");

async function* answers(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    let end;
    while ((end = rest.indexOf("\n\n")) >= 0) {
      const event = rest.slice(0, end);
      rest = rest.slice(end + 2);
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (event.startsWith("event: next") && data) yield JSON.parse(data.slice(6));
    }
  }
}

async function* stream(request, headers) {
  const stopped = new AbortController();
  try {
    const response = await fetch(endpoint, { ...request, headers, signal: stopped.signal });
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) yield* answers(response);
    else yield await response.json();
  } finally {
    stopped.abort();
  }
}

function fetcher({ query, variables, operationName }, { headers = {} } = {}) {
  const isSubscription = /^\s*(#.*\s*)*subscription\b/m.test(query)
    && (!operationName || new RegExp(`subscription\\s+${operationName}\\b`).test(query));
  return stream(
    { method: "POST", body: JSON.stringify({ query, variables, operationName }) },
    {
      "content-type": "application/json",
      accept: isSubscription ? "text/event-stream" : "application/graphql-response+json, application/json;q=0.9",
      ...headers,
    });
}

createRoot(document.getElementById("graphiql")).render(<GraphiQL fetcher={fetcher} />);
