// Puts the chat on any page: <script src="https://…/widget.js" async></script>
// All of it lives in a shadow root and a constructed style sheet, and it sets no cookie.
// A data-label on the script line gives the button another text.

(() => {
  const script = document.currentScript;
  const home = new URL(script.src, location.href).origin;
  const words = {
    open: script.dataset.label || "Spørg om erhverv",
    title: "Genvej: spørg om erhverv",
    close: "Luk",
    closes: "Luk chatten",
  };
  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    button { font: 600 16px/1.25 "IBM Plex Sans", system-ui, sans-serif; cursor: pointer; margin: 0; }
    button:focus-visible, iframe:focus-visible { outline: 3px solid #0a2d47; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
    .open { position: fixed; right: max(16px, env(safe-area-inset-right)); bottom: max(16px, env(safe-area-inset-bottom));
      z-index: 2147483000; display: flex; align-items: center; gap: 10px; min-height: 56px; max-width: calc(100vw - 32px);
      padding: 8px 22px 8px 18px; color: #fff; background: #0b4a75; border: 2px solid #fff; border-radius: 28px;
      box-shadow: 0 2px 6px rgba(10, 45, 71, .25), 0 8px 24px rgba(10, 45, 71, .25); }
    .open:hover { background: #083757; }
    svg { width: 26px; height: 26px; flex: none; fill: currentColor; }
    .panel { position: fixed; inset: auto max(16px, env(safe-area-inset-right)) calc(max(16px, env(safe-area-inset-bottom)) + 68px) auto;
      z-index: 2147483001; width: 416px; height: min(680px, calc(100vh - 116px)); margin: 0; padding: 0; overflow: hidden;
      color: #14212b; background: #fff; border: 1px solid #c9d2d8; border-radius: 14px; box-shadow: 0 12px 48px rgba(10, 45, 71, .3); }
    .panel[open] { display: flex; flex-direction: column; }
    .panel::backdrop { background: rgba(10, 45, 71, .4); }
    .bar { display: flex; align-items: center; justify-content: space-between; gap: 12px; min-height: 56px; padding: 4px 6px 4px 16px;
      color: #fff; background: #0a2d47; }
    .name { font: 600 17px/1.25 "IBM Plex Sans", system-ui, sans-serif; margin: 0; }
    .close { display: flex; align-items: center; gap: 6px; min-height: 44px; padding: 0 12px; color: #fff; background: none; border: 0; border-radius: 8px; }
    .close:hover { text-decoration: underline; }
    .close:focus-visible { outline-color: #fff; outline-offset: -3px; box-shadow: none; }
    iframe { flex: 1 1 auto; width: 100%; min-height: 0; border: 0; background: #fff; }
    iframe:focus-visible { outline-offset: -3px; box-shadow: none; }
    @media (max-width: 560px), (max-height: 480px) {
      .panel { inset: 0; width: 100vw; max-width: none; height: 100vh; height: 100dvh; max-height: none; border: 0; border-radius: 0; }
    }
    @media (forced-colors: active) { .open, .close { border: 2px solid ButtonBorder; } .bar { border-bottom: 1px solid CanvasText; } }
    @media print { .open, .panel { display: none; } }`;
  const chat = "M240-400h320v-80H240v80Zm0-120h480v-80H240v80Zm0-120h480v-80H240v80ZM80-80v-720q0-33 23.5-56.5T160-880h640q33 0 56.5 23.5T880-800v480q0 33-23.5 56.5T800-240H240L80-80Zm126-240h594v-480H160v525l46-45Zm-46 0v-480 480Z";
  const cross = "m256-200-56-56 224-224-224-224 56-56 224 224 224-224 56 56-224 224 224 224-56 56-224-224-224 224Z";

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function icon(path) {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    const shape = document.createElementNS(ns, "path");
    svg.setAttribute("viewBox", "0 -960 960 960");
    svg.setAttribute("aria-hidden", "true");
    shape.setAttribute("d", path);
    svg.append(shape);
    return svg;
  }

  function dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(make("style", {}, style));
    }
  }

  function start() {
    const host = make("genvej-widget", { lang: "da" });
    const root = host.attachShadow({ mode: "open" });
    const open = make("button", { class: "open", type: "button", "aria-expanded": "false", "aria-haspopup": "dialog", "aria-controls": "panel" },
      icon(chat), make("span", {}, words.open));
    const close = make("button", { class: "close", type: "button", "aria-label": words.closes }, icon(cross), make("span", {}, words.close));
    const panel = make("dialog", { class: "panel", id: "panel", "aria-labelledby": "name" },
      make("div", { class: "bar" }, make("p", { class: "name", id: "name" }, words.title), close));
    const small = matchMedia("(max-width: 560px), (max-height: 480px)");
    let frame = null;

    function show() {
      frame = frame || panel.appendChild(make("iframe", {
        title: words.title,
        src: `${home}/?indlejret=1&page=${encodeURIComponent(location.href)}`,
      }));
      // On a phone the panel covers the page, so the page behind it must not be reached.
      if (small.matches) panel.showModal();
      else panel.show();
      open.setAttribute("aria-expanded", "true");
      frame.focus();
    }

    function hide() {
      if (panel.open) panel.close();
    }

    open.addEventListener("click", () => (panel.open ? hide() : show()));
    close.addEventListener("click", hide);
    panel.addEventListener("close", () => {
      open.setAttribute("aria-expanded", "false");
      open.focus();
    });
    root.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    addEventListener("message", (event) => {
      if (event.origin === home && event.source === frame?.contentWindow && event.data?.genvej === "luk") hide();
    });

    dress(root);
    root.append(open, panel);
    document.body.append(host);
  }

  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
