// Talking to the server: requests that are safe to repeat, and the live stream.

const token = document.querySelector('meta[name="hourbridge-token"]').content;
const headers = { "X-Hourbridge-Token": token };
const GONE = "We cannot reach Hourbridge. Check that it is still running, then try again. Nothing is done twice.";
const QUIET = 40_000; // milliseconds without a sign of life; the server gives one every 15 seconds

/** A refusal or failure, with a sentence for the person. */
export class Problem extends Error {
  constructor(sentence, status = 0) {
    super(sentence);
    this.status = status;
  }
}

/** A new id for one send. A retry of the same send uses the same id. */
export const newId = () => crypto.randomUUID();

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...headers, ...options.headers } });
  } catch {
    throw new Problem(GONE);
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw new Problem(body.error ?? GONE, response.status);
}

/** POST JSON and give back the JSON answer. Tries once more where the network failed. */
export async function post(path, body) {
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    return await (await request(path, options)).json();
  } catch (problem) {
    if (problem instanceof Problem && problem.status) throw problem;
    await pause(800);
    return (await request(path, options)).json().catch(() => {
      throw new Problem(GONE);
    });
  }
}

/** Everyone to choose from. */
export const people = async () => (await (await request("/local/people")).json()).people;

/**
 * Follow the chats that `wanted()` names as [person, version] pairs, for ever. `heard(event, data)`
 * gets each event; `state("live" | "lost" | "restarted")` tells how the line is.
 */
export function follow(wanted, heard, state) {
  let stop = new AbortController();
  let stale = false;

  async function listen() {
    const query = new URLSearchParams();
    for (const [person, version] of wanted()) {
      query.append("who", person);
      query.append("since", version);
    }
    const timer = { id: 0 };
    const alive = () => {
      clearTimeout(timer.id);
      timer.id = setTimeout(() => stop.abort(), QUIET);
    };
    try {
      alive();
      const response = await request(`/local/stream?${query}`, { signal: stop.signal });
      state("live");
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        alive();
        const events = (text + value).split("\n\n");
        text = events.pop();
        if (!stale) events.forEach(hear);
      }
    } finally {
      clearTimeout(timer.id);
    }
  }

  function hear(event) {
    const found = /^event: (\w+)\ndata: (.*)$/s.exec(event);
    if (found) heard(found[1], JSON.parse(found[2]));
  }

  async function run() {
    for (let failures = 0; ; ) {
      stop = new AbortController();
      stale = false;
      const started = Date.now();
      let status = 0;
      try {
        await listen();
      } catch (problem) {
        status = problem.status ?? 0;
      }
      if (stale) continue;
      if (status === 403) return state("restarted");
      failures = Date.now() - started > 5000 ? 1 : failures + 1;
      if (failures > 1) state("lost");
      await pause(Math.min(500 * failures, 5000));
    }
  }

  run();
  /** Ask again: the chats wanted have changed. */
  return () => {
    stale = true;
    stop.abort();
  };
}
