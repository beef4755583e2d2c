// Hears of messages the visitor did not ask for, such as a staff member's reply.
// EventSource cannot send the Authorization header, so the stream is read through fetch.

const LONGEST_PAUSE = 30000;

export class Live {
  /** `last()` tells the highest number on the page; `heard(number)` is called for each event. */
  constructor(api, last, heard) {
    Object.assign(this, { api, last, heard, stopper: null });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.stop() : this.start()));
  }

  start() {
    if (this.stopper || document.hidden || !this.api.token) return;
    this.stopper = new AbortController();
    this.run(this.stopper.signal);
  }

  stop() {
    this.stopper?.abort();
    this.stopper = null;
  }

  async run(signal) {
    let pause = 1000;
    while (!signal.aborted) {
      try {
        const response = await this.api.events(this.last(), signal);
        pause = 1000;
        await this.read(response.body.getReader());
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === 401) return this.stop();
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async read(reader) {
    const decoder = new TextDecoder();
    for (let rest = ""; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith("id:")) this.heard(Number(line.slice(3)));
      }
    }
  }
}
