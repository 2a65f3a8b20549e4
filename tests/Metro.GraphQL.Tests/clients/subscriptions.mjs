// Subscribes with clients that others wrote and prints what they received as JSON.
import { createClient as createSocketClient } from "graphql-ws";
import { createClient as createEventClient } from "graphql-sse";
import WebSocket from "ws";

const [, , url] = process.argv;
const query = "subscription { ticks(to: 3) }";

async function collect(client, payload) {
  const received = [];
  for await (const result of client.iterate(payload)) received.push(result.data?.ticks ?? result.data ?? "errors");
  return received;
}

const socket = createSocketClient({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });
const events = createEventClient({ url, retryAttempts: 0 });
const failure = (promise) => promise.then(() => "no failure", (error) => Array.isArray(error) ? error[0].message : error.message ?? String(error));

const received = {
  socket: await collect(socket, { query }),
  socketQuery: await collect(socket, { query: "query($n: String) { hello(name: $n) }", variables: { n: "ws" } }),
  socketError: await failure(collect(socket, { query: "subscription { nope }" })),
  events: await collect(events, { query }),
  eventsQuery: await collect(events, { query: "{ hello }" }),
  together: await Promise.all([collect(socket, { query }), collect(socket, { query }), collect(events, { query })]),
};

const stopped = socket.iterate({ query: "subscription { never }" });
const waiting = stopped.next();
// Answered on the same connection, so the server has read of the other one before it is stopped.
await collect(socket, { query });
await stopped.return();
await waiting;
await socket.dispose();
events.dispose();
console.log(JSON.stringify(received));
