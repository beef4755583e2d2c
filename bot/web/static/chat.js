// Makes the chat smoother where JavaScript runs. Without it the page's own forms do everything.

import { Api } from "./chat/api.js";
import { Live } from "./chat/live.js";
import { Log, copy } from "./chat/log.js";
import { frame, tools } from "./chat/tools.js";

const at = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const api = new Api(document.querySelector('meta[name="genvej-token"]').content);
const log = new Log(at("chat-log"));
const live = new Live(api, () => log.last, (number) => { heard = Math.max(heard, number); catchUp(); });
const text = at("chat-text");
const send = document.querySelector(".chat-composer__send");
let heard = 0;
let busy = false;

// Sending

async function say(message, words, clientId = newId(), own = null) {
  if (busy) return;
  setBusy(true);
  own = log.sending(own) || log.own(words);
  at("chat-suggestions")?.remove();
  log.wait(true);
  log.show(own);
  const status = at("chat-status");
  status.textContent = status.dataset.typing;
  try {
    const html = await sent(message, clientId);
    log.wait(false);
    log.take(html, own);
    log.show(own);
  } catch (error) {
    log.wait(false);
    const trouble = "status" in error ? error : { message: "" };
    log.failed(own, trouble, () => say(message, words, clientId, own));
  }
  status.textContent = "";
  setBusy(false);
  begun();
  catchUp();
}

// crypto.randomUUID is missing where the page came over plain http.
function newId() {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join("-");
}

async function sent(message, clientId) {
  if (!api.token) await begin();
  try {
    return await api.say(message, clientId);
  } catch (error) {
    if (error.status !== 401) throw error;
    live.stop();
    await begin();
    return api.say(message, clientId);
  }
}

async function begin() {
  log.close();
  heard = 0;
  log.note((await api.open(query.get("page") || location.href)).map((message) => message.id));
}

function setBusy(on) {
  busy = on;
  if (on) send.setAttribute("aria-disabled", "true");
  else send.removeAttribute("aria-disabled");
}

function begun() {
  at("chat-tools").hidden = !api.token;
  live.start();
}

async function catchUp() {
  if (busy || heard <= log.last || !api.token) return;
  setBusy(true);
  const fresh = await api.after(log.last).then((html) => log.take(html), () => []);
  heard = log.last;
  if (!at("skriv").contains(document.activeElement) || text.value === "") log.show(fresh[0]);
  setBusy(false);
}

// The forms

at("skriv").noValidate = true;

const FORMS = {
  "/samtale": (form, button) => {
    if (busy) return;
    if (form.id === "skriv") {
      const words = text.value.trim();
      if (!words || left() < 0) return text.focus();
      text.value = "";
      count();
      say({ text: words }, words);
    } else if (button) {
      const words = button.textContent.trim();
      const gone = form.id === "chat-suggestions";
      say(button.name === "payload" ? { payload: button.value } : { text: button.value }, gone ? button.value : words);
      if (gone) log.element.lastElementChild.previousElementSibling.focus({ preventScroll: true });
    }
  },
  "/samtale/nyttigt": async (form, button) => {
    await api.feedback(form.elements.number.value, button.value === "1");
    const thanks = copy(`chat-thanks-${button.value}`);
    form.replaceWith(thanks);
    thanks.focus();
  },
  "/samtale/slet": async () => {
    at("slet-samtalen").close();
    await api.erase();
    live.stop();
    log.clear();
    begun();
    notice("chat-deleted").focus();
  },
};

document.addEventListener("submit", (event) => {
  const handle = FORMS[event.target.getAttribute("action")];
  if (!handle) return;
  event.preventDefault();
  Promise.resolve(handle(event.target, event.submitter)).catch(() => notice("chat-trouble"));
});

function notice(id) {
  const shown = copy(id);
  at("chat-notices").replaceChildren(shown);
  shown.scrollIntoView({ block: "nearest" });
  return shown;
}

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at("skriv").requestSubmit();
});

function left() {
  return Number(text.dataset.longest) - text.value.length;
}

function count() {
  const shown = at("chat-left");
  const over = left() < 0;
  shown.hidden = text.value.length <= 800;
  shown.classList.toggle("chat-composer__left--over", over);
  shown.textContent = shown.dataset[over ? "over" : "left"].replace("{n}", Math.abs(left()));
  text.toggleAttribute("aria-invalid", over);
}
text.addEventListener("input", count);
tools(api, () => notice("chat-trouble"));
if (query.has("indlejret")) frame();

// A conversation that began before: on this page, or in this tab

if (api.token && !log.begun) {
  api.after(0).then((html) => {
    if (!html.trim()) return;
    log.restore(html);
    if (log.begun) at("chat-suggestions")?.remove();
    begun();
    log.show(undefined, false);
  }, (error) => error.status === 401 && api.forget());
} else if (api.token) {
  begun();
  if (!location.hash) log.show(undefined, false);
}
count();
