/** A stream that the test rings itself. */
export class FakeEventSource extends EventTarget {
  static readonly all: FakeEventSource[] = [];
  readonly url: string;
  isClosed = false;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.all.push(this);
  }

  static get last(): FakeEventSource {
    return FakeEventSource.all.at(-1)!;
  }

  open(): void {
    this.dispatchEvent(new Event("open"));
  }

  ring(): void {
    this.dispatchEvent(new Event("doorbell"));
  }

  fail(): void {
    this.dispatchEvent(new Event("error"));
  }

  close(): void {
    this.isClosed = true;
  }
}
