// The messages on the page. The server renders them; this puts them in place.

const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const time = (item) => item.querySelector(".chat-message__time");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Log {
  constructor(element) {
    this.element = element;
    this.last = 0;
    this.typing = null;
    this.note();
  }

  /** Remember the highest number seen. */
  note(numbers = [...this.element.querySelectorAll("[data-number]")].map((item) => Number(item.dataset.number))) {
    this.last = Math.max(this.last, ...numbers);
  }

  get begun() {
    return this.element.querySelector('[data-role="visitor"]') !== null;
  }

  /** Show the visitor's line before the server has answered. */
  own(text) {
    const item = copy("chat-own");
    item.removeAttribute("id");
    item.removeAttribute("data-number");
    item.classList.add("chat-message--pending");
    const line = document.createElement("p");
    line.innerText = text;
    item.querySelector(".chat-message__text").replaceChildren(line);
    this.element.append(item);
    return item;
  }

  /** The same line is sent once more. */
  sending(own) {
    if (own) time(own).textContent = time(copy("chat-own")).textContent;
    return own;
  }

  wait(on) {
    this.typing?.remove();
    this.typing = on ? copy("chat-typing") : null;
    if (on) this.element.append(this.typing);
  }

  /** Put in the server's messages; `own` is the visitor's line they begin with. Returns what is new. */
  take(html, own = null) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    this.hear(holder.content.querySelector("#vigtigt"));
    const fresh = [];
    for (const item of holder.content.querySelectorAll(".chat-message")) {
      const known = document.getElementById(item.id);
      const mine = own || this.pending(item);
      if (known) {
        if (item.dataset.role === "visitor" && own && own !== known) own.remove();
      } else if (item.dataset.role === "visitor" && mine) {
        adopt(mine, item);
      } else {
        this.element.append(item);
        fresh.push(item);
      }
      if (item.dataset.role === "visitor") own = null;
    }
    this.note();
    return fresh;
  }

  /** An editor's notice may have come, changed or gone since the page was loaded. */
  hear(notice) {
    const shown = document.getElementById("vigtigt");
    if (notice && shown && notice.textContent !== shown.textContent) shown.replaceChildren(...notice.childNodes);
  }

  pending(item) {
    const said = (one) => one.querySelector(".chat-message__text").textContent.trim();
    return [...this.element.querySelectorAll(".chat-message--pending")].find((one) => said(one) === said(item));
  }

  clear() {
    this.element.replaceChildren();
    this.last = 0;
  }

  /** Show a conversation that began before, without having it all read aloud. */
  restore(html) {
    this.element.ariaLive = "off";
    this.clear();
    this.take(html);
    setTimeout(() => (this.element.ariaLive = "polite"), 1000);
  }

  /** A new conversation counts from 1 again: what stands here is only to be read. */
  close() {
    this.last = 0;
    for (const item of this.element.querySelectorAll("[data-number]")) {
      item.removeAttribute("id");
      item.removeAttribute("data-number");
      item.querySelectorAll("form").forEach((form) => form.remove());
    }
  }

  /** Bring an item to the top of the window; the visitor's last line when none is given. */
  show(item = [...this.element.querySelectorAll('[data-role="visitor"]')].pop(), smooth = true) {
    item?.scrollIntoView({ block: "start", behavior: smooth && !calm() ? "smooth" : "auto" });
  }

  /** Say below the visitor's line that it did not get through. */
  failed(own, error, again) {
    own.nextElementSibling?.matches(".chat-failed") && own.nextElementSibling.remove();
    time(own).textContent = "";
    const box = copy("chat-failed");
    const text = box.querySelector(".chat-failed__text");
    // The address of the contact form is a link below the sentence.
    if (error.message) text.textContent = error.message.replace(/ \S+ https?:\/\/\S+\/kontakt/, "");
    else if (error.wait) text.textContent = text.dataset.wait.replace("{n}", error.wait);
    box.querySelector("button").addEventListener("click", () => {
      box.remove();
      again();
    });
    own.after(box);
    return box;
  }
}

// The line stays the same element, so that a screen reader does not hear it twice.
function adopt(own, stored) {
  own.id = stored.id;
  own.dataset.number = stored.dataset.number;
  own.classList.remove("chat-message--pending");
  for (const part of [".chat-message__time", ".chat-message__text"]) {
    const [before, after] = [own, stored].map((item) => item.querySelector(part));
    if (before.textContent.trim() !== after.textContent.trim()) before.replaceWith(after);
  }
}

export { copy };
