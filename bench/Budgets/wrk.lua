-- What wrk asks, from a file: the method, the body (an empty line for none), then headers up to an empty line, then paths, asked
-- in turn. What came out is printed on one line for the program that runs it.
local paths, at = {}, 0

function init(args)
  local lines = io.lines(args[1])
  local method, body = lines(), lines()
  wrk.method = method
  if body ~= "" then wrk.body = body end
  for line in lines do
    if line == "" then break end
    local name, value = line:match("^(.-): (.*)$")
    wrk.headers[name] = value
  end
  for line in lines do paths[#paths + 1] = wrk.format(nil, line) end
end

function request()
  at = at % #paths + 1
  return paths[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("figures %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
