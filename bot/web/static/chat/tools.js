// Fetching and deleting the conversation, and what is different inside the widget's frame.

export function tools(api, trouble) {
  const dialog = document.getElementById("slet-samtalen");

  on("chat-download", async (event) => {
    const name = event.currentTarget.download;
    event.preventDefault();
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await api.transcript());
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch {
      trouble();
    }
  });

  on("chat-delete", (event) => {
    event.preventDefault();
    dialog.showModal();
  });

  on("chat-keep", (event) => {
    if (!dialog.open) return;
    event.preventDefault();
    dialog.close();
  });
}

/** The host page cannot hear Escape in here, and other pages do not belong in so small a frame. */
export function frame() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    parent.postMessage({ genvej: "luk" }, "*");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/"]');
    if (link && !link.download) Object.assign(link, { target: "_blank", rel: "noopener" });
  });
}

function on(id, handle) {
  document.getElementById(id).addEventListener("click", handle);
}
