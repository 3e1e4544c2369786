/** A host program that uses chans in an event listener which nobody awaits, and ends well. */
import { EventEmitter } from "node:events";
import { chan } from "../../src/index.ts";

const orders = new EventEmitter();
orders.on("order", async () => {
  await chan<number>().recv();
});
orders.emit("order");
console.log("the host ends");
