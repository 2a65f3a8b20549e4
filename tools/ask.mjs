// Asks a running portal, with nothing but Node: node tools/ask.mjs ADDRESS [--header NAME] [--contains TEXT]
// Prints the answer (or the header) and ends with 1 when it is not a success or does not contain the text.
const [address, ...options] = process.argv.slice(2);
const option = name => options.includes(name) ? options[options.indexOf(name) + 1] : null;

try {
  const answer = await fetch(address, { headers: { "Accept-Encoding": "br" }, signal: AbortSignal.timeout(5000) });
  const body = await answer.text();
  const shown = option("--header") ? answer.headers.get(option("--header")) ?? "" : body;
  const text = option("--contains");
  if (text === null) console.log(shown);
  if (!answer.ok || (text !== null && !shown.includes(text))) {
    if (text !== null) console.error(`${address} (${answer.status}) does not say: ${text}`);
    process.exit(1);
  }
} catch {
  process.exit(1);
}
