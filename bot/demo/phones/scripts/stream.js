/** Server-sent events that come back by themselves. */

const AGAIN_MS = 2000;

/**
 * Listens at `url`. `handlers` maps event names to functions of the parsed data. `opened` runs at every
 * (re)connection, `lost` when the line breaks; `refused` instead of trying again when the server has no such stream.
 */
export class Stream {
  #source = null;
  #timer = 0;

  constructor(url, handlers, { opened = () => {}, lost = () => {}, refused = null } = {}) {
    this.url = url;
    this.handlers = handlers;
    this.notes = { opened, lost, refused };
    this.#open();
  }

  #open() {
    const source = new EventSource(this.url);
    let answered = false;
    source.addEventListener("open", () => {
      answered = true;
      this.notes.opened();
    });
    source.addEventListener("error", () => this.#failed(source, answered));
    for (const [name, handle] of Object.entries(this.handlers)) {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
    this.#source = source;
  }

  #failed(source, answered) {
    if (source !== this.#source) return;
    this.notes.lost();
    if (source.readyState !== EventSource.CLOSED) return;
    if (!answered && this.notes.refused) this.notes.refused();
    else this.#timer = setTimeout(() => this.#open(), AGAIN_MS);
  }

  close() {
    clearTimeout(this.#timer);
    this.#source.close();
    this.#source = null;
  }
}
