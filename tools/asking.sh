# shellcheck shell=bash
# How the check scripts ask a portal that they started; ASPNETCORE_URLS says where it is.

free_address() { # a loopback address on which nobody listens
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log("http://127.0.0.1:" + s.address().port); s.close(); })'
}

wait_until_ready() { # the log to show when it never is
  for _ in $(seq 600); do
    curl -fsS "$ASPNETCORE_URLS/health/ready" 2>/dev/null && { echo; return 0; }
    sleep 0.2
  done
  echo "The portal did not become ready:"; cat "$1"
  return 1
}

ask() { # a path, and what its answer must contain
  local answer
  answer=$(curl -fsS "$ASPNETCORE_URLS$1")
  case $answer in
    *"$2"*) echo "$1 answers" ;;
    *) echo "$1 does not say: $2"; return 1 ;;
  esac
}
