// Talks to the server as chat-api.md has it. Knows nothing of the page.

const KEY = "genvej";

export class ApiError extends Error {
  constructor(status, message, wait) {
    super(message);
    this.status = status;
    this.wait = wait;
  }
}

export class Api {
  constructor(token) {
    this.token = token || remembered();
    remember(this.token);
  }

  /** Open a conversation; returns its first messages. */
  async open(page) {
    this.forget();
    const response = await this.call("POST", "/chat/conversations", { body: { page } });
    const reply = await response.json();
    this.token = reply.token;
    remember(this.token);
    return reply.messages;
  }

  /** Return the HTML of what the server made of a message: {text} or {payload}. */
  async say(message, clientId) {
    const body = { ...message, client_id: clientId };
    return (await this.call("POST", "/chat/messages", { body, accept: "text/html" })).text();
  }

  async after(number) {
    return (await this.call("GET", `/chat/messages?after=${number}`, { accept: "text/html" })).text();
  }

  feedback(number, useful) {
    return this.call("POST", `/chat/messages/${number}/feedback`, { body: { useful } });
  }

  async transcript() {
    return (await this.call("GET", "/chat/transcript", { accept: "text/plain" })).blob();
  }

  async erase() {
    await this.call("DELETE", "/chat/conversation");
    this.forget();
  }

  events(number, signal) {
    return this.call("GET", `/chat/events?after=${number}`, { accept: "text/event-stream", signal, after: number });
  }

  forget() {
    this.token = "";
    remember("");
  }

  async call(method, address, { body, accept = "application/json", signal, after } = {}) {
    const headers = { Accept: accept };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    if (after !== undefined) headers["Last-Event-ID"] = String(after);
    const response = await fetch(address, {
      method, headers, signal, cache: "no-store", body: body && JSON.stringify(body),
    });
    if (response.ok) return response;
    const said = await response.json().catch(() => ({}));
    throw new ApiError(response.status, said.message || "", Number(response.headers.get("Retry-After")) || 0);
  }
}

// A frame on somebody else's page may be denied storage: then the conversation lasts as long as the page.
function remembered() {
  try {
    return sessionStorage.getItem(KEY) || "";
  } catch {
    return "";
  }
}

function remember(token) {
  try {
    if (token) sessionStorage.setItem(KEY, token);
    else sessionStorage.removeItem(KEY);
  } catch { /* see above */ }
}
