# shellcheck shell=bash
# How the check scripts ask a portal that they started; ASPNETCORE_URLS says where it is.

free_address() { # a loopback address on which nobody listens
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log("http://127.0.0.1:" + s.address().port); s.close(); })'
}

wait_until_ready() { # the log to show when it never is
  for _ in $(seq 300); do
    node tools/ask.mjs "$ASPNETCORE_URLS/health/ready" && return 0
    sleep 0.3
  done
  echo "The portal did not become ready:"; cat "$1"
  return 1
}

ask() { # a path, and what its answer must contain
  node tools/ask.mjs "$ASPNETCORE_URLS$1" --contains "$2" && echo "$1 answers"
}
