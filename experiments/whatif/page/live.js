// The real model: asked again at every change; a newer question gives up the older one, here and on the server.
const pageName = Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(16)).join("");
let asked = 0, running = null;

async function askModel(state) {
  if (running) running.abort();
  running = new AbortController();
  asked += 1;
  const body = {
    page: pageName, number: asked, policy: state.policy, levers: state.levers, stresses: state.stress,
    seed: state.seed, replicates: state.replicates,
  };
  const response = await fetch("/run", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: running.signal,
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status });
  return answer;
}
